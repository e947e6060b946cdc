// The types a filter compares in, how each kind of field enters them, and how values of one type are ordered.
import { compare, decimal } from "../../core/decimal.ts";
import type { Field } from "../entities/field.ts";
import { sortableStamp } from "./instants.ts";

/** `code` and `option` are strings that compare in their own way. */
export type ValueType =
  | "string"
  | "code"
  | "option"
  | "number"
  | "guid"
  | "boolean"
  | "date"
  | "instant"
  | "null";

/** The name OData gives a type in messages. */
const edmNames: Readonly<Record<ValueType, string>> = {
  string: "Edm.String",
  code: "Edm.String",
  option: "Edm.String",
  number: "Edm.Decimal",
  guid: "Edm.Guid",
  boolean: "Edm.Boolean",
  date: "Edm.Date",
  instant: "Edm.DateTimeOffset",
  null: "null",
};

export function edmName(type: ValueType): string {
  return edmNames[type];
}

export function typeOfField(field: Field): ValueType {
  switch (field.kind) {
    case "text":
      return "string";
    case "decimal":
    case "integer":
      return "number";
    case "code":
    case "option":
    case "guid":
    case "boolean":
    case "date":
    case "instant":
      return field.kind;
  }
}

/** Whether a filter may compare values of these types. A date is taken as midnight UTC where an instant stands. */
export function areComparable(left: ValueType, right: ValueType): boolean {
  if (left === "null" || right === "null") return true;
  const family = (type: ValueType): string => edmNames[type];
  if (family(left) === family(right)) return true;
  return (left === "instant" && right === "date") || (left === "date" && right === "instant");
}

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** The order of two stored values of a field; negative when `left` comes first. Text ignores case, as the database does. */
export function compareStored(field: Field, left: string | boolean, right: string | boolean): number {
  if (typeof left === "boolean" || typeof right === "boolean") return Number(left) - Number(right);
  switch (field.kind) {
    case "decimal":
    case "integer":
      return compare(decimal(left), decimal(right));
    case "instant":
      return compareText(sortableStamp(left), sortableStamp(right));
    case "option":
      return (field.members ?? []).indexOf(left) - (field.members ?? []).indexOf(right);
    case "code":
    case "text":
      return compareText(left.toUpperCase(), right.toUpperCase()) || compareText(left, right);
    case "guid":
    case "date":
    case "boolean":
      return compareText(left, right);
  }
}
