/** Small schemas and definitions the tests of the studio are told with. */
import type { FieldSchema, ObjectSchema, TransferDefinition } from "@fieldbridge/model";

export const field = (name: string, more: Partial<FieldSchema> = {}): FieldSchema => ({
  name,
  label: more.label ?? name,
  type: "text",
  nullable: true,
  required: false,
  creatable: true,
  updatable: true,
  filterable: true,
  unique: false,
  custom: false,
  ...more,
});

export const object = (name: string, more: Partial<ObjectSchema> = {}): ObjectSchema => ({
  name,
  label: more.label ?? name,
  fields: [],
  relations: [],
  keyField: "Id",
  creatable: true,
  updatable: true,
  deletable: true,
  ...more,
});

export const sourceSchemas = {
  WorkOrder: object("WorkOrder", {
    label: "Work order",
    fields: [
      field("Id", { type: "id" }),
      field("WorkOrderNumber", { label: "Work order number" }),
      field("EndDate", { label: "End", type: "datetime" }),
      field("Total", { type: "number" }),
    ],
    relations: [
      { name: "Lines", label: "Lines", kind: "many", object: "WorkOrderLine", writable: true },
      {
        name: "Account",
        label: "Account",
        kind: "one",
        object: "Account",
        keyField: "AccountId",
        writable: false,
      },
    ],
  }),
  Account: object("Account", {
    fields: [field("Name", { label: "Account name" }), field("BillingCity", { label: "Billing city" })],
  }),
  WorkOrderLine: object("WorkOrderLine", {
    label: "Work order line",
    fields: [
      field("Quantity", { type: "number" }),
      field("UnitPrice", { label: "Unit price", type: "number" }),
    ],
  }),
};

export const targetSchemas = {
  salesInvoice: object("salesInvoice", {
    label: "Sales invoice",
    keyField: "id",
    fields: [
      field("id", { type: "id", creatable: false, updatable: false }),
      field("number", { label: "No.", creatable: false, updatable: false }),
      field("customerName", { label: "Customer name", required: true, length: 100 }),
      field("city", { label: "City", length: 30 }),
      field("amount", { label: "Amount", type: "number" }),
      field("externalDocumentNumber", { label: "External document no.", updatable: false }),
    ],
    relations: [{ name: "lines", label: "Lines", kind: "many", object: "salesInvoiceLine", writable: true }],
  }),
  salesInvoiceLine: object("salesInvoiceLine", {
    fields: [
      field("quantity", { label: "Quantity", type: "number" }),
      field("unitPrice", { label: "Unit price", type: "number" }),
    ],
  }),
};

export const transfer = (more: Partial<TransferDefinition> = {}): TransferDefinition => ({
  kind: "transfer",
  version: 1,
  id: "tr_test",
  name: "Test",
  source: { connection: "field-service", object: "WorkOrder" },
  target: { connection: "erp", object: "salesInvoice" },
  changes: { by: "all" },
  mappings: {},
  ...more,
});
