// Rules of single objects: values that follow from others, and combinations that are not allowed.
import {
  add,
  decimal,
  divide,
  lineAmount,
  multiply,
  round,
  subtract,
  type Decimal,
} from "../../core/decimal.ts";
import { toText, number, numberText, type Json } from "../../core/json.ts";
import type { Row } from "../../core/store.ts";
import { rowError, type RowError } from "../errors.ts";
import { STATUS_CATEGORIES } from "../schema/service-objects.ts";
import type { Transaction } from "./transaction.ts";
import { toStoredNumber } from "./values.ts";

export type Derived = { readonly row: Row } | { readonly errors: readonly RowError[] };
/** `before` is null on insert; `row` holds the new values of all fields. */
type Rule = (tx: Transaction, row: Row, before: Row | null) => Derived;

const MONEY = { type: "currency", scale: 2 } as const;

function refuse(code: string, message: string, fields: readonly string[]): Derived {
  return { errors: [rowError(code, message, fields)] };
}

function amount(value: Json | undefined): Decimal {
  return decimal(numberText(value) ?? "0");
}

function textOf(row: Row | undefined, name: string): string | null {
  const value = row?.[name];
  return typeof value === "string" ? value : null;
}

function parentOf(tx: Transaction, object: string, id: Json | undefined): Row | undefined {
  return typeof id === "string" ? tx.row(object, id) : undefined;
}

function withStatus(row: Row): Row {
  const category = STATUS_CATEGORIES[textOf(row, "Status") ?? ""] ?? "None";
  return { ...row, StatusCategory: category, IsClosed: category === "Closed" };
}

const deriveContact: Rule = (_tx, row) => {
  const name = [textOf(row, "FirstName"), textOf(row, "LastName")].filter((part) => part !== null).join(" ");
  return { row: { ...row, Name: name } };
};

const deriveAsset: Rule = (tx, row) => {
  if (textOf(row, "AccountId") === null && textOf(row, "ContactId") === null)
    return refuse("FIELD_INTEGRITY_EXCEPTION", "Every asset needs an account, a contact, or both.", [
      "AccountId",
    ]);
  const product = parentOf(tx, "Product2", row["Product2Id"]);
  return { row: { ...row, ProductCode: textOf(product, "ProductCode") } };
};

const deriveWorkOrder: Rule = (tx, row, before) => {
  const lineIds = before ? tx.idsBy("WorkOrderLineItem", "WorkOrderId", toText(row["Id"])) : [];
  const lines = lineIds
    .map((id) => tx.row("WorkOrderLineItem", id))
    .filter((line) => line?.["IsDeleted"] !== true);
  for (const fixed of ["Pricebook2Id", "CurrencyIsoCode"]) {
    if (before && lines.length > 0 && (before[fixed] ?? null) !== (row[fixed] ?? null))
      return refuse(
        "FIELD_INTEGRITY_EXCEPTION",
        `${fixed} can't be changed while the work order has line items.`,
        [fixed],
      );
  }
  return { row: withTotals(withStatus(row), lines) };
};

/** Totals of a work order from its lines. The tax is not part of the lines. */
function withTotals(row: Row, lines: readonly (Row | undefined)[]): Row {
  const sum = (name: string): Decimal => lines.map((line) => amount(line?.[name])).reduce(add, decimal("0"));
  const [subtotal, total] = [sum("Subtotal"), sum("TotalPrice")];
  const discount =
    subtotal.units === 0n
      ? decimal("0")
      : divide(multiply(subtract(subtotal, total), decimal("100")), subtotal, 2);
  return {
    ...row,
    LineItemCount: number(String(lines.length)),
    Subtotal: toStoredNumber(MONEY, subtotal),
    Discount: toStoredNumber(MONEY, discount),
    TotalPrice: toStoredNumber(MONEY, total),
    GrandTotal: toStoredNumber(MONEY, add(total, amount(row["Tax"]))),
  };
}

const deriveLine: Rule = (tx, row) => {
  const order = parentOf(tx, "WorkOrder", row["WorkOrderId"]);
  const entry = parentOf(tx, "PricebookEntry", row["PricebookEntryId"]);
  const currency = textOf(order, "CurrencyIsoCode");
  if (entry && textOf(entry, "Pricebook2Id") !== textOf(order, "Pricebook2Id"))
    return refuse(
      "FIELD_INTEGRITY_EXCEPTION",
      "field integrity exception: PricebookEntryId (pricebook entry is not in the price book of the work order)",
      ["PricebookEntryId"],
    );
  if (entry && textOf(entry, "CurrencyIsoCode") !== currency)
    return refuse(
      "FIELD_INTEGRITY_EXCEPTION",
      "field integrity exception: PricebookEntryId (pricebook entry currency code does not match the work order)",
      ["PricebookEntryId"],
    );
  const quantity = row["Quantity"] ?? number("1.0");
  const unitPrice = row["UnitPrice"] ?? entry?.["UnitPrice"] ?? null;
  const subtotal = round(multiply(amount(quantity), amount(unitPrice)), 2);
  const total = lineAmount(amount(quantity), amount(unitPrice), amount(row["Discount"]));
  return {
    row: withStatus({
      ...row,
      Quantity: quantity,
      UnitPrice: unitPrice,
      ListPrice: entry?.["UnitPrice"] ?? null,
      Product2Id: entry?.["Product2Id"] ?? null,
      CurrencyIsoCode: currency,
      Subtotal: toStoredNumber(MONEY, subtotal),
      TotalPrice: toStoredNumber(MONEY, total),
    }),
  };
};

const derivePrice: Rule = (tx, row, before) => {
  const product = parentOf(tx, "Product2", row["Product2Id"]);
  const book = parentOf(tx, "Pricebook2", row["Pricebook2Id"]);
  const others = tx
    .idsBy("PricebookEntry", "Product2Id", toText(row["Product2Id"]))
    .map((id) => tx.row("PricebookEntry", id))
    .filter((other) => other?.["IsDeleted"] !== true && other?.["Id"] !== row["Id"])
    .filter((other) => textOf(other, "CurrencyIsoCode") === textOf(row, "CurrencyIsoCode"));
  const isStandard = (other: Row | undefined): boolean =>
    parentOf(tx, "Pricebook2", other?.["Pricebook2Id"])?.["IsStandard"] === true;
  if (!before && others.some((other) => other?.["Pricebook2Id"] === row["Pricebook2Id"]))
    return refuse("DUPLICATE_VALUE", "This price definition already exists in this price book", []);
  if (!before && book?.["IsStandard"] !== true && !others.some(isStandard))
    return refuse("STANDARD_PRICE_NOT_DEFINED", "No standard price defined for this product", []);
  return { row: { ...row, Name: textOf(product, "Name"), ProductCode: textOf(product, "ProductCode") } };
};

const RULES: Readonly<Record<string, Rule>> = {
  Contact: deriveContact,
  Asset: deriveAsset,
  WorkOrder: deriveWorkOrder,
  WorkOrderLineItem: deriveLine,
  PricebookEntry: derivePrice,
};

/** The row with everything that follows from what was written. */
export function deriveRow(tx: Transaction, object: string, row: Row, before: Row | null): Derived {
  return RULES[object]?.(tx, row, before) ?? { row };
}

/** Brings the totals of the parent up to date after a line was written or deleted; this does not touch its stamps. */
export function rollUp(tx: Transaction, object: string, row: Row): void {
  if (object !== "WorkOrderLineItem") return;
  const order = parentOf(tx, "WorkOrder", row["WorkOrderId"]);
  const derived = order ? deriveWorkOrder(tx, order, order) : null;
  if (derived && "row" in derived) tx.put("WorkOrder", derived.row);
}
