/** What a system offers: objects with fields and relations, discovered from the system itself and cached. */
import * as z from "zod";

export const fieldType = z.enum([
  "text",
  "number",
  "boolean",
  "date",
  "datetime",
  "time",
  "choice",
  "id",
  "binary",
  "json",
]);
export type FieldTypeName = z.infer<typeof fieldType>;

export const fieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  type: fieldType,
  description: z.string().optional(),
  /** Longest text in code points. */
  length: z.int().optional(),
  precision: z.int().optional(),
  scale: z.int().optional(),
  choices: z.array(z.object({ code: z.string(), label: z.string() })).optional(),
  /** True where the system refuses codes outside `choices`. */
  restricted: z.boolean().optional(),
  nullable: z.boolean(),
  /** Must be given on create: not nullable and without a default of the system. */
  required: z.boolean(),
  creatable: z.boolean(),
  updatable: z.boolean(),
  filterable: z.boolean(),
  /** Unique in the system, hence fit as a match key. */
  unique: z.boolean(),
  custom: z.boolean(),
  /** The object an `id` field points to, where the system says so. */
  refersTo: z.string().optional(),
});
export type FieldSchema = z.infer<typeof fieldSchema>;

/** `keyField` is the field of this object that holds the key of a `one` relation (Account → AccountId). */
export const relationSchema = z.object({
  name: z.string(),
  label: z.string(),
  kind: z.enum(["one", "many"]),
  object: z.string(),
  keyField: z.string().optional(),
  /** A `many` relation whose rows can be written together with their parent as one document. */
  writable: z.boolean(),
});
export type RelationSchema = z.infer<typeof relationSchema>;

export const objectSchema = z.object({
  name: z.string(),
  label: z.string(),
  fields: z.array(fieldSchema),
  relations: z.array(relationSchema),
  /** The field that identifies a record for the system itself. */
  keyField: z.string(),
  /** The field a person knows the record by (WorkOrderNumber, number, Name). */
  nameField: z.string().optional(),
  /** The field that moves with every change, for change detection; undefined where the object has none. */
  stampField: z.string().optional(),
  /** The system lists by itself which records of the object changed or were deleted since a moment. */
  feed: z.boolean().optional(),
  creatable: z.boolean(),
  updatable: z.boolean(),
  deletable: z.boolean(),
});
export type ObjectSchema = z.infer<typeof objectSchema>;

export const objectSummary = z.object({
  name: z.string(),
  label: z.string(),
  creatable: z.boolean(),
  custom: z.boolean(),
});
export type ObjectSummary = z.infer<typeof objectSummary>;
