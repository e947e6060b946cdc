// Functions over one field that a query may group by or filter on: parts of dates, in UTC.
import { number, type Json } from "../../core/json.ts";
import type { Row } from "../../core/store.ts";
import { field, type Field } from "../schema/field.ts";
import type { Call } from "./ast.ts";
import type { QueryContext, ResolvedPath } from "./paths.ts";
import { malformed, queryError } from "./tokens.ts";

const PARTS: Readonly<Record<string, (date: Date) => number>> = {
  CALENDAR_YEAR: (date) => date.getUTCFullYear(),
  CALENDAR_QUARTER: (date) => Math.floor(date.getUTCMonth() / 3) + 1,
  CALENDAR_MONTH: (date) => date.getUTCMonth() + 1,
  DAY_IN_MONTH: (date) => date.getUTCDate(),
  DAY_IN_WEEK: (date) => date.getUTCDay() + 1,
  HOUR_IN_DAY: (date) => date.getUTCHours(),
};

/** The value of a date function over a resolved field. */
export function readDatePart(
  context: QueryContext,
  call: Call,
  resolved: ResolvedPath,
): { field: Field; read: (row: Row) => Json } {
  const isDay = call.name === "DAY_ONLY";
  const part = PARTS[call.name];
  if (!isDay && !part)
    throw malformed(context.text, call.at, `The function ${call.name} is not supported by this sandbox`);
  if (resolved.field.type !== "date" && resolved.field.type !== "datetime")
    throw queryError(context.text, call.at, "INVALID_FIELD", `${call.name} needs a date or datetime field`);
  return {
    field: field(call.name, isDay ? "date" : "int[4,0]"),
    read(row) {
      const value = resolved.read(row);
      if (typeof value !== "string") return null;
      if (isDay || !part) return value.slice(0, 10);
      return number(String(part(new Date(value.replace("+0000", "Z")))));
    },
  };
}
