// The bound actions on sales documents. Posting turns a draft into an open invoice under a new number and the same id;
// shipping and invoicing an order makes a new invoice and deletes the order once nothing of it is open.
import { randomUUID } from "node:crypto";
import { add, compare, decimal, divide, subtract } from "../../core/decimal.ts";
import type { Decimal } from "../../core/decimal.ts";
import type { Transaction } from "../data/transaction.ts";
import { emptyRow, textOf } from "../entities/entity.ts";
import type { ActionName, Row } from "../entities/entity.ts";
import { fieldOf } from "../entities/entity.ts";
import { EMPTY_DATE, EMPTY_GUID } from "../entities/field.ts";
import { salesInvoiceLines, salesInvoices } from "../entities/sales-documents.ts";
import { badRequest, ruleBroken } from "../odata/odata-error.ts";
import { applyDateFormula } from "./due-date.ts";
import { invoiceKind, orderKind } from "./document-kind.ts";
import type { DocumentKind } from "./document-kind.ts";
import { checkNotBlocked } from "./header-rules.ts";
import { amountOf, exchangeRate, stored, withLineAmounts, withTotals } from "./totals.ts";

/** Runs the action on the row; throws the posting error when it cannot be done. */
export function runAction(tx: Transaction, action: ActionName, row: Row): void {
  switch (action) {
    case "post":
      return postInvoice(tx, row);
    case "cancel":
      return cancelInvoice(tx, row);
    case "shipAndInvoice":
      return shipAndInvoice(tx, row);
  }
}

const linesOf = (tx: Transaction, kind: DocumentKind, header: Row): Row[] =>
  tx.rowsWhere(kind.lines.set, "documentId", [textOf(header, "id")]);

function postInvoice(tx: Transaction, header: Row): void {
  if (textOf(header, "status") !== "Draft")
    throw ruleBroken("The action can be applied to a draft invoice only.");
  checkPostable(tx, invoiceKind, header, linesOf(tx, invoiceKind, header), "quantity");
  putPosted(tx, header);
}

/** Stores the invoice as posted and adds it to what the customer owes, in the company's own currency. */
function putPosted(tx: Transaction, invoice: Row): void {
  tx.put(salesInvoices.set, { ...invoice, number: tx.nextNumber("PSI-", 200001), status: "Open" });
  addToBalance(tx, invoice, amountOf(invoice, "totalAmountIncludingTax"));
}

function addToBalance(tx: Transaction, invoice: Row, amount: Decimal): void {
  const customer = tx.find("customers", textOf(invoice, "customerId"));
  if (customer === undefined) return;
  tx.putQuietly("customers", {
    ...customer,
    balanceDue: stored(add(amountOf(customer, "balanceDue"), inLocalCurrency(tx, invoice, amount))),
  });
}

function inLocalCurrency(tx: Transaction, invoice: Row, amount: Decimal): Decimal {
  const isLocal = textOf(invoice, "currencyId") === EMPTY_GUID;
  return divide(
    amount,
    exchangeRate(tx, textOf(invoice, "currencyCode"), isLocal, textOf(invoice, "postingDate")),
    2,
  );
}

function checkPostable(
  tx: Transaction,
  kind: DocumentKind,
  header: Row,
  lines: readonly Row[],
  quantityField: string,
): void {
  const sold = lines.filter((line) => textOf(line, "lineObjectNumber") !== "");
  if (sold.length === 0) {
    throw ruleBroken("There is nothing to post because the document does not contain a quantity or amount.");
  }
  if (kind === invoiceKind && sold.some((line) => amountOf(line, quantityField).units === 0n)) {
    throw ruleBroken(
      "One or more document lines with a value in the No. field do not have a quantity specified.",
    );
  }
  if (sold.every((line) => amountOf(line, quantityField).units === 0n)) {
    throw ruleBroken("There is nothing to post because the document does not contain a quantity or amount.");
  }
  const customer = tx.find("customers", textOf(header, "customerId"));
  if (customer !== undefined) checkNotBlocked(customer, kind, "post");
  for (const line of sold) checkItemOpen(tx, line);
  checkPostingDate(tx, textOf(header, "postingDate"));
}

function checkItemOpen(tx: Transaction, line: Row): void {
  const item = tx.find("items", textOf(line, "itemId"));
  if (item?.["blocked"] !== true) return;
  throw badRequest(
    `Blocked must be equal to 'No' in Item: No.=${textOf(item, "number")}. Current value is 'Yes'.`,
    "Application_FieldValidationException",
  );
}

function checkPostingDate(tx: Transaction, day: string): void {
  for (const setup of tx.rows("generalLedgerSetup")) {
    const from = textOf(setup, "allowPostingFrom");
    const to = textOf(setup, "allowPostingTo");
    if (day >= from && (to === EMPTY_DATE || day <= to)) continue;
    throw ruleBroken("Posting Date is not within your range of allowed posting dates.");
  }
}

function cancelInvoice(tx: Transaction, header: Row): void {
  const status = textOf(header, "status");
  if (status === "Canceled") {
    throw ruleBroken("The invoice cannot be canceled because it has already been canceled.");
  }
  if (status !== "Open" && status !== "Paid") {
    throw ruleBroken("The action can be applied to a posted invoice only.");
  }
  addToBalance(tx, header, subtract(decimal("0"), amountOf(header, "remainingAmount")));
  tx.put(salesInvoices.set, { ...header, status: "Canceled", remainingAmount: "0" });
}

function shipAndInvoice(tx: Transaction, order: Row): void {
  const lines = linesOf(tx, orderKind, order);
  checkPostable(tx, orderKind, order, lines, "invoiceQuantity");
  const invoice = invoiceOf(tx, order, lines);
  putPosted(tx, invoice);
  const left = lines.map(invoicedLine);
  const isDone = left.every(
    (line) => compare(amountOf(line, "invoicedQuantity"), amountOf(line, "quantity")) >= 0,
  );
  if (!isDone) {
    for (const line of left) tx.put(orderKind.lines.set, line);
    tx.put(orderKind.header.set, order);
    return;
  }
  for (const line of lines) tx.remove(orderKind.lines.set, line);
  tx.remove(orderKind.header.set, order);
}

/** The line after its open quantities have been shipped and invoiced. */
function invoicedLine(line: Row): Row {
  const invoiced = add(amountOf(line, "invoicedQuantity"), amountOf(line, "invoiceQuantity"));
  const open = stored(subtract(amountOf(line, "quantity"), invoiced));
  return {
    ...line,
    invoicedQuantity: stored(invoiced),
    shippedQuantity: stored(invoiced),
    invoiceQuantity: open,
    shipQuantity: open,
  };
}

/** Writes the lines of the new invoice and gives its header with totals, not yet stored. */
function invoiceOf(tx: Transaction, order: Row, lines: readonly Row[]): Row {
  const id = randomUUID();
  const day = textOf(order, "postingDate");
  const terms = tx.find("paymentTerms", textOf(order, "paymentTermsId"));
  const shared = Object.fromEntries(Object.entries(order).filter(([name]) => fieldOf(salesInvoices, name)));
  const header: Row = {
    ...emptyRow(salesInvoices),
    ...shared,
    id,
    invoiceDate: day,
    dueDate: applyDateFormula(day, terms === undefined ? "" : textOf(terms, "dueDateCalculation")),
    orderId: textOf(order, "id"),
    orderNumber: textOf(order, "number"),
  };
  const invoiceLines = lines
    .filter(
      (line) => textOf(line, "lineObjectNumber") === "" || amountOf(line, "invoiceQuantity").units !== 0n,
    )
    .map((line) => invoiceLine(line, id));
  for (const line of invoiceLines) tx.put(salesInvoiceLines.set, line);
  return withTotals(header, invoiceLines);
}

function invoiceLine(line: Row, documentId: string): Row {
  const shared = Object.fromEntries(
    Object.entries(line).filter(([name]) => fieldOf(salesInvoiceLines, name)),
  );
  return withLineAmounts(
    {
      ...emptyRow(salesInvoiceLines),
      ...shared,
      id: randomUUID(),
      documentId,
      quantity: textOf(line, "invoiceQuantity"),
    },
    false,
  );
}
