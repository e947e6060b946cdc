// Work orders and their lines.
import { addressFields, currencyField, field, systemFields } from "./field.ts";
import { syncFields } from "./sync-fields.ts";
import type { ObjectDeclaration } from "./schema.ts";

/** Status as shown → category as programs read it. */
export const STATUS_CATEGORIES: Readonly<Record<string, string>> = {
  New: "New",
  "In Progress": "InProgress",
  "On Hold": "OnHold",
  Completed: "Completed",
  "Cannot Complete": "CannotComplete",
  Closed: "Closed",
  Canceled: "Canceled",
};

const STATUSES = Object.keys(STATUS_CATEGORIES);
const CATEGORIES = ["None", ...Object.values(STATUS_CATEGORIES)];
const PRIORITIES = ["Low", "Medium", "High", "Critical"];

export const workOrder: ObjectDeclaration = {
  name: "WorkOrder",
  label: "Work Order",
  labelPlural: "Work Orders",
  keyPrefix: "0WO",
  fields: [
    ...systemFields(),
    field("WorkOrderNumber", "string(255)", "A L N"),
    field("Status", "picklist(255)", "C U D", { picklist: STATUSES, defaultValue: "New" }),
    field("StatusCategory", "picklist(255)", "F", { picklist: CATEGORIES }),
    field("IsClosed", "boolean", "F"),
    field("Priority", "picklist(40)", "C U D", { picklist: PRIORITIES, defaultValue: "Medium" }),
    field("Subject", "string(255)", "C U"),
    field("Description", "textarea(32000)", "C U -"),
    field("AccountId", "->Account", "C U", { childName: "WorkOrders" }),
    field("ContactId", "->Contact", "C U", { childName: "WorkOrders" }),
    field("AssetId", "->Asset", "C U", { childName: "WorkOrders" }),
    field("Pricebook2Id", "->Pricebook2", "C U", { label: "Price Book", childName: "WorkOrders" }),
    field("ParentWorkOrderId", "->WorkOrder", "C U", { childName: "ChildWorkOrders" }),
    field("OwnerId", "->User", "C U D"),
    field("StartDate", "datetime", "C U"),
    field("EndDate", "datetime", "C U"),
    field("Duration", "double[18,2]", "C U"),
    field("DurationType", "picklist(255)", "C U", { picklist: ["Minutes", "Hours"] }),
    field("Discount", "percent[16,2]", "F"),
    field("Subtotal", "currency[18,2]", "F"),
    field("TotalPrice", "currency[18,2]", "F"),
    field("Tax", "currency[18,2]", "C U"),
    field("GrandTotal", "currency[18,2]", "F"),
    field("LineItemCount", "int[8,0]", "F"),
    ...addressFields(""),
    currencyField("C U D"),
    ...syncFields(),
    field("ERP_Invoice_No__c", "string(30)", "C U", { label: "ERP Invoice No." }),
  ],
};

export const workOrderLineItem: ObjectDeclaration = {
  name: "WorkOrderLineItem",
  label: "Work Order Line Item",
  labelPlural: "Work Order Line Items",
  keyPrefix: "1WL",
  fields: [
    ...systemFields(),
    field("LineItemNumber", "string(255)", "A L N"),
    field("WorkOrderId", "->WorkOrder", "! C M", { childName: "WorkOrderLineItems" }),
    field("Status", "picklist(40)", "C U D", { picklist: STATUSES, defaultValue: "New" }),
    field("StatusCategory", "picklist(255)", "F", { picklist: CATEGORIES }),
    field("IsClosed", "boolean", "F"),
    field("Subject", "string(255)", "C U"),
    field("Description", "textarea(32000)", "C U -"),
    field("PricebookEntryId", "->PricebookEntry", "C U R", {
      label: "Price Book Entry",
      childName: "WorkOrderLineItems",
    }),
    field("Product2Id", "->Product2", "F", { label: "Product", childName: "WorkOrderLineItems" }),
    field("Quantity", "double[12,2]", "C U"),
    field("UnitPrice", "currency[18,2]", "C U"),
    field("Discount", "percent[5,2]", "C U"),
    field("ListPrice", "currency[18,2]", "F"),
    field("Subtotal", "currency[18,2]", "F"),
    field("TotalPrice", "currency[18,2]", "F"),
    field("AssetId", "->Asset", "C U", { childName: "WorkOrderLineItems" }),
    field("Priority", "picklist(40)", "C U", { picklist: PRIORITIES }),
    field("StartDate", "datetime", "C U"),
    field("EndDate", "datetime", "C U"),
    field("Duration", "double[18,2]", "C U"),
    field("DurationType", "picklist(255)", "C U", { picklist: ["Minutes", "Hours"] }),
    currencyField("D"),
    field("ERP_Line_Id__c", "string(80)", "C U", { label: "ERP Line Id" }),
  ],
};
