// What an entity set is: its fields, its ways to other sets, and what callers may do with it.
import { emptyValue } from "./field.ts";
import type { Field } from "./field.ts";

/** One stored record: field name → value (see field.ts), plus the row version behind its etag. */
export type Row = Readonly<Record<string, string | boolean>>;

/** The key under which a row keeps its version; never part of an answer. */
export const ROW_VERSION = "#rowVersion";

/** A way from one record to records of another set: `own` of this record equals `other` of those. */
export interface Navigation {
  readonly name: string;
  readonly target: string;
  readonly many: boolean;
  readonly own: string;
  readonly other: string;
  /** Lines that live and die with this record; they may be sent in the same POST. */
  readonly contained?: true;
}

/** A bound action in the namespace Microsoft.NAV. */
export type ActionName = "post" | "cancel" | "shipAndInvoice";

export interface Entity {
  /** Name of the set, plural. */
  readonly set: string;
  /** Name of the entity type, singular. */
  readonly name: string;
  /** What the product calls the table in its messages. */
  readonly caption: string;
  readonly fields: readonly Field[];
  readonly navigations: readonly Navigation[];
  /** Fields that give the order when none is asked for; `id` always follows. */
  readonly order: readonly string[];
  readonly insert: boolean;
  readonly update: boolean;
  readonly remove: boolean;
  readonly actions: readonly ActionName[];
  /** Field whose value must be unique, with the label used in messages. */
  readonly unique?: { readonly field: string; readonly label: string };
  /** Only readable through its parent or with `id`/`documentId` in the filter. */
  readonly lineOf?: string;
  /** Webhooks may be ordered for it. */
  readonly webhooks: boolean;
}

/** Text of a field; empty when the row lacks it. */
export function textOf(row: Row, field: string): string {
  const value = row[field];
  return typeof value === "string" ? value : "";
}

/** The field of that name (case-sensitive), if the entity has it. */
export function fieldOf(entity: Entity, name: string): Field | undefined {
  return entity.fields.find((field) => field.name === name);
}

/** The navigation of that name (case-sensitive), if the entity has it. */
export function navigationOf(entity: Entity, name: string): Navigation | undefined {
  return entity.navigations.find((navigation) => navigation.name === name);
}

const indexedNames: ReadonlySet<string> = new Set([
  "number",
  "code",
  "externalDocumentNumber",
  "orderNumber",
  "orderId",
  "documentId",
]);

/** Whether the server keeps an index over the field, because callers find records by it. */
export function isIndexed(field: Field): boolean {
  return indexedNames.has(field.name);
}

/** A row of the entity with nothing filled in. */
export function emptyRow(entity: Entity): Row {
  return Object.fromEntries(entity.fields.map((field) => [field.name, emptyValue(field)]));
}
