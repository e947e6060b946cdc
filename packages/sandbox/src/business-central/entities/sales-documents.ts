// Sales orders and invoices with their lines. Amounts and status are the server's; callers send what was sold.
import type { Entity, Navigation } from "./entity.ts";
import { boolean, code, date, decimal, guid, instant, integer, option, READ_ONLY, text } from "./field.ts";
import type { Field, FieldOptions } from "./field.ts";

const id = guid("id", READ_ONLY);

function addressBlock(prefix: string, options?: FieldOptions): Field[] {
  return [
    text(`${prefix}AddressLine1`, 100, options),
    text(`${prefix}AddressLine2`, 50, options),
    text(`${prefix}City`, 30, options),
    code(`${prefix}Country`, 10, options),
    text(`${prefix}State`, 30, options),
    code(`${prefix}PostCode`, 20, options),
  ];
}

const customerBlock: readonly Field[] = [
  guid("customerId"),
  code("customerNumber", 20),
  text("customerName", 100, READ_ONLY),
  text("billToName", 100, READ_ONLY),
  guid("billToCustomerId"),
  code("billToCustomerNumber", 20),
  text("shipToName", 100),
  text("shipToContact", 100),
  ...addressBlock("sellTo"),
  ...addressBlock("billTo", READ_ONLY),
  ...addressBlock("shipTo"),
  code("shortcutDimension1Code", 20),
  code("shortcutDimension2Code", 20),
  guid("currencyId"),
  code("currencyCode", 10),
];

const totals: readonly Field[] = [
  decimal("discountAmount", { min: "0" }),
  boolean("discountAppliedBeforeTax", READ_ONLY),
  decimal("totalAmountExcludingTax", READ_ONLY),
  decimal("totalTaxAmount", READ_ONLY),
  decimal("totalAmountIncludingTax", READ_ONLY),
];

const contactBlock: readonly Field[] = [text("phoneNumber", 30), text("email", 80)];

const navigations: readonly Navigation[] = [
  { name: "customer", target: "customers", many: false, own: "customerId", other: "id" },
  { name: "currency", target: "currencies", many: false, own: "currencyId", other: "id" },
  { name: "paymentTerm", target: "paymentTerms", many: false, own: "paymentTermsId", other: "id" },
  { name: "shipmentMethod", target: "shipmentMethods", many: false, own: "shipmentMethodId", other: "id" },
];

export const salesInvoices: Entity = {
  set: "salesInvoices",
  name: "salesInvoice",
  caption: "Sales Invoice",
  fields: [
    id,
    code("number", 20, { write: "create" }),
    code("externalDocumentNumber", 35),
    date("invoiceDate"),
    date("postingDate"),
    date("dueDate"),
    date("promisedPayDate"),
    text("customerPurchaseOrderReference", 35),
    ...customerBlock,
    guid("orderId", READ_ONLY),
    code("orderNumber", 20, READ_ONLY),
    guid("paymentTermsId"),
    guid("shipmentMethodId"),
    code("salesperson", 20),
    boolean("pricesIncludeTax"),
    decimal("remainingAmount", { ...READ_ONLY, computed: true }),
    ...totals,
    option("status", ["_x0020_", "Draft", "In_x0020_Review", "Open", "Paid", "Canceled", "Corrective"], {
      ...READ_ONLY,
      initial: "Draft",
    }),
    instant("lastModifiedDateTime", READ_ONLY),
    ...contactBlock,
  ],
  navigations: [
    ...navigations,
    {
      name: "salesInvoiceLines",
      target: "salesInvoiceLines",
      many: true,
      own: "id",
      other: "documentId",
      contained: true,
    },
  ],
  order: ["number"],
  insert: true,
  update: true,
  remove: true,
  actions: ["post", "cancel"],
  unique: { field: "number", label: "No." },
  webhooks: true,
};

export const salesOrders: Entity = {
  set: "salesOrders",
  name: "salesOrder",
  caption: "Sales Order",
  fields: [
    id,
    code("number", 20, READ_ONLY),
    code("externalDocumentNumber", 35),
    date("orderDate"),
    date("postingDate"),
    ...customerBlock,
    boolean("pricesIncludeTax"),
    guid("paymentTermsId"),
    guid("shipmentMethodId"),
    code("salesperson", 20),
    boolean("partialShipping", { initial: true }),
    date("requestedDeliveryDate"),
    ...totals,
    boolean("fullyShipped", READ_ONLY),
    option("status", ["Draft", "In_x0020_Review", "Open"], READ_ONLY),
    instant("lastModifiedDateTime", READ_ONLY),
    ...contactBlock,
  ],
  navigations: [
    ...navigations,
    {
      name: "salesOrderLines",
      target: "salesOrderLines",
      many: true,
      own: "id",
      other: "documentId",
      contained: true,
    },
  ],
  order: ["number"],
  insert: true,
  update: true,
  remove: true,
  actions: ["shipAndInvoice"],
  unique: { field: "number", label: "No." },
  webhooks: true,
};

/** Members of `lineType`; the first is what a line is when nothing says otherwise. */
const lineTypes = [
  "Comment",
  "Account",
  "Item",
  "Resource",
  "Fixed_x0020_Asset",
  "Charge",
  "Allocation_x0020_Account",
] as const;

const lineStart: readonly Field[] = [
  guid("id", { write: "create" }),
  guid("documentId", { write: "create" }),
  integer("sequence", { write: "create" }),
  guid("itemId"),
  guid("accountId"),
  option("lineType", lineTypes),
  code("lineObjectNumber", 20),
  text("description", 100),
  text("description2", 50),
  guid("unitOfMeasureId"),
  code("unitOfMeasureCode", 10),
  decimal("quantity"),
  decimal("unitPrice"),
  decimal("discountAmount"),
  decimal("discountPercent", { min: "0", max: "100" }),
  boolean("discountAppliedBeforeTax", READ_ONLY),
  decimal("amountExcludingTax", READ_ONLY),
  code("taxCode", 20),
  decimal("taxPercent", READ_ONLY),
  decimal("totalTaxAmount", READ_ONLY),
  decimal("amountIncludingTax", READ_ONLY),
  decimal("invoiceDiscountAllocation", READ_ONLY),
  decimal("netAmount", READ_ONLY),
  decimal("netTaxAmount", READ_ONLY),
  decimal("netAmountIncludingTax", READ_ONLY),
  date("shipmentDate"),
];

const lineEnd: readonly Field[] = [guid("itemVariantId"), guid("locationId")];

function lineEntity(
  set: string,
  name: string,
  caption: string,
  parent: Entity,
  more: readonly Field[],
): Entity {
  return {
    set,
    name,
    caption,
    fields: [...lineStart, ...more, ...lineEnd],
    navigations: [
      { name: "item", target: "items", many: false, own: "itemId", other: "id" },
      { name: "account", target: "accounts", many: false, own: "accountId", other: "id" },
      { name: "unitOfMeasure", target: "unitsOfMeasure", many: false, own: "unitOfMeasureId", other: "id" },
      { name: parent.name, target: parent.set, many: false, own: "documentId", other: "id" },
    ],
    order: ["documentId", "sequence"],
    insert: true,
    update: true,
    remove: true,
    actions: [],
    lineOf: parent.set,
    webhooks: false,
  };
}

export const salesInvoiceLines = lineEntity(
  "salesInvoiceLines",
  "salesInvoiceLine",
  "Sales Invoice Line",
  salesInvoices,
  [],
);
export const salesOrderLines = lineEntity(
  "salesOrderLines",
  "salesOrderLine",
  "Sales Order Line",
  salesOrders,
  [
    decimal("shippedQuantity", READ_ONLY),
    decimal("invoicedQuantity", READ_ONLY),
    decimal("invoiceQuantity"),
    decimal("shipQuantity"),
  ],
);
