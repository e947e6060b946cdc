/**
 * A small witness that evaluates pushed conditions as the documentation of the sources says they do: SOQL compares
 * text without case, `!=` also holds for null, a null check box is false; Business Central stores blank text as ''
 * and a blank date as a very early one.
 */
import type { Row } from "../src/index.ts";

type PlainCell = string | boolean | null;

const TOKEN = /\s*('(?:[^'\\]|\\.|'')*'|[()]|<=|>=|!=|[=<>,]|[^\s()=<>!,']+)/gy;

export type SourceLanguage = "SOQL" | "OData";

/** Rows with plain cells only. */
export function evaluatePushed(text: string, row: Row, language: SourceLanguage): boolean {
  const cellOf = (name: string): PlainCell => {
    const cell = row[name] ?? null;
    return typeof cell === "object" ? null : cell;
  };
  const tokens = Array.from(text.matchAll(TOKEN), (match) => match[1] ?? "");
  let position = 0;
  const next = (): string => tokens[position++] ?? "";
  const isNext = (word: string): boolean => tokens[position]?.toLowerCase() === word;

  function readOr(): boolean {
    let result = readAnd();
    while (isNext("or")) {
      next();
      const right = readAnd();
      result = result || right;
    }
    return result;
  }
  function readAnd(): boolean {
    let result = readTerm();
    while (isNext("and")) {
      next();
      const right = readTerm();
      result = result && right;
    }
    return result;
  }
  function readTerm(): boolean {
    if (isNext("(")) {
      next();
      const inner = readOr();
      next();
      return inner;
    }
    const name = next();
    if (isNext("(")) {
      next();
      const path = next();
      next();
      const part = literalText(next());
      next();
      return searchOdata(name, String(cellOf(path) ?? ""), part);
    }
    return language === "SOQL"
      ? compareSoql(cellOf(name), next(), next())
      : compareOdata(name, cellOf(name), next(), next());
  }
  const result = readOr();
  if (position !== tokens.length)
    throw new Error(`"${text}" was read up to ${tokens.slice(0, position).join(" ")}`);
  return result;
}

function literalText(token: string): string {
  return token.slice(1, -1).replaceAll("''", "'").replace(/\\(.)/g, "$1");
}

function searchOdata(name: string, value: string, part: string): boolean {
  return name === "contains"
    ? value.includes(part)
    : name === "startswith"
      ? value.startsWith(part)
      : value.endsWith(part);
}

function compareSoql(cell: PlainCell, operator: string, token: string): boolean {
  if (token === "null") return (cell === null) === (operator === "=");
  if (token === "true" || token === "false")
    return ((cell ?? false) === (token === "true")) === (operator === "=");
  if (cell === null) return operator === "!=";
  if (operator === "LIKE")
    return String(cell).toLowerCase().includes(literalText(token).replaceAll("%", "").toLowerCase());
  if (token.startsWith("'")) {
    return (String(cell).toLowerCase() === literalText(token).toLowerCase()) === (operator === "=");
  }
  return ordered(/^\d{4}-/.test(token) ? [String(cell), token] : [Number(cell), Number(token)], operator);
}

function compareOdata(name: string, cell: PlainCell, operator: string, token: string): boolean {
  const symbol = { eq: "=", ne: "!=", lt: "<", le: "<=", gt: ">", ge: ">=" }[operator] ?? "";
  if (token === "true" || token === "false")
    return ((cell ?? false) === (token === "true")) === (symbol === "=");
  if (token.startsWith("'")) return ((cell ?? "") === literalText(token)) === (symbol === "=");
  if (/^\d{4}-/.test(token)) return ordered([String(cell ?? "0001-01-01"), token], symbol);
  if (cell === null) throw new Error(`${name} is never null in Business Central`);
  return ordered([Number(cell), Number(token)], symbol);
}

function ordered([a, b]: readonly [string, string] | readonly [number, number], operator: string): boolean {
  const order = a < b ? -1 : a > b ? 1 : 0;
  switch (operator) {
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
    default:
      return order >= 0;
  }
}
