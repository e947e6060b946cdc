/**
 * OData as Business Central understands it: blank text is '', a blank date is a very early one, OR joins
 * conditions on one field only, relations cannot be filtered by.
 */
import { formatDecimal } from "../decimal/text.ts";
import { formatDate } from "../dates/calendar.ts";
import { formatInstant } from "../dates/iso.ts";
import type { FieldShape } from "../types.ts";
import type { Value } from "../value.ts";
import { type Comparison, type FilterDialect, notWritten, type WriteResult, written } from "./dialect.ts";

/** Text between single quotes: a quote is doubled, nothing else has a meaning. */
export function escapeOdata(text: string): string {
  return text.replaceAll("'", "''");
}

const GUID = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;
const OPERATORS: Readonly<Record<Comparison, string>> = {
  "=": "eq",
  "<>": "ne",
  "<": "lt",
  "<=": "le",
  ">": "gt",
  ">=": "ge",
};

function literal(value: Value, field: FieldShape): string | null {
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") {
    if (field.type === "id") return GUID.test(value) ? value : null;
    return /[\p{Cc}]/u.test(value) ? null : `'${escapeOdata(value)}'`;
  }
  switch (value?.kind) {
    case "number":
      return Math.abs(value.scale) > 28 ? null : formatDecimal(value);
    case "date":
      return formatDate(value);
    case "datetime":
      return value.nanos === 0 ? formatInstant(value) : null;
    case "time":
    case "list":
    case "row":
    case undefined:
      return null;
  }
}

function comparesExactly(field: FieldShape, value: Value): boolean {
  if (typeof value !== "string") return true;
  if (field.type === "id") return value === value.toLowerCase();
  return field.type === "choice" && (field.choices?.some((choice) => choice.code === value) ?? false);
}

function compare(path: string, field: FieldShape, operator: Comparison, value: Value): WriteResult {
  const text = literal(value, field);
  if (text === null) return notWritten("the source cannot compare with this value");
  const condition = `${path} ${OPERATORS[operator]} ${text}`;
  if (operator === "=") return written(condition, comparesExactly(field, value));
  if (operator === "<>") {
    return comparesExactly(field, value)
      ? written(condition, true)
      : notWritten("the source may ignore upper and lower case");
  }
  if (typeof value === "string") return notWritten("the source orders text by language");
  const blankIsEarly = field.type === "date" || field.type === "datetime";
  const exact = !(blankIsEarly && field.nullable !== false && (operator === "<" || operator === "<="));
  return written(condition, exact);
}

export const odataDialect: FilterDialect = {
  name: "OData",
  and: "and",
  or: "or",
  orAcrossFields: false,
  relations: false,
  longestText: 1000,
  writePath: (names) => names.join("/"),
  compare,
  blank(path, field, isBlank) {
    if (field.type !== "text") return notWritten("only text can be tested for blank in the source");
    return written(`${path} ${isBlank ? "eq" : "ne"} ''`, true);
  },
  truth(path, field, isTrue) {
    if (isTrue) return written(`${path} eq true`, true);
    return written(field.nullable === false ? `${path} eq false` : `${path} ne true`, true);
  },
  search(path, kind, part, ignoreCase) {
    if (ignoreCase) return notWritten("the source does not ignore upper and lower case here");
    if (/[\p{Cc}]/u.test(part)) return notWritten("the source cannot compare with this value");
    const name = kind === "contains" ? "contains" : kind === "begins" ? "startswith" : "endswith";
    return written(`${name}(${path},'${escapeOdata(part)}')`, false);
  },
};
