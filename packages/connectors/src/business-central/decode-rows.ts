/** Entities as rows: blanks of Business Central become null, choices their plain words, the version is kept apart. */
import { etagField, type ReadShape } from "@fieldbridge/engine";
import type { Cell, FieldSchema, Row } from "@fieldbridge/model";
import { isObject, stringifyJson, type Json, type JsonObject } from "../http/json.ts";
import type { SchemaCache } from "../schema-cache.ts";
import { toInstant } from "../values.ts";
import { decodeChoice } from "./choice-names.ts";

export type DecodeRow = (entity: Json) => Row;

const UNSET = new Set(["", "00000000-0000-0000-0000-000000000000", "0001-01-01", "0001-01-01T00:00:00Z"]);

function isUnset(type: FieldSchema["type"] | undefined, text: string): boolean {
  return type === "text" || type === undefined ? text === "" : UNSET.has(text);
}

/** One value of an entity, by the type of its field. */
export function decodeCell(type: FieldSchema["type"] | undefined, value: Json): Cell {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value !== "string") return stringifyJson(value);
  if (isUnset(type, value)) return null;
  if (type === "datetime") return toInstant(value);
  if (type === "choice") {
    const code = decodeChoice(value);
    return code === "" ? null : code;
  }
  return value;
}

function withVersion(entity: JsonObject): Record<string, Cell> {
  const etag = entity["@odata.etag"];
  return typeof etag === "string" ? { [etagField]: etag } : {};
}

/** Reads entities of this shape; relations that were expanded come as rows. */
export async function createDecoder(
  shape: ReadShape,
  schemas: SchemaCache,
  more: readonly string[] = [],
): Promise<DecodeRow> {
  const schema = await schemas.get(shape.object);
  const types = new Map(schema.fields.map((field) => [field.name, field.type]));
  const fields = [...new Set(["id", ...more, ...shape.fields])];
  const one = await decodersOf(shape.one, schemas);
  const many = await decodersOf(shape.many, schemas);

  return (entity) => {
    const source: JsonObject = isObject(entity) ? entity : {};
    const row = withVersion(source);
    for (const field of fields) row[field] = decodeCell(types.get(field), source[field] ?? null);
    for (const [name, decode] of one) {
      const parent = source[name];
      row[name] = isObject(parent) ? decode(parent) : null;
    }
    for (const [name, decode] of many) {
      const children = source[name];
      row[name] = Array.isArray(children) ? children.map(decode) : [];
    }
    return row;
  };
}

async function decodersOf(
  shapes: Readonly<Record<string, ReadShape>>,
  schemas: SchemaCache,
): Promise<(readonly [string, DecodeRow])[]> {
  return Promise.all(
    Object.entries(shapes).map(async ([name, inner]) => [name, await createDecoder(inner, schemas)] as const),
  );
}
