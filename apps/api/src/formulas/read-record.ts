/**
 * A record as an API user sends it, plain JSON, turned into the row and the shape a formula reads. Where no fields
 * are given the types are taken from the values: JSON numbers, booleans, ISO dates and instants, else text.
 */
import type { Cell, FieldShape, FieldType, ObjectShape, RelationShape, Row } from "@fieldbridge/formula";
import { fieldSchema } from "@fieldbridge/model";
import * as z from "zod";
import { isExactNumber } from "../http/json-body.ts";

/** What a field must say about itself; a dotted name belongs to a related object. */
export const givenField = fieldSchema
  .pick({ length: true, precision: true, scale: true, choices: true, restricted: true })
  .extend({
    name: z.string().min(1),
    label: z.string().optional(),
    type: fieldSchema.shape.type,
    nullable: z.boolean().optional(),
  });
export type GivenField = z.infer<typeof givenField>;

export interface ReadRecord {
  readonly row: Row;
  readonly shape: ObjectShape;
  /** Related objects by name. */
  readonly objects: Readonly<Record<string, ObjectShape>>;
}

const datePattern = /^\d{4}-\d{2}-\d{2}$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isExactNumber(value);

const isRecordList = (value: unknown): value is Record<string, unknown>[] =>
  Array.isArray(value) && value.length > 0 && value.every(isRecord);

function toType(value: unknown): FieldType {
  if (isExactNumber(value)) return "number";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "string" && datePattern.test(value)) return "date";
  return typeof value === "string" && instantPattern.test(value) ? "datetime" : "text";
}

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean" || typeof value === "string") return value;
  if (isExactNumber(value)) return value.toString();
  if (isRecord(value)) return toRow(value);
  return isRecordList(value) ? value.map(toRow) : null;
}

const toRow = (record: Readonly<Record<string, unknown>>): Row =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, toCell(value)]));

/** Fields that were given for `prefix` and below, else what the values tell. */
function toShape(
  name: string,
  record: Readonly<Record<string, unknown>>,
  fields: readonly GivenField[] | undefined,
  objects: Record<string, ObjectShape>,
): ObjectShape {
  const relatedNames = new Set([
    ...Object.keys(record).filter((key) => isRecord(record[key]) || isRecordList(record[key])),
    ...(fields ?? [])
      .filter((field) => field.name.includes("."))
      .map((field) => field.name.split(".")[0] ?? ""),
  ]);
  const relations: RelationShape[] = [...relatedNames].map((relation) => {
    const value = record[relation];
    const below = fields
      ?.filter((field) => field.name.startsWith(`${relation}.`))
      .map((field) => ({ ...field, name: field.name.slice(relation.length + 1) }));
    const rows = isRecordList(value) ? value : [isRecord(value) ? value : {}];
    const object = `${name}.${relation}`;
    objects[object] = toShape(object, Object.assign({}, ...rows), below, objects);
    return { name: relation, kind: isRecordList(value) ? "many" : "one", object };
  });
  const own: FieldShape[] =
    fields?.filter((field) => !field.name.includes(".")) ??
    Object.entries(record)
      .filter(([key]) => !relatedNames.has(key))
      .map(([key, value]) => ({ name: key, type: toType(value) }));
  return { name, fields: own, relations };
}

export function readRecord(
  record: Readonly<Record<string, unknown>>,
  fields: readonly GivenField[] | undefined,
): ReadRecord {
  const objects: Record<string, ObjectShape> = {};
  const shape = toShape("Record", record, fields, objects);
  return { row: toRow(record), shape, objects };
}
