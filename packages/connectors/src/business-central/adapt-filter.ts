/**
 * Fits a filter to how Business Central stores things: an unset date, id or text is no null but a value of its own,
 * and choices are compared by their encoded names. Only names and literals are touched, never what is in quotes.
 */
import type { FieldSchema, ObjectSchema } from "@fieldbridge/model";
import { decodeChoice, encodeChoice } from "./choice-names.ts";
import { quoteText } from "./odata.ts";

/** What the server stores for blank; undefined where the type has no blank. */
function blankLiteral(field: FieldSchema): string | undefined {
  switch (field.type) {
    case "text":
      return "''";
    case "id":
      return "00000000-0000-0000-0000-000000000000";
    case "date":
      return "0001-01-01";
    case "datetime":
      return "0001-01-01T00:00:00Z";
    case "choice":
      return "'_x0020_'";
    case "number":
    case "boolean":
    case "time":
    case "binary":
    case "json":
      return undefined;
  }
}

const COMPARISON = /('(?:[^']|'')*')|\b([A-Za-z_]\w*)(\s+(?:eq|ne)\s+)(null\b|'(?:[^']|'')*')/g;

function adaptLiteral(field: FieldSchema | undefined, literal: string): string {
  if (field === undefined) return literal;
  if (literal === "null") return blankLiteral(field) ?? literal;
  if (field.type !== "choice") return literal;
  const text = literal.slice(1, -1).replaceAll("''", "'");
  return quoteText(encodeChoice(decodeChoice(text)));
}

export function adaptFilter(filter: string | null, schema: ObjectSchema): string | null {
  if (filter === null) return null;
  const fields = new Map(schema.fields.map((field) => [field.name, field]));
  return filter.replace(
    COMPARISON,
    (whole, quoted?: string, name?: string, operator?: string, literal?: string) =>
      quoted !== undefined || name === undefined || literal === undefined
        ? whole
        : `${name}${operator}${adaptLiteral(fields.get(name), literal)}`,
  );
}
