// The amounts of lines and documents, computed by the server and never taken from the caller. The demo company charges
// no tax, so amounts with and without tax are equal.
import {
  add,
  compare,
  decimal,
  divide,
  formatDecimal,
  lineAmount,
  multiply,
  round,
  subtract,
  trimDecimal,
} from "../../core/decimal.ts";
import type { Decimal } from "../../core/decimal.ts";
import type { Transaction } from "../data/transaction.ts";
import { textOf } from "../entities/entity.ts";
import type { Row } from "../entities/entity.ts";
import { badRequest } from "../odata/odata-error.ts";

const zero = decimal("0");

/** The decimal in a field of a row; zero when empty. */
export function amountOf(row: Row, field: string): Decimal {
  return decimal(textOf(row, field) || "0");
}

/** Stored spelling of a decimal: no trailing zeros. */
export function stored(value: Decimal): string {
  return formatDecimal(trimDecimal(value));
}

/**
 * A line with its amounts: round(quantity × price × (1 − discount %), 2). When the discount was sent as an amount, the
 * percentage follows from it.
 */
export function withLineAmounts(line: Row, discountSentAsAmount: boolean): Row {
  const quantity = amountOf(line, "quantity");
  const price = amountOf(line, "unitPrice");
  const gross = round(multiply(quantity, price), 2);
  const net = discountSentAsAmount
    ? subtract(gross, amountOf(line, "discountAmount"))
    : lineAmount(quantity, price, amountOf(line, "discountPercent"));
  const discount = subtract(gross, net);
  const amount = stored(net);
  return {
    ...line,
    discountAmount: stored(discount),
    ...(discountSentAsAmount ? { discountPercent: percentOf(discount, gross) } : {}),
    amountExcludingTax: amount,
    amountIncludingTax: amount,
    netAmount: amount,
    netAmountIncludingTax: amount,
  };
}

function percentOf(discount: Decimal, gross: Decimal): string {
  if (gross.units === 0n) {
    if (discount.units === 0n) return "0";
    throw badRequest(
      "The line discount amount is greater than the line amount.",
      "Application_FieldValidationException",
    );
  }
  const percent = divide(multiply(discount, decimal("100")), gross, 5);
  if (compare(percent, zero) < 0 || compare(percent, decimal("100")) > 0) {
    throw badRequest(
      "The line discount amount is greater than the line amount.",
      "Application_FieldValidationException",
    );
  }
  return stored(percent);
}

/** The document with its totals: the sum of its lines less its own discount. */
export function withTotals(header: Row, lines: readonly Row[]): Row {
  const sum = lines.reduce((total, line) => add(total, amountOf(line, "netAmount")), zero);
  const discount = amountOf(header, "discountAmount");
  if (discount.units !== 0n && compare(discount, sum) > 0) {
    throw badRequest(
      `The invoice discount amount ${stored(discount)} is greater than the total amount ${stored(sum)}.`,
      "Application_FieldValidationException",
    );
  }
  const total = stored(subtract(sum, discount));
  return {
    ...header,
    totalAmountExcludingTax: total,
    totalTaxAmount: "0",
    totalAmountIncludingTax: total,
    ...("remainingAmount" in header ? { remainingAmount: total } : {}),
  };
}

/** The rate of a currency on a day: units of it for one unit of the local currency; 1 for the local currency. */
export function exchangeRate(tx: Transaction, currencyCode: string, isLocal: boolean, day: string): Decimal {
  if (isLocal) return decimal("1");
  const rates = tx
    .rowsWhere("currencyExchangeRates", "currencyCode", [currencyCode])
    .filter((rate) => textOf(rate, "startingDate") <= day)
    .sort((a, b) => textOf(b, "startingDate").localeCompare(textOf(a, "startingDate")));
  const [newest] = rates;
  if (newest === undefined) {
    throw badRequest(
      `There is no Currency Exchange Rate within the filter. Filters: Currency Code: ${currencyCode}, ` +
        `Starting Date: ..${day}`,
      "Application_DialogException",
    );
  }
  return divide(amountOf(newest, "exchangeRateAmount"), amountOf(newest, "relationalExchangeRateAmount"), 10);
}

/** A local price in the document's currency, to cents. */
export function inCurrency(price: Decimal, rate: Decimal): Decimal {
  return compare(rate, decimal("1")) === 0 ? price : round(multiply(price, rate), 2);
}
