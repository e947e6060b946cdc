/**
 * Writes OData query options. The one place where a value becomes part of a filter, so that no value can change what
 * a filter means. Source: OData 4.0 URL conventions, "Primitive Literals".
 */
import type { ReadShape } from "@fieldbridge/engine";
import type { Cell, FieldSchema } from "@fieldbridge/model";
import { toJsonNumber } from "../http/json.ts";
import { countCharacters, isWellFormed } from "../values.ts";
import { encodeChoice } from "./choice-names.ts";

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

/** A text literal with its quotes. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function isGuid(text: string): boolean {
  return GUID.test(text);
}

/**
 * A literal for this field; undefined where no record can have such a value, which the server would refuse together
 * with everything else that is asked in the same filter.
 */
export function toLiteral(
  cell: Cell,
  field: Pick<FieldSchema, "type" | "length" | "choices">,
): string | undefined {
  if (cell === null || typeof cell === "object") return undefined;
  if (typeof cell === "boolean") return field.type === "boolean" ? String(cell) : undefined;
  switch (field.type) {
    case "number":
      return toJsonNumber(cell) === undefined ? undefined : cell;
    case "boolean":
      return undefined;
    case "id":
      return isGuid(cell) ? cell.toLowerCase() : undefined;
    case "date":
      return DATE.test(cell) ? cell : undefined;
    case "datetime":
      return INSTANT.test(cell) ? cell : undefined;
    case "choice":
      return field.choices?.some((choice) => choice.code === cell) === false
        ? undefined
        : quoteText(encodeChoice(cell));
    case "text":
    case "time":
    case "binary":
    case "json": {
      const isTooLong = field.length !== undefined && countCharacters(cell) > field.length;
      return isTooLong || !isWellFormed(cell) ? undefined : quoteText(cell);
    }
  }
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Names come from the metadata; anything else would be a way into the query. */
export function toName(name: string): string {
  if (!NAME.test(name))
    throw new TypeError(`${JSON.stringify(name)} is no name of a Business Central field.`);
  return name;
}

function expandOf(shape: ReadShape): string[] {
  return Object.entries({ ...shape.one, ...shape.many }).map(([name, inner]) => {
    const options = [`$select=${selectOf(inner)}`];
    const deeper = expandOf(inner);
    if (deeper.length > 0) options.push(`$expand=${deeper.join(",")}`);
    return `${toName(name)}(${options.join(";")})`;
  });
}

function selectOf(shape: ReadShape, more: readonly string[] = []): string {
  return [...new Set(["id", ...more, ...shape.fields])].map(toName).join(",");
}

/** `$select` and `$expand` for a shape, as options still to be encoded. */
export function toShapeOptions(shape: ReadShape, more: readonly string[] = []): Record<string, string> {
  const expand = expandOf(shape);
  return {
    $select: selectOf(shape, more),
    ...(expand.length === 0 ? {} : { $expand: expand.join(",") }),
  };
}

/** Conditions joined by `and`, each in its own parentheses; undefined where there are none. */
export function joinConditions(conditions: readonly (string | null | undefined)[]): string | undefined {
  const given = conditions.filter((each): each is string => typeof each === "string" && each.trim() !== "");
  if (given.length === 0) return undefined;
  return given.length === 1 ? given[0] : given.map((each) => `(${each})`).join(" and ");
}

export function encodeOption(text: string): string {
  return encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%24", "$").replaceAll("%3A", ":");
}

/** A query string with its question mark. */
export function toQuery(options: Readonly<Record<string, string | undefined>>): string {
  const parts = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeOption(value)}`],
  );
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}
