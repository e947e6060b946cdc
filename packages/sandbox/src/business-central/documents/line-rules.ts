// What the server fills in and refuses on a line of a sales document: what is sold, in which unit, at which price.
import { add, compare, decimal, subtract } from "../../core/decimal.ts";
import type { Transaction } from "../data/transaction.ts";
import { emptyRow, textOf } from "../entities/entity.ts";
import type { Row } from "../entities/entity.ts";
import { EMPTY_GUID } from "../entities/field.ts";
import { badRequest, brokenRelation, ODataError, ruleBroken } from "../odata/odata-error.ts";
import type { Sent } from "../write/input.ts";
import { newId } from "../write/master-rules.ts";
import { findBy, resolveCode, sentId, sentText } from "../write/references.ts";
import type { DocumentKind } from "./document-kind.ts";
import { amountOf, exchangeRate, inCurrency, stored, withLineAmounts } from "./totals.ts";

/** The line to store, amounts computed. Throws when a rule is broken; the header is not touched here. */
export function completeLine(
  tx: Transaction,
  kind: DocumentKind,
  header: Row,
  before: Row | undefined,
  sent: Sent,
): Row {
  const object = lineObject(tx, kind, header, before, sent);
  const base = before ?? startLine(tx, kind, header, sent);
  const row: Row = {
    ...base,
    ...object.defaults,
    ...Object.fromEntries(sent),
    ...object.keys,
    ...unitOfLine(tx, kind, sent),
  };
  checkHasObject(kind, row);
  const amountSent = sent.has("discountAmount") && !sent.has("discountPercent");
  return kind.dateField === "orderDate"
    ? withOrderQuantities(withLineAmounts(row, amountSent), sent)
    : withLineAmounts(row, amountSent);
}

function startLine(tx: Transaction, kind: DocumentKind, header: Row, sent: Sent): Row {
  const documentId = textOf(header, "id");
  return {
    ...emptyRow(kind.lines),
    id: newId(tx, kind.lines, sent),
    documentId,
    sequence: newSequence(tx, kind, documentId, sentText(sent, "sequence")),
  };
}

/** Lines are numbered in steps of 10,000, so that others fit in between. */
function newSequence(
  tx: Transaction,
  kind: DocumentKind,
  documentId: string,
  asked: string | undefined,
): string {
  const taken = tx
    .rowsWhere(kind.lines.set, "documentId", [documentId])
    .map((line) => textOf(line, "sequence"));
  if (asked !== undefined && asked !== "0") {
    if (!taken.includes(asked)) return asked;
    throw new ODataError(
      409,
      "Internal_EntityWithSameKeyExists",
      `The ${kind.lines.caption} already exists. Identification fields and values: Line No.='${asked}'`,
    );
  }
  const last = taken
    .map(decimal)
    .reduce((most, each) => (compare(each, most) > 0 ? each : most), decimal("0"));
  return stored(add(last, decimal("10000")));
}

interface LineObject {
  /** What the line is; overrides what was sent, because the server spells it its own way. */
  readonly keys: Row;
  /** What the line takes over from the item or account unless the caller says otherwise. */
  readonly defaults: Row;
}

const nothingNew: LineObject = { keys: {}, defaults: {} };

function lineObject(
  tx: Transaction,
  kind: DocumentKind,
  header: Row,
  before: Row | undefined,
  sent: Sent,
): LineObject {
  const itemId = sentId(sent, "itemId");
  const accountId = sentId(sent, "accountId");
  const number = sentText(sent, "lineObjectNumber");
  if (itemId !== undefined && accountId !== undefined) {
    throw ruleBroken('Both "itemId" and "accountId" are specified. Specify only one of them.');
  }
  if (itemId !== undefined) {
    const item = tx.find("items", itemId);
    if (item === undefined) throw ruleBroken("Item does not exist.");
    checkNumberAgrees(number, item);
    return itemObject(tx, header, item, before);
  }
  if (accountId !== undefined) {
    const account = tx.find("accounts", accountId);
    if (account === undefined) throw ruleBroken("Account does not exist.");
    checkNumberAgrees(number, account);
    return accountObject(account, before);
  }
  if (number === undefined || number === "")
    return sent.has("lineType") ? typeOnly(before, sent) : nothingNew;
  const type = sentText(sent, "lineType") ?? (before === undefined ? "Comment" : textOf(before, "lineType"));
  const item = type === "Item" ? findBy(tx, "items", "number", number) : undefined;
  const account = type === "Account" ? findBy(tx, "accounts", "number", number) : undefined;
  if (item !== undefined) return itemObject(tx, header, item, before);
  if (account !== undefined) return accountObject(account, before);
  throw brokenRelation("No.", kind.lines.caption, number, relatedTables[type] ?? type);
}

/** The table in which the number of a line is looked up, by the type of the line. */
const relatedTables: Readonly<Record<string, string>> = {
  Comment: "Standard Text",
  Account: "G/L Account",
  Fixed_x0020_Asset: "Fixed Asset",
  Charge: "Item Charge",
  Allocation_x0020_Account: "Allocation Account",
};

function checkNumberAgrees(number: string | undefined, object: Row): void {
  if (number !== undefined && number !== "" && number !== textOf(object, "number")) {
    throw ruleBroken('The value for "lineObjectNumber" cannot be modified.');
  }
}

/** Changing only the type empties what the line pointed at. */
function typeOnly(before: Row | undefined, sent: Sent): LineObject {
  const isSame = before !== undefined && before["lineType"] === sent.get("lineType");
  if (isSame) return nothingNew;
  return { keys: {}, defaults: { itemId: EMPTY_GUID, accountId: EMPTY_GUID, lineObjectNumber: "" } };
}

function checkOpen(object: Row, caption: string): void {
  if (object["blocked"] !== true) return;
  throw badRequest(
    `Blocked must be equal to 'No' in ${caption}: No.=${textOf(object, "number")}. Current value is 'Yes'.`,
    "Application_FieldValidationException",
  );
}

function itemObject(tx: Transaction, header: Row, item: Row, before: Row | undefined): LineObject {
  checkOpen(item, "Item");
  const keys = {
    lineType: "Item",
    itemId: textOf(item, "id"),
    accountId: EMPTY_GUID,
    lineObjectNumber: textOf(item, "number"),
  };
  if (before?.["itemId"] === keys.itemId) return { keys, defaults: {} };
  const isLocal = textOf(header, "currencyId") === EMPTY_GUID;
  const rate = exchangeRate(tx, textOf(header, "currencyCode"), isLocal, textOf(header, "postingDate"));
  return {
    keys,
    defaults: {
      description: textOf(item, "displayName"),
      description2: textOf(item, "displayName2"),
      unitOfMeasureId: textOf(item, "baseUnitOfMeasureId"),
      unitOfMeasureCode: textOf(item, "baseUnitOfMeasureCode"),
      unitPrice: stored(inCurrency(amountOf(item, "unitPrice"), rate)),
    },
  };
}

function accountObject(account: Row, before: Row | undefined): LineObject {
  checkOpen(account, "G/L Account");
  const keys = {
    lineType: "Account",
    itemId: EMPTY_GUID,
    accountId: textOf(account, "id"),
    lineObjectNumber: textOf(account, "number"),
  };
  if (before?.["accountId"] === keys.accountId) return { keys, defaults: {} };
  return { keys, defaults: { description: textOf(account, "displayName") } };
}

function unitOfLine(tx: Transaction, kind: DocumentKind, sent: Sent): Row {
  const unit = resolveCode(tx, sent, {
    id: "unitOfMeasureId",
    code: "unitOfMeasureCode",
    set: "unitsOfMeasure",
    table: kind.lines.caption,
    label: "Unit of Measure Code",
    related: "Unit of Measure",
  });
  return unit === undefined
    ? {}
    : { unitOfMeasureId: textOf(unit, "id"), unitOfMeasureCode: textOf(unit, "code") };
}

/** A comment sells nothing; everything else must say what it sells. */
function checkHasObject(kind: DocumentKind, row: Row): void {
  if (textOf(row, "lineObjectNumber") !== "") return;
  const sells = amountOf(row, "quantity").units !== 0n || amountOf(row, "unitPrice").units !== 0n;
  if (!sells) return;
  const field = textOf(row, "lineType") === "Comment" ? "Type" : "No.";
  throw badRequest(
    `${field} must have a value in ${kind.lines.caption}: Line No.=${textOf(row, "sequence")}. It cannot be zero or empty.`,
    "Application_FieldValidationException",
  );
}

/** What is to be shipped and invoiced next: all that is open, unless less was asked for. */
function withOrderQuantities(row: Row, sent: Sent): Row {
  const open = subtract(amountOf(row, "quantity"), amountOf(row, "invoicedQuantity"));
  const wanted = (field: string, verb: string): string => {
    const asked = sentText(sent, field);
    if (asked === undefined) return sent.has("quantity") ? stored(open) : textOf(row, field);
    if (compare(decimal(asked), open) > 0)
      throw ruleBroken(`You cannot ${verb} more than ${stored(open)} units.`);
    return asked;
  };
  return {
    ...row,
    shipQuantity: wanted("shipQuantity", "ship"),
    invoiceQuantity: wanted("invoiceQuantity", "invoice"),
  };
}
