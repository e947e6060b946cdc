/** Formula text to condition builder rows, where the formula is such that rows can show it; else null. */
import type { CallExpr, Expr } from "../syntax/expr.ts";
import { parseFormula } from "../syntax/parse.ts";
import {
  type FilterCondition,
  type FilterGroup,
  type FilterOperator,
  type FilterValue,
  MAX_GROUP_DEPTH,
} from "./rows.ts";

type Item = FilterCondition | FilterGroup;

const COMPARISONS: Readonly<Record<string, FilterOperator>> = {
  "=": "equals",
  "<>": "notEquals",
  "<": "less",
  "<=": "lessOrEqual",
  ">": "greater",
  ">=": "greaterOrEqual",
};
const TEXT_CALLS: Readonly<Record<string, FilterOperator>> = {
  SAMETEXT: "sameText",
  CONTAINS: "contains",
  BEGINSWITH: "beginsWith",
  ENDSWITH: "endsWith",
};

/** `fromFilterRows(toFilterRows(text))` means the same as the text; rows survive the way there and back. */
export function toFilterRows(text: string): FilterGroup | null {
  const parsed = parseFormula(text);
  if (!parsed.ok) return null;
  if (parsed.tree.kind === "boolean" && parsed.tree.value) return { kind: "group", join: "and", items: [] };
  const item = readItem(parsed.tree, 1);
  if (!item) return null;
  return item.kind === "group" ? item : { kind: "group", join: "and", items: [item] };
}

function readItem(expr: Expr, depth: number): Item | null {
  const join = junctionOf(expr);
  if (!join) return readRow(expr);
  if (depth > MAX_GROUP_DEPTH) return null;
  const items: Item[] = [];
  for (const part of partsOf(expr, join)) {
    const item = readItem(part, depth + 1);
    if (!item) return null;
    items.push(item);
  }
  return { kind: "group", join, items };
}

function junctionOf(expr: Expr): "and" | "or" | null {
  const name = expr.kind === "binary" ? expr.operator : expr.kind === "call" ? expr.name : "";
  return name === "AND" ? "and" : name === "OR" ? "or" : null;
}

/** Chains such as `a AND b AND c` are one group; a group in parentheses on the right stays its own. */
function partsOf(expr: Expr, join: "and" | "or"): Expr[] {
  if (expr.kind === "call") return [...expr.args];
  if (expr.kind !== "binary") return [expr];
  const left =
    expr.left.kind === "binary" && junctionOf(expr.left) === join ? partsOf(expr.left, join) : [expr.left];
  return [...left, expr.right];
}

function condition(
  field: Expr | undefined,
  operator: FilterOperator,
  values: readonly (FilterValue | null)[],
): FilterCondition | null {
  if (field?.kind !== "path") return null;
  const known = values.filter((value) => value !== null);
  if (known.length !== values.length) return null;
  return { kind: "condition", field: field.segments.map((segment) => segment.name), operator, values: known };
}

function readRow(expr: Expr): FilterCondition | null {
  if (expr.kind === "path") return condition(expr, "isTrue", []);
  if (expr.kind === "unary" && expr.operator === "NOT") return readNegated(expr.operand);
  if (expr.kind === "binary") {
    const operator = COMPARISONS[expr.operator];
    return operator ? condition(expr.left, operator, [readValue(expr.right)]) : null;
  }
  return expr.kind === "call" ? readCall(expr) : null;
}

function readCall(call: CallExpr): FilterCondition | null {
  const [first, ...rest] = call.args;
  if (call.name === "NOT" && first && rest.length === 0) return readNegated(first);
  if (call.name === "ISBLANK" && rest.length === 0) return condition(first, "isBlank", []);
  if (call.name === "IN" && rest.length > 0) return condition(first, "isOneOf", rest.map(readValue));
  const operator = TEXT_CALLS[call.name];
  return operator && rest.length === 1 ? condition(first, operator, rest.map(readValue)) : null;
}

function readNegated(expr: Expr): FilterCondition | null {
  if (expr.kind === "path") return condition(expr, "isNotTrue", []);
  if (expr.kind !== "call") return null;
  const [first, ...rest] = expr.args;
  if (expr.name === "ISBLANK" && rest.length === 0) return condition(first, "isNotBlank", []);
  if (expr.name === "IN" && rest.length > 0) return condition(first, "isNoneOf", rest.map(readValue));
  return expr.name === "CONTAINS" && rest.length === 1
    ? condition(first, "notContains", rest.map(readValue))
    : null;
}

function readValue(expr: Expr): FilterValue | null {
  switch (expr.kind) {
    case "text":
      return { type: "text", value: expr.value };
    case "number":
      return { type: "number", value: expr.text };
    case "boolean":
      return { type: "boolean", value: expr.value };
    case "path":
      return { type: "field", path: expr.segments.map((segment) => segment.name) };
    case "unary":
      return expr.operator === "-" && expr.operand.kind === "number"
        ? { type: "number", value: `-${expr.operand.text}` }
        : null;
    case "binary":
      return readShiftedToday(expr);
    case "call":
      return readValueCall(expr);
    case "blank":
    case "missing":
      return null;
  }
}

function isCall(expr: Expr | undefined, name: string, count: number): boolean {
  return expr?.kind === "call" && expr.name === name && expr.args.length === count;
}

function readShiftedToday(expr: Expr & { kind: "binary" }): FilterValue | null {
  const days =
    expr.right.kind === "number" && /^[1-9]\d{0,6}$/.test(expr.right.text) ? Number(expr.right.text) : null;
  if (days === null || !isCall(expr.left, "TODAY", 0)) return null;
  if (expr.operator === "+") return { type: "today", days };
  return expr.operator === "-" ? { type: "today", days: -days } : null;
}

function readValueCall(call: CallExpr): FilterValue | null {
  if (isCall(call, "TODAY", 0)) return { type: "today", days: 0 };
  if (isCall(call, "NOW", 0)) return { type: "now", count: 0, unit: "day" };
  const [first, second, third] = call.args;
  if (isCall(call, "DATEVALUE", 1) && first?.kind === "text") return { type: "date", value: first.value };
  if (isCall(call, "DATETIMEVALUE", 1) && first?.kind === "text")
    return { type: "datetime", value: first.value };
  if (!isCall(call, "DATEADD", 3) || !isCall(first, "NOW", 0) || third?.kind !== "text") return null;
  const count = second ? readValue(second) : null;
  const unit = (["day", "hour", "minute", "week", "month"] as const).find((name) => name === third.value);
  return count?.type === "number" && unit && /^-?[1-9]\d{0,6}$/.test(count.value)
    ? { type: "now", count: Number(count.value), unit }
    : null;
}
