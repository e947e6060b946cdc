// Resolves the pairs "…Id or …Code/Number" by which a record names another one, with the messages the product gives when
// the pair names nothing or two different records.
import type { Transaction } from "../data/transaction.ts";
import { textOf } from "../entities/entity.ts";
import type { Row } from "../entities/entity.ts";
import { EMPTY_GUID } from "../entities/field.ts";
import { LOCAL_CURRENCY } from "../identity.ts";
import { brokenRelation, ruleBroken } from "../odata/odata-error.ts";
import type { Sent } from "./input.ts";

/** The text that was sent for a field, or undefined when it was not sent. */
export function sentText(sent: Sent, field: string): string | undefined {
  const value = sent.get(field);
  return typeof value === "string" ? value : undefined;
}

/** A GUID that was sent and is not the empty one. */
export function sentId(sent: Sent, field: string): string | undefined {
  const value = sentText(sent, field);
  return value === EMPTY_GUID ? undefined : value;
}

/** The first row whose field has the value. */
export function findBy(tx: Transaction, set: string, field: string, value: string): Row | undefined {
  return tx.rowsWhere(set, field, [value])[0];
}

export interface CustomerFields {
  readonly id: string;
  readonly number: string;
  /** As the product calls it in messages, e.g. "sell-to". */
  readonly role: string;
}

/** The customer named by id, by number or by both (which must agree); undefined when neither was sent. */
export function resolveCustomer(tx: Transaction, sent: Sent, names: CustomerFields): Row | undefined {
  const id = sentId(sent, names.id);
  const number = sentText(sent, names.number);
  if (id === undefined && (number === undefined || number === "")) return undefined;
  const byId = id === undefined ? undefined : tx.find("customers", id);
  const byNumber = number ? findBy(tx, "customers", "number", number) : undefined;
  if ((id !== undefined && byId === undefined) || (number && byNumber === undefined)) {
    throw ruleBroken(`The ${names.role} customer cannot be found.`);
  }
  if (byId !== undefined && byNumber !== undefined && textOf(byId, "id") !== textOf(byNumber, "id")) {
    throw ruleBroken(`The ${names.role} customer values do not match to a specific Customer.`);
  }
  return byId ?? byNumber;
}

export type CurrencyValues = { readonly currencyId: string; readonly currencyCode: string };

/** The company's own currency as documents carry it: no id, but its code. */
export const localCurrency: CurrencyValues = { currencyId: EMPTY_GUID, currencyCode: LOCAL_CURRENCY };

/** The currency sent by id, by code or by both; undefined when neither was sent. */
export function resolveCurrency(tx: Transaction, sent: Sent): CurrencyValues | undefined {
  const id = sentId(sent, "currencyId");
  const code = sentText(sent, "currencyCode");
  if (id === undefined) {
    if (code === undefined) return sent.has("currencyId") ? localCurrency : undefined;
    if (code === "" || code === LOCAL_CURRENCY) return localCurrency;
    const byCode = findBy(tx, "currencies", "code", code);
    if (byCode === undefined) throw ruleBroken('The "currencyCode" does not match to a Currency.');
    return { currencyId: textOf(byCode, "id"), currencyCode: code };
  }
  const byId = tx.find("currencies", id);
  if (byId === undefined) throw ruleBroken('The "currencyId" does not match to a Currency.');
  const found = textOf(byId, "code");
  if (code !== undefined && code !== found) {
    throw ruleBroken("The currency values do not match to a specific Currency.");
  }
  return found === LOCAL_CURRENCY ? localCurrency : { currencyId: id, currencyCode: found };
}

/** Refuses an id that names no record of the set. */
export function checkReference(
  tx: Transaction,
  sent: Sent,
  field: string,
  set: string,
  caption: string,
): void {
  const id = sentId(sent, field);
  if (id !== undefined && tx.find(set, id) === undefined) {
    throw ruleBroken(`The "${field}" does not match to a ${caption}.`);
  }
}

export interface CodeFields {
  readonly id: string;
  readonly code: string;
  readonly set: string;
  /** Table and field of the referring record, and the table referred to, as the product calls them. */
  readonly table: string;
  readonly label: string;
  readonly related: string;
}

/** The row of a code table named by id, by code or by both; undefined when neither was sent or both are empty. */
export function resolveCode(tx: Transaction, sent: Sent, names: CodeFields): Row | undefined {
  const id = sentId(sent, names.id);
  const code = sentText(sent, names.code);
  const byCode = code ? findBy(tx, names.set, "code", code) : undefined;
  if (code && byCode === undefined) throw brokenRelation(names.label, names.table, code, names.related);
  if (id === undefined) return byCode;
  const byId = tx.find(names.set, id);
  if (byId === undefined) throw ruleBroken(`The "${names.id}" does not match to a ${names.related}.`);
  if (byCode !== undefined && textOf(byCode, "id") !== id) {
    throw ruleBroken(
      `The ${names.related.toLowerCase()} values do not match to a specific ${names.related}.`,
    );
  }
  return byId;
}
