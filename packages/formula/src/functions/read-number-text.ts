/** Text to number, as VALUE reads it: strict without a separator, grouping allowed once one is named. */
import type { Decimal } from "../decimal/decimal.ts";
import { parseDecimal } from "../decimal/text.ts";

/** Null when the text is no number. With a decimal separator the other one (and spaces) may group thousands. */
export function readNumberText(text: string, separator: string | undefined): Decimal | null {
  const trimmed = text.trim();
  const unsigned = trimmed.startsWith("+") ? trimmed.slice(1) : trimmed;
  if (unsigned.startsWith("-") && trimmed.startsWith("+")) return null;
  if (separator === undefined) return parseDecimal(unsigned);
  const grouping =
    separator === ","
      ? /^-?\d{1,3}(?:[. \u00a0\u202f']\d{3})+(?:,\d+)?$/
      : /^-?\d{1,3}(?:[, \u00a0\u202f']\d{3})+(?:\.\d+)?$/;
  if (!grouping.test(unsigned)) {
    return unsigned.includes(separator === "," ? "." : ",")
      ? null
      : parseDecimal(unsigned.replace(separator, "."));
  }
  const [whole = "", fraction] = unsigned.split(separator);
  const digits = whole.replace(/[., \u00a0\u202f']/g, "");
  return parseDecimal(fraction === undefined ? digits : `${digits}.${fraction}`);
}
