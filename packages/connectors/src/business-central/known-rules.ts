/**
 * What Business Central asks for or refuses without its metadata saying so. Source: the shipped API v2.0 pages of
 * the base application.
 */

const DOCUMENT_OF_CUSTOMER = /^sales(Invoices|Orders|Quotes|CreditMemos)$/;
const DOCUMENT_OF_VENDOR = /^purchase(Invoices|Orders|CreditMemos)$/;

/** Fields without which a create is refused. */
export function isRequiredField(set: string, field: string): boolean {
  if (DOCUMENT_OF_CUSTOMER.test(set)) return field === "customerNumber";
  if (DOCUMENT_OF_VENDOR.test(set)) return field === "vendorNumber";
  return ["customers", "vendors", "items", "contacts"].includes(set) && field === "displayName";
}

const NEVER_WRITTEN =
  /^(lastModifiedDateTime|systemCreated(At|By)|systemModified(At|By)|balanceDue|inventory|taxAreaDisplayName|companyName|customerName|vendorName|billToName|payToName|(billTo|payTo)(AddressLine[12]|City|Country|State|PostCode)|orderId|orderNumber|remainingAmount|discountAppliedBeforeTax|total(Amount|Tax).*|fullyShipped|fullyReceived|amount(Ex|In)cludingTax|taxPercent|invoiceDiscountAllocation|net(Amount|TaxAmount).*|shippedQuantity|invoicedQuantity|receivedQuantity|contactBusinessRelation)$/;

/** Fields the server fills in and does not take, for servers whose metadata has no annotations. */
export function isServerField(set: string, field: string): boolean {
  if (NEVER_WRITTEN.test(field)) return true;
  const isDocument = DOCUMENT_OF_CUSTOMER.test(set) || DOCUMENT_OF_VENDOR.test(set);
  return (
    isDocument && (field === "id" || field === "status" || (field === "number" && set.endsWith("Orders")))
  );
}

/** Fields that tell records apart. */
export function isUniqueField(field: string): boolean {
  return field === "id" || field === "number" || field === "code";
}

/** Sets that are no business records. */
export const SYSTEM_SETS: ReadonlySet<string> = new Set([
  "companies",
  "subscriptions",
  "entityDefinitions",
  "apicategoryroutes",
]);
