/** The canonical text of a tree: upper-case names, one space around operators, only the parentheses needed. */
import type { BinaryOperator, Expr, PathExpr } from "./expr.ts";

const LEVELS: Readonly<Record<BinaryOperator, number>> = {
  OR: 1,
  AND: 2,
  "=": 4,
  "<>": 4,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  "&": 5,
  "+": 6,
  "-": 6,
  "*": 7,
  "/": 7,
  "^": 8,
};
const LEVEL_NOT = 3;
const LEVEL_SIGN = 9;
const LEVEL_PERCENT = 10;
const LEVEL_PRIMARY = 11;
const PLAIN_NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u;
const RESERVED = new Set(["TRUE", "FALSE", "BLANK", "AND", "OR", "NOT"]);

/** `format(parse(text))` gives the same tree and, formatted again, the same text. */
export function formatFormula(tree: Expr): string {
  return print(tree);
}

/** A field name as a formula writes it. */
export function formatSegment(name: string): string {
  return PLAIN_NAME.test(name) && !RESERVED.has(name.toUpperCase()) ? name : `[${name}]`;
}

/** A text constant as a formula writes it. */
export function formatTextLiteral(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

export function formatPath(names: readonly string[]): string {
  return names.map(formatSegment).join(".");
}

function printPath(expr: PathExpr): string {
  return formatPath(expr.segments.map((segment) => segment.name));
}

function levelOf(expr: Expr): number {
  switch (expr.kind) {
    case "binary":
      return LEVELS[expr.operator];
    case "unary":
      return expr.operator === "NOT" ? LEVEL_NOT : expr.operator === "-" ? LEVEL_SIGN : LEVEL_PERCENT;
    case "number":
    case "text":
    case "boolean":
    case "blank":
    case "path":
    case "call":
    case "missing":
      return LEVEL_PRIMARY;
  }
}

function printAt(expr: Expr, minimum: number): string {
  const text = print(expr);
  return levelOf(expr) < minimum ? `(${text})` : text;
}

function print(expr: Expr): string {
  switch (expr.kind) {
    case "number":
      return expr.text;
    case "text":
      return formatTextLiteral(expr.value);
    case "boolean":
      return expr.value ? "TRUE" : "FALSE";
    case "blank":
      return "BLANK";
    case "path":
      return printPath(expr);
    case "missing":
      return "";
    case "call":
      return `${expr.name}(${expr.args.map(print).join(", ")})`;
    case "unary":
      return printUnary(expr.operator, expr.operand);
    case "binary": {
      const level = LEVELS[expr.operator];
      const chains = level !== LEVELS["="] && level !== LEVELS["^"];
      const left = printAt(expr.left, chains ? level : level + 1);
      return `${left} ${expr.operator} ${printAt(expr.right, level + 1)}`;
    }
  }
}

function printUnary(operator: "-" | "NOT" | "%", operand: Expr): string {
  if (operator === "%") return `${printAt(operand, LEVEL_PRIMARY)}%`;
  if (operator === "-") return `-${printAt(operand, LEVEL_SIGN)}`;
  const text = printAt(operand, LEVEL_NOT);
  return text.startsWith("(") ? `NOT(${print(operand)})` : `NOT ${text}`;
}
