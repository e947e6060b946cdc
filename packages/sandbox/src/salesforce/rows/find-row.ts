// Finds records by id or by a lookup field.
import { toText } from "../../core/json.ts";
import { notFound, rowError, ApiError } from "../errors.ts";
import { readId } from "../ids.ts";
import type { Row } from "../../core/store.ts";
import type { Field } from "../schema/field.ts";
import type { SObject } from "../schema/schema.ts";
import { isIndexed, toIndexValue, type Reader } from "./reader.ts";

/** Ids of the records that are not deleted and have this value in a lookup field. */
export function findByKey(reader: Reader, object: SObject, field: Field, key: string): readonly string[] {
  if (field.type === "id") {
    const id = readId(key);
    const row = id === null ? undefined : reader.row(object.name, id);
    return row && row["IsDeleted"] !== true ? [toText(row["Id"])] : [];
  }
  if (isIndexed(field)) {
    const ids = reader.idsBy(object.name, field.name, toIndexValue(field, key));
    return ids.filter((id) => reader.row(object.name, id)?.["IsDeleted"] !== true);
  }
  const wanted = key.toLowerCase();
  const found: string[] = [];
  for (const row of reader.rows(object.name)) {
    const value = row[field.name];
    if (row["IsDeleted"] !== true && typeof value === "string" && value.toLowerCase() === wanted)
      found.push(toText(row["Id"]));
  }
  return found;
}

/** The canonical id a client named, of this object; throws MALFORMED_ID. */
export function readIdOf(object: SObject, text: string): string {
  const id = readId(text);
  if (id !== null && id.startsWith(object.keyPrefix)) return id;
  throw new ApiError([
    rowError("MALFORMED_ID", `${object.name} ID: id value of incorrect type: ${text}`, ["Id"]),
  ]);
}

/** The record with this id; throws NOT_FOUND or ENTITY_IS_DELETED. */
export function readRow(reader: Reader, object: SObject, id: string): Row {
  const row = reader.row(object.name, id);
  if (!row) throw notFound();
  if (row["IsDeleted"] === true)
    throw new ApiError([rowError("ENTITY_IS_DELETED", "entity is deleted")], 404);
  return row;
}
