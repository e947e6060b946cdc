/** Arguments that must be whole numbers in a range. */
import { type Decimal, toInteger } from "../decimal/decimal.ts";
import { formatDecimal } from "../decimal/text.ts";
import { FormulaFailure } from "../failure.ts";

/** The whole number, or a failure that says what is allowed. */
export function wholeNumber(value: Decimal, what: string, min: number, max: number): number {
  const whole = toInteger(value);
  if (whole === null || whole < min || whole > max) {
    const range = max >= 1e9 ? `${min} or more` : `from ${min} to ${max}`;
    throw new FormulaFailure(
      "FML-306",
      `${what} must be a whole number ${range}, not ${formatDecimal(value)}`,
    );
  }
  return whole;
}

/** Number of characters or positions. */
export function countArgument(value: Decimal, what: string): number {
  return wholeNumber(value, what, 0, 1e9);
}
