// Compiles WHERE conditions into functions over a row. Values are checked against the type of the field first, so
// a filter either means what it says or is refused.
import { isNumber, numberText, type Json } from "../../core/json.ts";
import type { Row } from "../../core/store.ts";
import { readId } from "../ids.ts";
import { toStoredDate, toStoredDatetime } from "../rows/dates.ts";
import type { Field } from "../schema/field.ts";
import type { SObject } from "../schema/schema.ts";
import type { Comparison, Condition, Operand, Path, Value } from "./ast.ts";
import { compareNumbers, compareValues, isNumeric } from "./compare.ts";
import { toBounds, toDateRange } from "./date-ranges.ts";
import { readDatePart } from "./date-functions.ts";
import { resolvePath, type QueryContext } from "./paths.ts";
import { malformed, queryError } from "./tokens.ts";

export type RowTest = (row: Row) => boolean;
/** Gives the ids (or reference values) a semi-join's inner query yields. */
export type InnerQuery = (condition: Extract<Condition, { kind: "inQuery" }>) => ReadonlySet<string>;

function wrongType(context: QueryContext, field: Field, value: Value): Error {
  const wanted = field.type === "datetime" ? "dateTime" : field.type;
  const quotes = value.kind === "string" ? " and should not be enclosed in quotes" : "";
  return queryError(
    context.text,
    value.at,
    "INVALID_FIELD",
    `value of filter criterion for field '${field.name}' must be of type ${wanted}${quotes}`,
  );
}

function checkFilterable(context: QueryContext, field: Field, at: number): void {
  if (field.filterable) return;
  throw queryError(
    context.text,
    at,
    "INVALID_FIELD",
    `field '${field.name}' can not be filtered in a query call`,
  );
}

/** The value as it would be stored in the field; throws when the types do not fit. */
function toFieldValue(context: QueryContext, field: Field, value: Value): Json {
  if (value.kind === "null") return null;
  if (isNumeric(field) || field.type === "boolean") throw wrongType(context, field, value);
  if (field.type === "datetime" || field.type === "date") {
    const isDate = field.type === "date";
    const stored = value.kind !== field.type ? null : (isDate ? toStoredDate : toStoredDatetime)(value.text);
    if (stored === null) throw wrongType(context, field, value);
    return stored;
  }
  if (value.kind !== "string") throw wrongType(context, field, value);
  if (field.type !== "id" && field.type !== "reference") return value.text;
  const id = value.text === "" ? "" : readId(value.text);
  if (id === null)
    throw queryError(
      context.text,
      value.at,
      "INVALID_QUERY_FILTER_OPERATOR",
      `invalid ID field: ${value.text}`,
    );
  return id;
}

function decide(comparison: Comparison, order: number): boolean {
  switch (comparison) {
    case "=":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "LIKE":
      return false;
  }
}

/** `%` is any text, `_` one character, `\%` and `\_` are themselves; case does not matter. */
function toLikePattern(like: string): RegExp {
  const pattern = like.replace(
    /\\([%_])|([%_])|[\\^$.*+?()[\]{}|]/g,
    (found, escaped?: string, wild?: string) => {
      if (escaped !== undefined) return escaped;
      if (wild !== undefined) return wild === "%" ? "[^]*" : "[^]";
      return `\\${found}`;
    },
  );
  return new RegExp(`^${pattern}$`, "iu");
}

/** Backslashes before wildcards are only meant for LIKE. */
function withoutWildcardEscapes(value: Value): Value {
  return value.kind === "string" ? { ...value, text: value.text.replace(/\\([%_])/g, "$1") } : value;
}

function compileRange(
  context: QueryContext,
  field: Field,
  comparison: Comparison,
  value: Extract<Value, { kind: "range" }>,
): (found: Json) => boolean {
  if (field.type !== "date" && field.type !== "datetime") throw wrongType(context, field, value);
  const range = toDateRange(value.name, value.count, context.nowMs);
  if (!range) throw malformed(context.text, value.at, `unexpected token: '${value.name}'`);
  const [first, afterLast] = toBounds(range, field.type);
  return (found) => {
    if (typeof found !== "string") return comparison === "!=";
    return decide(comparison, found < first ? -1 : found >= afterLast ? 1 : 0);
  };
}

function compileNumber(comparison: Comparison, text: string): (found: Json) => boolean {
  return (found) =>
    isNumber(found)
      ? decide(comparison, compareNumbers(numberText(found) ?? "0", text))
      : comparison === "!=";
}

/** A test of one value of the field. */
export function compileComparison(
  context: QueryContext,
  field: Field,
  comparison: Comparison,
  written: Value,
): (found: Json) => boolean {
  if (comparison === "LIKE") {
    if (written.kind !== "string" || isNumeric(field) || ["boolean", "date", "datetime"].includes(field.type))
      throw queryError(
        context.text,
        written.at,
        "INVALID_QUERY_FILTER_OPERATOR",
        "invalid operator on this field",
      );
    const pattern = toLikePattern(written.text);
    return (found) => typeof found === "string" && pattern.test(found);
  }
  const value = withoutWildcardEscapes(written);
  if (value.kind === "range") return compileRange(context, field, comparison, value);
  if (isNumeric(field) && value.kind === "number") return compileNumber(comparison, value.text);
  if (field.type === "boolean") {
    if (value.kind !== "boolean" && value.kind !== "null") throw wrongType(context, field, value);
    if (comparison !== "=" && comparison !== "!=")
      throw queryError(
        context.text,
        value.at,
        "INVALID_QUERY_FILTER_OPERATOR",
        "invalid operator on boolean field",
      );
    const wanted = value.kind === "boolean" && value.value;
    return (found) => (found === wanted) === (comparison === "=");
  }
  const wanted = toFieldValue(context, field, value);
  if (wanted === null || wanted === "") {
    if (comparison !== "=" && comparison !== "!=")
      throw malformed(context.text, value.at, "unexpected token: 'null'");
    return (found) => (found === null) === (comparison === "=");
  }
  return (found) =>
    found === null ? comparison === "!=" : decide(comparison, compareValues(field, found, wanted));
}

function compileOperand(
  context: QueryContext,
  object: SObject,
  operand: Operand,
): { field: Field; read: (row: Row) => Json } {
  if (operand.kind === "path") return resolvePath(context, object, operand.path);
  const { call } = operand;
  if (!call.path) throw malformed(context.text, call.at, `unexpected token: '${call.name}'`);
  const resolved = resolvePath(context, object, call.path);
  return readDatePart(context, call, resolved);
}

function compileIn(context: QueryContext, field: Field, values: readonly Value[]): (found: Json) => boolean {
  const tests = values.map((value) => compileComparison(context, field, "=", value));
  if (isNumeric(field) || field.type === "boolean" || values.some((value) => value.kind === "range"))
    return (found) => tests.some((test) => test(found));
  const texts = new Set(
    values.map((value) => {
      const stored = toFieldValue(context, field, withoutWildcardEscapes(value));
      return typeof stored === "string" ? toComparable(field, stored) : null;
    }),
  );
  return (found) => texts.has(typeof found === "string" ? toComparable(field, found) : null);
}

function toComparable(field: Field, text: string): string {
  return field.type === "id" || field.type === "reference" ? text : text.toLowerCase();
}

/** Compiles a condition over rows of `object`. */
export function compileCondition(
  context: QueryContext,
  object: SObject,
  condition: Condition,
  inner: InnerQuery,
): RowTest {
  switch (condition.kind) {
    case "and": {
      const terms = condition.terms.map((term) => compileCondition(context, object, term, inner));
      return (row) => terms.every((term) => term(row));
    }
    case "or": {
      const terms = condition.terms.map((term) => compileCondition(context, object, term, inner));
      return (row) => terms.some((term) => term(row));
    }
    case "not": {
      const term = compileCondition(context, object, condition.term, inner);
      return (row) => !term(row);
    }
    case "compare": {
      const left = compileOperand(context, object, condition.left);
      checkFilterable(context, left.field, positionOf(condition.left));
      const test = compileComparison(context, left.field, condition.comparison, condition.value);
      return (row) => test(left.read(row));
    }
    case "in": {
      const left = readFilterable(context, object, condition.left);
      const test = compileIn(context, left.field, condition.values);
      return (row) => test(left.read(row)) !== condition.negated;
    }
    case "inQuery": {
      const left = readFilterable(context, object, condition.left);
      const ids = inner(condition);
      return (row) => {
        const id = left.read(row);
        return (typeof id === "string" && ids.has(id)) !== condition.negated;
      };
    }
  }
}

function readFilterable(context: QueryContext, object: SObject, path: Path) {
  const resolved = resolvePath(context, object, path);
  checkFilterable(context, resolved.field, path.at);
  return resolved;
}

function positionOf(operand: Operand): number {
  return operand.kind === "path" ? operand.path.at : operand.call.at;
}
