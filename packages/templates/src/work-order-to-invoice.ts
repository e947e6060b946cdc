/**
 * Completed work order → sales invoice, with the invoice number written back to the work order and to the machine
 * that was serviced. The first template a newcomer meets; its value maps know every unit but one on purpose.
 */
import type { Template } from "@fieldbridge/model";

export const workOrderToInvoice: Template = {
  id: "work-order-to-invoice",
  name: "Completed work order to invoice",
  summary: "Turns every completed work order into a draft sales invoice and writes the invoice number back.",
  description:
    "Reads completed work orders with their lines from the field-service system, creates one sales invoice for each " +
    "in the ERP system and stores the invoice's number and id on the work order and on the serviced asset. A work " +
    "order that has a number already is left alone, so running it twice creates nothing twice.",
  ends: [
    {
      role: "field-service",
      label: "Field-service system",
      system: "salesforce",
      objects: ["WorkOrder", "WorkOrderLineItem", "Account", "Product2", "Asset"],
    },
    {
      role: "erp",
      label: "ERP system",
      system: "business-central",
      objects: ["salesInvoices", "salesInvoiceLines"],
    },
  ],
  transfers: [
    {
      kind: "transfer",
      version: 1,
      id: "tr_work_order_to_invoice",
      name: "Completed work order to invoice",
      source: {
        connection: "field-service",
        object: "WorkOrder",
        include: ["Account", "Asset", "WorkOrderLineItems"],
      },
      target: { connection: "erp", object: "salesInvoices" },
      changes: { by: "watermark", field: "SystemModstamp" },
      filter: 'Status = "Completed" AND ISBLANK(ERP_No__c)',
      match: {
        by: "keys",
        keys: { externalDocumentNumber: "WorkOrderNumber" },
        found: "update",
        missing: "create",
      },
      mappings: {
        externalDocumentNumber: { value: "WorkOrderNumber", whenBlank: "hold" },
        customerNumber: { value: "Account.ERP_No__c", whenBlank: "hold", onlyOn: "create" },
        invoiceDate: { value: "TODATE(EndDate)", whenBlank: "hold" },
        postingDate: { value: "TODATE(EndDate)", whenBlank: "hold" },
        currencyCode: { value: 'MAPVALUE("Currencies", CurrencyIsoCode)' },
        customerPurchaseOrderReference: { value: "LEFT(Subject, 35)" },
      },
      lines: [
        {
          source: "WorkOrderLineItems",
          target: "salesInvoiceLines",
          mappings: {
            lineType: { value: '"Item"' },
            lineObjectNumber: { value: "Product2.ProductCode", whenBlank: "hold" },
            description: { value: "LEFT(Product2.Name, 100)" },
            description2: { value: 'IF(ISBLANK(Asset.SerialNumber), BLANK, "S/N " & Asset.SerialNumber)' },
            unitOfMeasureCode: { value: 'MAPVALUE("Units", Product2.QuantityUnitOfMeasure)' },
            quantity: { value: "Quantity", whenBlank: "hold" },
            unitPrice: { value: "ROUND(UnitPrice, 2)", whenBlank: "hold" },
            discountPercent: { value: "ZEROIFBLANK(Discount)" },
          },
        },
      ],
      writeBacks: [
        {
          on: ["created", "updated", "unchanged"],
          values: {
            ERP_Id__c: "target.id",
            ERP_No__c: "target.number",
            ERP_Status__c: '"Synced"',
            ERP_Error__c: "BLANK",
            ERP_Last_Sync__c: "NOW()",
          },
        },
        {
          on: ["created", "updated", "unchanged"],
          to: "Asset",
          values: {
            ERP_Invoice_No__c: "target.number",
            ERP_Invoice_Date__c: "target.invoiceDate",
          },
        },
        {
          on: ["failed"],
          values: { ERP_Status__c: '"Error"', ERP_Error__c: "LEFT(outcome.message, 2000)" },
        },
      ],
      removals: { mode: "ignore" },
      limits: { stopAfterFailures: 50 },
      totals: [
        {
          label: "Order total against invoice total",
          source: "TotalPrice",
          target: "target.totalAmountExcludingTax",
          by: "CurrencyIsoCode",
        },
      ],
      timeZone: "Europe/Copenhagen",
    },
  ],
  valueMaps: [
    {
      name: "Units",
      description: "Unit of a product in the field-service system → unit of measure code in the ERP system.",
      entries: [
        { from: "Each", to: "PCS" },
        { from: "Hours", to: "HOUR" },
        { from: "Kilometer", to: "KM" },
        { from: "Meter", to: "M" },
        { from: "Set", to: "SET" },
        { from: "Litre", to: "L" },
      ],
    },
    {
      name: "Currencies",
      description: "Currency code in the field-service system → currency code in the ERP system.",
      entries: [
        { from: "EUR", to: "EUR" },
        { from: "USD", to: "USD" },
        { from: "DKK", to: "DKK" },
      ],
    },
  ],
  lessons: [
    "One work order uses the unit PCS. that the value map Units does not know: add it and re-run the held record.",
    "One account has no ERP number yet: fill it in the field-service system and re-run the held record.",
  ],
};
