// COUNT, SUM, MIN, MAX, AVG and GROUP BY, computed exactly.
import { add, decimal, divide, formatDecimal, trimDecimal } from "../../core/decimal.ts";
import { number, stringifyJson, numberText, type Json } from "../../core/json.ts";
import type { Row } from "../../core/store.ts";
import { field, type Field } from "../schema/field.ts";
import type { SObject } from "../schema/schema.ts";
import type { Call, Condition, Operand, Query } from "./ast.ts";
import { compareValues } from "./compare.ts";
import { compileComparison } from "./conditions.ts";
import { readDatePart } from "./date-functions.ts";
import { resolvePath, type QueryContext } from "./paths.ts";
import { malformed } from "./tokens.ts";

const AGGREGATES = ["COUNT", "COUNT_DISTINCT", "MIN", "MAX", "SUM", "AVG"];

type GroupReader = { readonly field: Field; readonly read: (rows: readonly Row[]) => Json };

export function isAggregateQuery(query: Query): boolean {
  const selects = query.select.some((item) => item.kind === "call" && AGGREGATES.includes(item.call.name));
  return selects || query.groupBy.length > 0;
}

function sumOf(values: readonly Json[]): string {
  return formatDecimal(
    trimDecimal(values.map((each) => decimal(numberText(each) ?? "0")).reduce(add, decimal("0"))),
  );
}

function compute(name: string, of: Field, values: readonly Json[]): Json {
  switch (name) {
    case "COUNT":
      return number(String(values.length));
    case "COUNT_DISTINCT":
      return number(String(new Set(values.map(String)).size));
    case "SUM":
      return values.length === 0 ? null : number(sumOf(values));
    case "AVG":
      return values.length === 0
        ? null
        : number(
            formatDecimal(trimDecimal(divide(decimal(sumOf(values)), decimal(String(values.length)), 6))),
          );
    default: {
      const sorted = [...values].sort((left, right) => compareValues(of, left, right));
      return (name === "MIN" ? sorted[0] : sorted.at(-1)) ?? null;
    }
  }
}

function compileAggregate(context: QueryContext, object: SObject, call: Call): GroupReader {
  const count = field(call.name, "int[9,0]");
  if (!call.path) {
    if (call.name !== "COUNT") throw malformed(context.text, call.at, `unexpected token: '${call.name}'`);
    return { field: count, read: (rows) => number(String(rows.length)) };
  }
  const resolved = resolvePath(context, object, call.path);
  return {
    field: call.name.startsWith("COUNT") ? count : resolved.field,
    read: (rows) =>
      compute(
        call.name,
        resolved.field,
        rows.map(resolved.read).filter((value) => value !== null),
      ),
  };
}

function compileGroupKey(context: QueryContext, object: SObject, operand: Operand) {
  if (operand.kind === "path") return resolvePath(context, object, operand.path);
  if (!operand.call.path)
    throw malformed(context.text, operand.call.at, `unexpected token: '${operand.call.name}'`);
  return readDatePart(context, operand.call, resolvePath(context, object, operand.call.path));
}

function toText(operand: Operand): string {
  const names =
    operand.kind === "path" ? operand.path.names : [operand.call.name, ...(operand.call.path?.names ?? [])];
  return names.join(".").toLowerCase();
}

/** A value of the whole group: an aggregate, or an expression that the query groups by. */
function compileGroupOperand(
  context: QueryContext,
  object: SObject,
  query: Query,
  operand: Operand,
): GroupReader {
  if (operand.kind === "call" && AGGREGATES.includes(operand.call.name))
    return compileAggregate(context, object, operand.call);
  if (!query.groupBy.some((each) => toText(each) === toText(operand))) {
    const [name, at] =
      operand.kind === "path"
        ? [operand.path.names.join("."), operand.path.at]
        : [operand.call.name, operand.call.at];
    throw malformed(context.text, at, `Field must be grouped or aggregated: ${name}`);
  }
  const key = compileGroupKey(context, object, operand);
  return { field: key.field, read: (rows) => (rows[0] ? key.read(rows[0]) : null) };
}

function compileHaving(
  context: QueryContext,
  object: SObject,
  query: Query,
  condition: Condition,
): (rows: readonly Row[]) => boolean {
  switch (condition.kind) {
    case "and": {
      const terms = condition.terms.map((term) => compileHaving(context, object, query, term));
      return (rows) => terms.every((term) => term(rows));
    }
    case "or": {
      const terms = condition.terms.map((term) => compileHaving(context, object, query, term));
      return (rows) => terms.some((term) => term(rows));
    }
    case "not": {
      const term = compileHaving(context, object, query, condition.term);
      return (rows) => !term(rows);
    }
    case "compare": {
      const left = compileGroupOperand(context, object, query, condition.left);
      const test = compileComparison(context, left.field, condition.comparison, condition.value);
      return (rows) => test(left.read(rows));
    }
    case "in":
    case "inQuery":
      throw malformed(context.text, condition.left.at, "IN is not supported in HAVING by this sandbox");
  }
}

function groupRows(
  context: QueryContext,
  object: SObject,
  query: Query,
  rows: readonly Row[],
): readonly Row[][] {
  if (query.groupBy.length === 0) return [[...rows]];
  const keys = query.groupBy.map((operand) => compileGroupKey(context, object, operand));
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = stringifyJson(keys.map((each) => each.read(row)));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

function compileColumns(context: QueryContext, object: SObject, query: Query) {
  let unnamed = 0;
  return query.select.map((item): readonly [string, GroupReader] => {
    if (item.kind === "path") {
      const name = item.alias ?? item.path.names.at(-1) ?? "";
      const column = compileGroupOperand(context, object, query, item);
      return [item.alias ?? (column.field.name || name), column];
    }
    if (item.kind !== "call")
      throw malformed(context.text, item.at, "Only fields and functions can be grouped");
    const name = item.alias ?? `expr${unnamed}`;
    if (item.alias === null) unnamed += 1;
    return [name, compileGroupOperand(context, object, query, item)];
  });
}

/** The result rows of a query with aggregates, over the rows that passed WHERE. */
export function aggregateRows(
  context: QueryContext,
  object: SObject,
  query: Query,
  rows: readonly Row[],
): readonly object[] {
  const columns = compileColumns(context, object, query);
  const having = query.having ? compileHaving(context, object, query, query.having) : () => true;
  const order = query.orderBy.map((item) => ({
    ...item,
    reader: compileGroupOperand(context, object, query, item.by),
  }));
  const groups = groupRows(context, object, query, rows).filter(having);
  groups.sort((left, right) => {
    for (const item of order) {
      const [a, b] = [item.reader.read(left), item.reader.read(right)];
      const sign = compareForOrder(item.reader.field, a, b, item.descending, item.nullsLast);
      if (sign !== 0) return sign;
    }
    return 0;
  });
  const end = query.limit === null ? undefined : query.offset + query.limit;
  return groups.slice(query.offset, end).map((group) => ({
    attributes: { type: "AggregateResult" },
    ...Object.fromEntries(columns.map(([name, column]) => [name, column.read(group)])),
  }));
}

/** ORDER BY of two values: nulls first unless told, whatever the direction. */
export function compareForOrder(
  of: Field,
  left: Json,
  right: Json,
  descending: boolean,
  nullsLast: boolean,
): number {
  if (left === null || right === null) {
    if (left === right) return 0;
    return (left === null) === nullsLast ? 1 : -1;
  }
  const sign = compareValues(of, left, right);
  return descending ? -sign : sign;
}
