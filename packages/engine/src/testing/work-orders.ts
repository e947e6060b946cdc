/** The scenario most tests tell: completed work orders become invoices, and the invoice's number goes back. */
import type { Row, TransferDefinition, ValueMap } from "@fieldbridge/model";
import { compileTransfer } from "../plan/compile-transfer.ts";
import type { TransferContext, TransferPlan } from "../plan/transfer-plan.ts";
import { field, object, ownField, toMany, toOne } from "./schema-builders.ts";

const sourceObjects = [
  object(
    "WorkOrder",
    [
      ownField("Id", "id", { nullable: false }),
      field("WorkOrderNumber"),
      field("Status", "choice"),
      field("Total", "number"),
      field("EndDate", "datetime"),
      field("AccountId", "id", { refersTo: "Account" }),
      field("AssetId", "id", { refersTo: "Asset" }),
      field("ERP_Id__c"),
      field("ERP_No__c"),
      field("ERP_Status__c"),
      field("ERP_Error__c"),
      field("ERP_Last_Sync__c", "datetime"),
      ownField("SystemModstamp", "datetime", { nullable: false }),
    ],
    {
      nameField: "WorkOrderNumber",
      stampField: "SystemModstamp",
      feed: true,
      relations: [
        toOne("Account", "Account", "AccountId"),
        toOne("Asset", "Asset", "AssetId"),
        toMany("Lines", "WorkOrderLine"),
      ],
    },
  ),
  object("WorkOrderLine", [
    ownField("Id", "id", { nullable: false }),
    field("WorkOrderId", "id", { refersTo: "WorkOrder" }),
    field("Product"),
    field("Unit"),
    field("Quantity", "number"),
    field("UnitPrice", "number"),
  ]),
  object("Account", [ownField("Id", "id", { nullable: false }), field("Name"), field("ERP_No__c")]),
  object("Asset", [ownField("Id", "id", { nullable: false }), field("Name"), field("ERP_Invoice_No__c")]),
] as const;

const targetObjects = [
  object(
    "salesInvoices",
    [
      ownField("id", "id", { nullable: false }),
      ownField("number"),
      field("externalDocumentNumber", "text", { length: 35 }),
      field("customerNumber", "text", { length: 20, required: true }),
      field("invoiceDate", "date"),
      field("amount", "number", { precision: 18, scale: 2 }),
      field("note"),
    ],
    { nameField: "number", relations: [toMany("salesInvoiceLines", "salesInvoiceLine", true)] },
  ),
  object("salesInvoiceLine", [
    ownField("id", "id", { nullable: false }),
    field("documentId", "id", { refersTo: "salesInvoices" }),
    field("lineObjectNumber"),
    field("unitOfMeasureCode"),
    field("quantity", "number", { precision: 18, scale: 5 }),
    field("unitPrice", "number", { precision: 18, scale: 2 }),
  ]),
  object("customers", [
    ownField("id", "id"),
    field("number", "text", { unique: true }),
    field("displayName"),
  ]),
] as const;

const byName = <T extends { readonly name: string }>(items: readonly T[]): Record<string, T> =>
  Object.fromEntries(items.map((item) => [item.name, item]));

export const workOrderSchemas = { source: sourceObjects, target: targetObjects };

export const units: ValueMap = {
  name: "Units",
  entries: [
    { from: "Each", to: "PCS" },
    { from: "Hours", to: "HOUR" },
  ],
};

export const workOrderContext: TransferContext = {
  source: sourceObjects[0],
  target: targetObjects[0],
  sourceObjects: byName(sourceObjects),
  targetObjects: byName(targetObjects),
  valueMaps: [units],
};

export const workOrderTransfer: TransferDefinition = {
  kind: "transfer",
  version: 1,
  id: "tr_work_order",
  name: "Completed work order to invoice",
  source: { connection: "service", object: "WorkOrder" },
  target: { connection: "erp", object: "salesInvoices" },
  changes: { by: "watermark", field: "SystemModstamp" },
  filter: 'Status = "Completed"',
  match: {
    by: "keys",
    keys: { externalDocumentNumber: "WorkOrderNumber" },
    found: "update",
    missing: "create",
  },
  mappings: {
    externalDocumentNumber: { value: "WorkOrderNumber", whenBlank: "hold" },
    customerNumber: { value: "Account.ERP_No__c", whenBlank: "hold" },
    invoiceDate: { value: "TODATE(EndDate)" },
    amount: { value: "Total" },
  },
  lines: [
    {
      source: "Lines",
      target: "salesInvoiceLines",
      mappings: {
        lineObjectNumber: { value: "Product" },
        unitOfMeasureCode: { value: 'MAPVALUE("Units", Unit)' },
        quantity: { value: "Quantity" },
        unitPrice: { value: "UnitPrice" },
      },
    },
  ],
  writeBacks: [
    {
      on: ["created", "updated"],
      values: {
        ERP_Id__c: "target.id",
        ERP_No__c: "target.number",
        ERP_Status__c: '"Synced"',
        ERP_Last_Sync__c: "NOW()",
      },
    },
    { on: ["created"], to: "Asset", values: { ERP_Invoice_No__c: "target.number" } },
    { on: ["failed"], values: { ERP_Status__c: '"Error"', ERP_Error__c: "outcome.message" } },
  ],
};

/** Compiles a variant of the transfer; throws the issues where it is not sound. */
export function planWorkOrders(
  change: Partial<TransferDefinition> = {},
  context: TransferContext = workOrderContext,
): TransferPlan {
  const compiled = compileTransfer({ ...workOrderTransfer, ...change }, context);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues, null, 2));
  return compiled.plan;
}

export interface WorkOrderInput {
  readonly number: string;
  readonly status?: string;
  readonly total?: string;
  readonly account?: string;
  readonly asset?: string;
  readonly lines?: readonly { product: string; unit?: string; quantity: string; unitPrice: string }[];
  readonly stamp?: string;
}

const stampOf = (index: number): string => new Date(Date.UTC(2026, 10, 19, 8, 0, index)).toISOString();

/** Rows of all source tables for these work orders; each has two lines unless it says otherwise. */
export function workOrderRows(orders: readonly WorkOrderInput[]): Record<string, Row[]> {
  const defaults = [
    { product: "P-1", quantity: "2", unitPrice: "10.10" },
    { product: "P-2", unit: "Hours", quantity: "1.5", unitPrice: "80" },
  ];
  return {
    Account: [
      { Id: "A1", Name: "Harbour", ERP_No__c: "C1" },
      { Id: "A2", Name: "No number yet", ERP_No__c: null },
    ],
    Asset: [{ Id: "S1", Name: "Pump", ERP_Invoice_No__c: null }],
    WorkOrder: orders.map((order, index) => ({
      Id: `W-${order.number}`,
      WorkOrderNumber: order.number,
      Status: order.status ?? "Completed",
      Total: order.total ?? "140.20",
      EndDate: "2026-11-18T15:00:00Z",
      AccountId: order.account ?? "A1",
      AssetId: order.asset ?? null,
      SystemModstamp: order.stamp ?? stampOf(index),
    })),
    WorkOrderLine: orders.flatMap((order) =>
      (order.lines ?? defaults).map((line, index) => ({
        Id: `L-${order.number}-${index}`,
        WorkOrderId: `W-${order.number}`,
        Product: line.product,
        Unit: line.unit ?? "Each",
        Quantity: line.quantity,
        UnitPrice: line.unitPrice,
      })),
    ),
  };
}

export const numberOrders = (count: number): WorkOrderInput[] =>
  Array.from({ length: count }, (_, index) => ({ number: String(index + 1).padStart(5, "0") }));
