// What the server fills in and refuses on the head of a sales document: customer, addresses, currency, terms, dates and
// number.
import { randomUUID } from "node:crypto";
import type { Transaction } from "../data/transaction.ts";
import { emptyRow, textOf } from "../entities/entity.ts";
import type { Row } from "../entities/entity.ts";
import { EMPTY_DATE, EMPTY_GUID } from "../entities/field.ts";
import { ruleBroken } from "../odata/odata-error.ts";
import type { Sent } from "../write/input.ts";
import { alreadyExists } from "../write/master-rules.ts";
import { checkReference, resolveCurrency, resolveCustomer, sentText } from "../write/references.ts";
import { applyDateFormula } from "./due-date.ts";
import type { DocumentKind } from "./document-kind.ts";

/** The header to store, totals not yet computed. Throws when a rule is broken. */
export function completeHeader(
  tx: Transaction,
  kind: DocumentKind,
  before: Row | undefined,
  sent: Sent,
): Row {
  if (before !== undefined) checkDraft(before);
  const customer = resolveCustomer(tx, sent, { id: "customerId", number: "customerNumber", role: "sell-to" });
  if (customer === undefined && (before === undefined || clears(sent))) {
    throw ruleBroken('A "customerNumber" or a "customerId" must be provided.');
  }
  const base = before ?? startHeader(tx, kind);
  const isNewCustomer = customer !== undefined && customer["id"] !== base["customerId"];
  if (customer !== undefined && isNewCustomer) checkNotBlocked(customer, kind, "create");
  const billTo = resolveCustomer(tx, sent, {
    id: "billToCustomerId",
    number: "billToCustomerNumber",
    role: "bill-to",
  });
  checkReference(tx, sent, "paymentTermsId", "paymentTerms", "Payment Terms");
  checkReference(tx, sent, "shipmentMethodId", "shipmentMethods", "Shipment Method");
  const row: Row = {
    ...base,
    ...(isNewCustomer ? customerValues(customer) : {}),
    ...Object.fromEntries(sent),
    ...(customer === undefined ? {} : customerKeys(customer)),
    ...(billTo === undefined ? {} : billToValues(billTo)),
    ...resolveCurrency(tx, sent),
  };
  const numbered =
    before === undefined ? { ...row, number: newNumber(tx, kind, textOf(row, "number")) } : row;
  return kind.dateField === "invoiceDate" ? withDueDate(tx, base, numbered, sent) : numbered;
}

function clears(sent: Sent): boolean {
  return sent.has("customerId") || sent.has("customerNumber");
}

/** Refuses to touch a document that has been posted. */
export function checkDraft(header: Row): void {
  if (textOf(header, "status") !== "Draft") {
    throw ruleBroken("The document has been posted and can no longer be modified.");
  }
}

function startHeader(tx: Transaction, kind: DocumentKind): Row {
  return {
    ...emptyRow(kind.header),
    id: randomUUID(),
    [kind.dateField]: tx.today,
    postingDate: tx.today,
  };
}

/** Whom a blocked customer is closed for: `All` for everything, `Invoice` and `Ship` as their names say. */
export function checkNotBlocked(customer: Row, kind: DocumentKind, doing: "create" | "post"): void {
  const blocked = textOf(customer, "blocked");
  const isOrder = kind.dateField === "orderDate";
  if (blocked !== "All" && blocked !== "Invoice" && !(blocked === "Ship" && isOrder)) return;
  throw ruleBroken(
    `You cannot ${doing} this type of document when Customer ${textOf(customer, "number")} is blocked with type ${blocked}`,
  );
}

const addressFields = [
  ["AddressLine1", "addressLine1"],
  ["AddressLine2", "addressLine2"],
  ["City", "city"],
  ["Country", "country"],
  ["State", "state"],
  ["PostCode", "postalCode"],
] as const;

function addressOf(customer: Row, prefix: string): Row {
  return Object.fromEntries(
    addressFields.map(([name, source]) => [`${prefix}${name}`, textOf(customer, source)]),
  );
}

function customerKeys(customer: Row): Row {
  return {
    customerId: textOf(customer, "id"),
    customerNumber: textOf(customer, "number"),
    customerName: textOf(customer, "displayName"),
  };
}

function billToValues(customer: Row): Row {
  return {
    billToCustomerId: textOf(customer, "id"),
    billToCustomerNumber: textOf(customer, "number"),
    billToName: textOf(customer, "displayName"),
    ...addressOf(customer, "billTo"),
  };
}

/** Everything a document takes over from its customer unless the caller says otherwise. */
function customerValues(customer: Row): Row {
  return {
    ...customerKeys(customer),
    ...billToValues(customer),
    shipToName: textOf(customer, "displayName"),
    ...addressOf(customer, "sellTo"),
    ...addressOf(customer, "shipTo"),
    currencyId: textOf(customer, "currencyId"),
    currencyCode: textOf(customer, "currencyCode"),
    paymentTermsId: textOf(customer, "paymentTermsId"),
    shipmentMethodId: textOf(customer, "shipmentMethodId"),
    salesperson: textOf(customer, "salespersonCode"),
    phoneNumber: textOf(customer, "phoneNumber"),
    email: textOf(customer, "email"),
  };
}

function newNumber(tx: Transaction, kind: DocumentKind, asked: string): string {
  const isTaken = (number: string): boolean => tx.rowsWhere(kind.header.set, "number", [number]).length > 0;
  if (asked !== "") {
    if (isTaken(asked)) throw alreadyExists(kind.header, "No.", asked);
    return asked;
  }
  for (;;) {
    const number = tx.nextNumber(...kind.series);
    if (!isTaken(number)) return number;
  }
}

/** The due date follows invoice date and payment terms until it is sent itself. */
function withDueDate(tx: Transaction, base: Row, row: Row, sent: Sent): Row {
  if (sentText(sent, "dueDate") !== undefined) return row;
  const isUnchanged =
    base["invoiceDate"] === row["invoiceDate"] && base["paymentTermsId"] === row["paymentTermsId"];
  if (isUnchanged && textOf(base, "dueDate") !== EMPTY_DATE) return row;
  const termsId = textOf(row, "paymentTermsId");
  const terms = termsId === EMPTY_GUID ? undefined : tx.find("paymentTerms", termsId);
  const formula = terms === undefined ? "" : textOf(terms, "dueDateCalculation");
  return { ...row, dueDate: applyDateFormula(textOf(row, "invoiceDate"), formula) };
}
