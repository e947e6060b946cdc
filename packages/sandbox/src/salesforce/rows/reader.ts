// How queries and rules see the data: rows of an object, one row, the children of a row. A transaction implements it
// so that what it has written itself is visible to it before it commits.
import type { Row } from "../../core/store.ts";

export interface Reader {
  row(object: string, id: string): Row | undefined;
  rows(object: string): Iterable<Row>;
  /** Ids of rows whose indexed field (a reference with a child name, or an external id) has this value. */
  idsBy(object: string, field: string, value: string): readonly string[];
}

/** Whether `idsBy` can answer for the field. */
export function isIndexed(field: { childName: string | null; externalId: boolean }): boolean {
  return field.childName !== null || field.externalId;
}

/** Values of indexed fields are compared without regard to case when they are external ids. */
export function toIndexValue(field: { externalId: boolean }, value: string): string {
  return field.externalId ? value.toLowerCase() : value;
}
