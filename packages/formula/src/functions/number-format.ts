/** Numbers in an Excel-like pattern: `0` a digit always, `#` a digit if there, `,` groups, `.` decimals, `%`. */
import { absolute, type Decimal, isZero, mul, fromSmall, signOf } from "../decimal/decimal.ts";
import { round } from "../decimal/round.ts";
import { formatFixed } from "../decimal/text.ts";
import { FormulaFailure } from "../failure.ts";

const PATTERN = /^((?:"[^"]*"|[^0#,.%"])*)([0#,]*)(?:\.([0#]*))?(%?)((?:"[^"]*"|[^0#,.%"])*)$/;
const MAX_PATTERN = 100;

export function formatNumberPattern(value: Decimal, pattern: string): string {
  const match = pattern.length <= MAX_PATTERN ? PATTERN.exec(pattern) : null;
  const [, before = "", whole = "", decimals = "", percent = "", after = ""] = match ?? [];
  if (!match || whole + decimals === "" || /#/.test(whole.replace(/^[#,]*/, "")) || /#0/.test(decimals)) {
    throw new FormulaFailure("FML-306", `"${pattern}" is not a number format such as #,##0.00`);
  }
  const scaled = percent ? mul(value, fromSmall(100, 0)) : value;
  const rounded = round(scaled, decimals.length, "halfAway");
  const fixed = formatFixed(absolute(rounded), decimals.length);
  const [digits = "0", fraction = ""] = fixed.split(".");
  const required = whole.replace(/[#,]/g, "").length;
  const integer = (digits === "0" && required === 0 ? "" : digits).padStart(required, "0");
  const grouped = whole.includes(",") ? integer.replace(/\B(?=(\d{3})+$)/g, ",") : integer;
  const minimum = decimals.replace(/#/g, "").length;
  let kept = fraction.length;
  while (kept > minimum && fraction[kept - 1] === "0") kept -= 1;
  const tail = kept > 0 ? `.${fraction.slice(0, kept)}` : "";
  const sign = signOf(rounded) < 0 && !isZero(rounded) ? "-" : "";
  return sign + unquote(before) + grouped + tail + percent + unquote(after);
}

function unquote(literal: string): string {
  return literal.replaceAll('"', "");
}
