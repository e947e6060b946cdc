// Insert and update of one record with the checks in the platform's order: names and types, length, required,
// choices, unique values, references, rules of the object. A refused record leaves no trace in the transaction.
import { toText, isObject, type Json, type JsonObject } from "../../core/json.ts";
import type { Row } from "../../core/store.ts";
import { DEMO_ORG } from "../demo-org.ts";
import { rowError, type RowError } from "../errors.ts";
import type { Field } from "../schema/field.ts";
import type { Schema, SObject } from "../schema/schema.ts";
import { deriveRow, rollUp } from "./derive.ts";
import { findByKey } from "./find-row.ts";
import type { Transaction } from "./transaction.ts";
import { toStoredValue } from "./values.ts";

export type Written = { readonly id: string } | { readonly errors: readonly RowError[] };

export interface WriteContext {
  readonly schema: Schema;
  readonly tx: Transaction;
}

type Values = Map<Field, Json>;
type Check = (row: Row, changed: ReadonlySet<Field>) => RowError[];

function noSuchColumn(name: string, object: SObject): RowError {
  return rowError("INVALID_FIELD", `No such column '${name}' on sobject of type ${object.name}`);
}

/** `"Account": {"ERP_Id__c": "…"}`: the parent named by its external id. */
function readParentByKey(
  context: WriteContext,
  reference: Field,
  given: JsonObject,
): { value: Json } | { error: RowError } {
  const target = context.schema.object(reference.referenceTo ?? "");
  const [name = "", key] = Object.entries(given).find(([each]) => each !== "attributes") ?? [];
  const field = target?.field(name);
  if (!target || !field?.idLookup || typeof key !== "string")
    return {
      error: rowError(
        "INVALID_FIELD",
        `Foreign key external ID: ${name} is not an external ID on ${target?.name}`,
      ),
    };
  const [found, ...more] = findByKey(context.tx, target, field, key);
  if (found && more.length === 0) return { value: found };
  const message = `Foreign key external ID: ${key} ${found ? "matches several records" : "not found"} for field ${field.name} in entity ${target.name}`;
  return {
    error: rowError(found ? "DUPLICATE_EXTERNAL_ID" : "INVALID_FIELD", message, [reference.name]),
  };
}

function readValues(
  context: WriteContext,
  object: SObject,
  body: JsonObject,
  isInsert: boolean,
): { values: Values; errors: RowError[] } {
  const values: Values = new Map();
  const errors: RowError[] = [];
  const readOnly: string[] = [];
  for (const [name, given] of Object.entries(body)) {
    if (name === "attributes") continue;
    const field = object.field(name) ?? (isObject(given) ? object.parent(name) : undefined);
    if (!field) errors.push(noSuchColumn(name, object));
    else if (!(isInsert ? field.createable : field.updateable)) readOnly.push(field.name);
    else {
      const isParent = field.type === "reference" && isObject(given);
      const converted = isParent ? readParentByKey(context, field, given) : toStoredValue(field, given);
      if ("error" in converted) errors.push(converted.error);
      else values.set(field, converted.value);
    }
  }
  if (readOnly.length > 0) {
    const message = `Unable to create/update fields: ${readOnly.join(", ")}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`;
    errors.push(rowError("INVALID_FIELD_FOR_INSERT_UPDATE", message, readOnly));
  }
  return { values, errors };
}

function checkRequired(object: SObject): Check {
  return (row) => {
    const missing = object.fields.filter((each) => each.required && (row[each.name] ?? null) === null);
    const names = missing.map((each) => each.name);
    return names.length === 0
      ? []
      : [rowError("REQUIRED_FIELD_MISSING", `Required fields are missing: [${names.join(", ")}]`, names)];
  };
}

function checkChoices(row: Row, changed: ReadonlySet<Field>): RowError[] {
  return [...changed].flatMap((each) => {
    const value = row[each.name];
    if (typeof value !== "string" || each.type !== "picklist" || each.picklist.includes(value)) return [];
    if (each.name === "CurrencyIsoCode")
      return [rowError("INVALID_CURRENCY_ISO", `Currency ISO Code: invalid currency: ${value}`, [each.name])];
    if (!each.restricted) return [];
    const message = `${each.label}: bad value for restricted picklist field: ${value}`;
    return [rowError("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, [each.name])];
  });
}

function checkUnique(tx: Transaction, object: SObject): Check {
  return (row, changed) =>
    [...changed].flatMap((each) => {
      const value = row[each.name];
      if (!each.externalId || typeof value !== "string") return [];
      const other = findByKey(tx, object, each, value).find((id) => id !== row["Id"]);
      if (other === undefined) return [];
      const message = `duplicate value found: ${each.name} duplicates value on record with id: ${other.slice(0, 15)}`;
      return [rowError("DUPLICATE_VALUE", message, [each.name])];
    });
}

function checkReferences(tx: Transaction, schema: Schema): Check {
  return (row, changed) =>
    [...changed].flatMap((each) => {
      const id = row[each.name];
      if (each.type !== "reference" || typeof id !== "string") return [];
      const target = tx.row(each.referenceTo ?? "", id);
      if (target && target["IsDeleted"] !== true) return [];
      if (target) return [rowError("ENTITY_IS_DELETED", "entity is deleted", [each.name])];
      const isOtherObject = schema.objectOfId(id)?.name !== each.referenceTo;
      return isOtherObject
        ? [rowError("MALFORMED_ID", `${each.label}: id value of incorrect type: ${id}`, [each.name])]
        : [rowError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", [each.name])];
    });
}

function lockError(id: string): RowError {
  const message = `unable to obtain exclusive access to this record or 1 records: ${id}`;
  return rowError("UNABLE_TO_LOCK_ROW", message);
}

/** The locked one of the row itself and the parents it is a detail of. */
export function findLocked(tx: Transaction, object: SObject, row: Row): RowError | null {
  const own = toText(row["Id"]);
  if (tx.isLocked(object.name, own)) return lockError(own);
  for (const master of object.fields.filter((each) => each.masterDetail)) {
    const id = row[master.name];
    if (typeof id === "string" && tx.isLocked(master.referenceTo ?? "", id)) return lockError(id);
  }
  return null;
}

function finish(
  context: WriteContext,
  object: SObject,
  row: Row,
  before: Row | null,
  changed: Set<Field>,
): Written {
  const { tx, schema } = context;
  const locked = findLocked(tx, object, row);
  if (locked) return { errors: [locked] };
  const checks = [checkRequired(object), checkChoices, checkUnique(tx, object), checkReferences(tx, schema)];
  for (const check of checks) {
    const errors = check(row, changed);
    if (errors.length > 0) return { errors };
  }
  const derived = deriveRow(tx, object.name, row, before);
  if ("errors" in derived) return derived;
  const kept = Object.fromEntries(Object.entries(derived.row).filter(([, value]) => value !== null));
  tx.put(object.name, kept);
  rollUp(tx, object.name, kept);
  return { id: toText(row["Id"]) };
}

function checkWritable(object: SObject): RowError[] {
  if (!object.readOnly) return [];
  return [rowError("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", `entity type ${object.name} is read-only here`)];
}

export function insertRow(context: WriteContext, object: SObject, body: JsonObject): Written {
  const { values, errors } = readValues(context, object, body, true);
  const refused = [...checkWritable(object), ...errors];
  if (refused.length > 0) return { errors: refused };
  const { tx } = context;
  const row: Record<string, Json> = { Id: tx.newId(object), IsDeleted: false };
  for (const each of object.fields) {
    if (each.createable && each.defaultValue !== null && each.defaulted) row[each.name] = each.defaultValue;
    if (each.name === "OwnerId") row[each.name] = DEMO_ORG.userId;
  }
  for (const [each, value] of values) if (value !== null || !each.defaulted) row[each.name] = value;
  for (const each of object.fields) if (each.autoNumber) row[each.name] = tx.nextNumber(object.name);
  const stamps = {
    CreatedDate: tx.stamp,
    CreatedById: DEMO_ORG.userId,
    LastModifiedDate: tx.stamp,
    LastModifiedById: DEMO_ORG.userId,
    SystemModstamp: tx.stamp,
  };
  return finish(context, object, { ...row, ...stamps }, null, new Set(values.keys()));
}

export function updateRow(context: WriteContext, object: SObject, id: string, body: JsonObject): Written {
  const { tx } = context;
  const before = tx.row(object.name, id);
  if (!before)
    return { errors: [rowError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", [], 404)] };
  if (before["IsDeleted"] === true)
    return { errors: [rowError("ENTITY_IS_DELETED", "entity is deleted", [], 404)] };
  const { values, errors } = readValues(context, object, body, false);
  const refused = [...checkWritable(object), ...errors];
  if (refused.length > 0) return { errors: refused };
  const row: Record<string, Json> = { ...before };
  for (const [each, value] of values) row[each.name] = value;
  const stamps = {
    LastModifiedDate: tx.stamp,
    LastModifiedById: DEMO_ORG.userId,
    SystemModstamp: tx.stamp,
  };
  return finish(context, object, { ...row, ...stamps }, before, new Set(values.keys()));
}
