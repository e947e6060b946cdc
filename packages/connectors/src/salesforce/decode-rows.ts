/**
 * Records of a query answer as rows: types come from the described object, never from the look of a value, so a text
 * that happens to look like a date stays as it is (I8).
 */
import type { ReadShape } from "@fieldbridge/engine";
import type { Cell, FieldSchema, ObjectSchema, Row } from "@fieldbridge/model";
import { isObject, stringifyJson, type Json, type JsonObject } from "../http/json.ts";
import type { SchemaCache } from "../schema-cache.ts";
import { toInstant } from "../values.ts";

/** Reads one record; asynchronous because a long list of children comes in several calls. */
export type DecodeRow = (record: Json) => Promise<Row>;

function toRow(value: JsonObject): Row {
  const members = Object.entries(value).filter(([name]) => name !== "attributes");
  return Object.fromEntries(members.map(([name, inner]) => [name, toCell(inner)]));
}

/** A nested value; lists of plain values have no shape as rows and stay as their JSON text. */
function toCell(value: Json): Cell {
  if (isObject(value)) return toRow(value);
  if (!Array.isArray(value)) return value as Exclude<Json, readonly Json[] | JsonObject>; // both shapes are ruled out
  return value.every(isObject) ? value.map(toRow) : stringifyJson(value);
}

function decodeField(type: FieldSchema["type"] | undefined, value: Json): Cell {
  if (value === null || value === "") return null;
  if (typeof value !== "string") return toCell(value);
  if (type === "datetime") return toInstant(value);
  if (type === "time") return value.replace(/Z$/, "");
  return value;
}

/** `readAll` completes a list of children. */
export async function createDecoder(
  shape: ReadShape,
  schemas: SchemaCache,
  readAll: (list: Json | undefined) => Promise<readonly Json[]>,
  more: readonly string[] = [],
): Promise<DecodeRow> {
  const schema = await schemas.get(shape.object);
  const types = new Map(schema.fields.map((field) => [field.name, field.type]));
  const fields = [...new Set([...shape.fields, ...more])];
  const one = await decodersOf(shape.one, schemas, readAll);
  const many = await decodersOf(shape.many, schemas, readAll);

  return async (record) => {
    const source: JsonObject = isObject(record) ? record : {};
    const row: Record<string, Cell> = {};
    for (const field of fields) row[field] = decodeField(types.get(field), source[field] ?? null);
    for (const [name, decode] of one) {
      const parent = source[name] ?? null;
      row[name] = parent === null ? null : await decode(parent);
    }
    for (const [name, decode] of many) {
      const children = await readAll(source[name]);
      row[name] = await Promise.all(children.map(decode));
    }
    return row;
  };
}

async function decodersOf(
  shapes: Readonly<Record<string, ReadShape>>,
  schemas: SchemaCache,
  readAll: (list: Json | undefined) => Promise<readonly Json[]>,
): Promise<(readonly [string, DecodeRow])[]> {
  return Promise.all(
    Object.entries(shapes).map(
      async ([name, inner]) => [name, await createDecoder(inner, schemas, readAll)] as const,
    ),
  );
}

/** The field of an object, where it has it. */
export function fieldOf(schema: ObjectSchema, name: string): FieldSchema | undefined {
  return schema.fields.find((field) => field.name === name);
}
