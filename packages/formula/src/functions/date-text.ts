/** Formatting of date, instant and time values with one pattern language, in the zone of the transfer. */
import type { Frame } from "../build/built.ts";
import { formatDatePattern, parseDatePattern, usesClock } from "../dates/format.ts";
import { momentParts } from "../dates/zoned.ts";
import { FormulaFailure } from "../failure.ts";
import type { DateValue, InstantValue, TimeValue } from "../value.ts";

export function formatAsDate(
  frame: Frame,
  value: DateValue | InstantValue | TimeValue,
  pattern: string,
): string {
  const tokens = parseDatePattern(pattern);
  if (value.kind === "time") {
    if (tokens.some((token) => token.kind === "year" || token.kind === "day")) {
      throw new FormulaFailure("FML-306", `A time has no day to show as "${pattern}"`);
    }
    return formatDatePattern(tokens, 0, value.nanos);
  }
  if (value.kind === "date" && usesClock(tokens)) {
    throw new FormulaFailure("FML-306", `A date has no time to show as "${pattern}"`);
  }
  const { days, nanosOfDay } = momentParts(frame, value);
  return formatDatePattern(tokens, days, nanosOfDay);
}
