/**
 * Writes SOQL. The one place where a value becomes part of a query text, so that no value can change what a query
 * means. Source: Salesforce SOQL and SOSL Reference, "Quoted String Escape Sequences", "Date Formats".
 */
import type { ReadShape } from "@fieldbridge/engine";
import type { Cell, FieldSchema } from "@fieldbridge/model";
import { toJsonNumber } from "../http/json.ts";
import { isWellFormed } from "../values.ts";
import { isRecordId } from "./ids.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "'": "\\'",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\b": "\\b",
  "\f": "\\f",
};

function escapeCharacter(character: string): string {
  return ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A text literal with its quotes. */
export function quoteText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what must not go out as they are
  return `'${text.replace(/[\\'"\u0000-\u001f\u007f\u2028\u2029]/g, escapeCharacter)}'`;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATETIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;
const TIME = /^\d{2}:\d{2}:\d{2}(?:\.\d+)?Z?$/;
/** Salesforce refuses longer text literals in a condition. */
const LONGEST_LITERAL = 4_000;

/** A literal for a field of this type; undefined where no record can have such a value. */
export function toLiteral(cell: Cell, type: FieldSchema["type"]): string | undefined {
  if (cell === null || typeof cell === "object") return undefined;
  if (typeof cell === "boolean") return type === "boolean" ? String(cell).toUpperCase() : undefined;
  switch (type) {
    case "number":
      return toJsonNumber(cell) === undefined ? undefined : cell;
    case "boolean":
      return undefined;
    case "date":
      return DATE.test(cell) ? cell : undefined;
    case "datetime":
      return DATETIME.test(cell) ? cell : undefined;
    case "time":
      return TIME.test(cell) ? `${cell.replace("Z", "")}Z` : undefined;
    case "id":
      return isRecordId(cell) ? quoteText(cell) : undefined;
    case "text":
    case "choice":
    case "binary":
    case "json":
      return cell.length > LONGEST_LITERAL || !isWellFormed(cell) ? undefined : quoteText(cell);
  }
}

const NAME = /^[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*$/;

/** Names come from described objects; anything else would be a way into the query. */
export function toName(name: string): string {
  if (!NAME.test(name))
    throw new TypeError(`${JSON.stringify(name)} is no name of a Salesforce object or field.`);
  return name;
}

function selectPaths(shape: ReadShape, prefix: string): string[] {
  return [
    ...shape.fields.map((field) => prefix + toName(field)),
    ...Object.entries(shape.one).flatMap(([relation, inner]) =>
      selectPaths(inner, `${prefix}${toName(relation)}.`),
    ),
  ];
}

function childQuery(relation: string, shape: ReadShape): string {
  return `(SELECT ${toSelectList(shape)} FROM ${toName(relation)} ORDER BY Id)`;
}

/** What stands between SELECT and FROM; parents as dotted paths, children as subqueries. */
export function toSelectList(shape: ReadShape, more: readonly string[] = []): string {
  const paths = new Map<string, string>();
  for (const path of [...selectPaths(shape, ""), ...more.map(toName)]) paths.set(path.toLowerCase(), path);
  const children = Object.entries(shape.many).map(([relation, inner]) => childQuery(relation, inner));
  const list = [...paths.values(), ...children];
  return list.length === 0 ? "Id" : list.join(",");
}

/** Conditions joined by AND, each in its own parentheses; empty text where there are none. */
export function toWhere(conditions: readonly (string | null | undefined)[]): string {
  const given = conditions.filter((each): each is string => typeof each === "string" && each.trim() !== "");
  return given.length === 0 ? "" : ` WHERE ${given.map((each) => `(${each})`).join(" AND ")}`;
}

/** A query as part of an address; shorter than `encodeURIComponent` so that more keys fit into one call. */
export function encodeQuery(soql: string): string {
  return encodeURIComponent(soql).replaceAll("%20", "+").replaceAll("%2C", ",").replaceAll("%3A", ":");
}
