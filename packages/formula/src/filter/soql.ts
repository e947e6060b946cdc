/**
 * SOQL: text compares without regard to case, so text conditions are pushed as a superset; `!=` also gives rows
 * with null; a checkbox that is null counts as false.
 */
import { formatDecimal } from "../decimal/text.ts";
import { coefficientOf } from "../decimal/decimal.ts";
import { digitCount } from "../decimal/coefficient.ts";
import { trimZeros } from "../decimal/round.ts";
import { formatDate } from "../dates/calendar.ts";
import { formatInstant } from "../dates/iso.ts";
import type { FieldShape } from "../types.ts";
import type { Value } from "../value.ts";
import { type Comparison, type FilterDialect, notWritten, type WriteResult, written } from "./dialect.ts";

/** Text between single quotes. The backslash goes first, or an escaped quote could be taken apart again. */
export function escapeSoql(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll("'", "\\'")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    .replaceAll("\b", "\\b")
    .replaceAll("\f", "\\f")
    .replace(
      /[\p{Cc}\u2028\u2029]/gu,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
}

function quote(text: string): string {
  return `'${escapeSoql(text)}'`;
}

/** The part of a LIKE pattern that means the text itself. */
function escapeLike(text: string): string {
  return escapeSoql(text).replaceAll("%", "\\%").replaceAll("_", "\\_");
}

const EARLIEST = Date.UTC(1700, 0, 1);
const LATEST = Date.UTC(4000, 11, 31);

function literal(value: Value): string | null {
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return quote(value);
  switch (value?.kind) {
    case "number":
      return digitCount(coefficientOf(trimZeros(value))) > 15 || Math.abs(value.scale) > 18
        ? null
        : formatDecimal(value);
    case "date":
      return value.days * 86_400_000 >= EARLIEST && value.days * 86_400_000 <= LATEST
        ? formatDate(value)
        : null;
    case "datetime":
      return value.nanos === 0 && value.ms >= EARLIEST && value.ms <= LATEST ? formatInstant(value) : null;
    case "time":
    case "list":
    case "row":
    case undefined:
      return null;
  }
}

/** True where SOQL's comparison without case can only mean the very same text. */
function comparesExactly(field: FieldShape, value: Value): boolean {
  if (typeof value !== "string") return true;
  if (field.type === "id") return value.length === 18;
  return field.type === "choice" && (field.choices?.some((choice) => choice.code === value) ?? false);
}

function compare(
  path: string,
  field: FieldShape,
  operator: Comparison,
  value: Value,
  viaRelation: boolean,
): WriteResult {
  const text = literal(value);
  if (text === null) return notWritten("the source cannot hold this value exactly");
  if (operator === "=") return written(`${path} = ${text}`, comparesExactly(field, value));
  if (operator === "<>") {
    if (viaRelation) return notWritten("a missing related record would be judged differently");
    if (!comparesExactly(field, value)) return notWritten("the source ignores upper and lower case");
    return written(`${path} != ${text}`, true);
  }
  if (typeof value === "string") return notWritten("the source orders text by language");
  return written(`${path} ${operator} ${text}`, true);
}

export const soqlDialect: FilterDialect = {
  name: "SOQL",
  and: "AND",
  or: "OR",
  orAcrossFields: true,
  relations: true,
  longestText: 1300,
  writePath: (names) => names.join("."),
  compare,
  blank(path, field, isBlank) {
    if (field.type === "boolean") return notWritten("a check box in the source is never blank");
    return written(`${path} ${isBlank ? "=" : "!="} null`, true);
  },
  truth(path, _field, isTrue, viaRelation) {
    if (isTrue) return written(`${path} = true`, true);
    if (viaRelation) return notWritten("a missing related record would be judged differently");
    return written(`${path} = false`, true);
  },
  search(path, kind, part) {
    const pattern = escapeLike(part);
    const like = `${kind === "begins" ? "" : "%"}${pattern}${kind === "ends" ? "" : "%"}`;
    return written(`${path} LIKE '${like}'`, false);
  },
};
