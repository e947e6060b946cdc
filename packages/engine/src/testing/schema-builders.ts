/** Short ways to write the schemas of a test. */
import type { FieldSchema, FieldTypeName, ObjectSchema, RelationSchema } from "@fieldbridge/model";

export const field = (
  name: string,
  type: FieldTypeName = "text",
  more: Partial<FieldSchema> = {},
): FieldSchema => ({
  name,
  label: name,
  type,
  nullable: true,
  required: false,
  creatable: true,
  updatable: true,
  filterable: true,
  unique: false,
  custom: false,
  ...more,
});

/** A field the system fills itself. */
export const ownField = (
  name: string,
  type: FieldTypeName = "text",
  more: Partial<FieldSchema> = {},
): FieldSchema => field(name, type, { creatable: false, updatable: false, ...more });

export const toOne = (name: string, object: string, keyField: string): RelationSchema => ({
  name,
  label: name,
  kind: "one",
  object,
  keyField,
  writable: false,
});

export const toMany = (name: string, object: string, writable = false): RelationSchema => ({
  name,
  label: name,
  kind: "many",
  object,
  writable,
});

/** An object whose key field is its first field. */
export const object = (
  name: string,
  fields: readonly FieldSchema[],
  more: Partial<ObjectSchema> = {},
): ObjectSchema => ({
  name,
  label: name,
  fields: [...fields],
  relations: [],
  keyField: fields[0]?.name ?? "id",
  creatable: true,
  updatable: true,
  deletable: true,
  ...more,
});
