/**
 * Scattered lines: one value of the header becomes several lines. Their rows are made here from the list that a formula
 * gives: `item` is the value, `position` its number from 1.
 */
import { compileFormula, toCell, type FieldType, type Scope, type Value } from "@fieldbridge/formula";
import type { FieldSchema, ObjectSchema, Row } from "@fieldbridge/model";

const plainTypes: readonly FieldType[] = ["text", "number", "boolean", "date", "datetime", "time"];

const toField = (name: string, label: string, type: FieldType): FieldSchema => ({
  name,
  label,
  type,
  nullable: false,
  required: false,
  creatable: false,
  updatable: false,
  filterable: false,
  unique: false,
  custom: false,
});

/** What a line sees of its own; null where the formula gives no list of plain values. */
export function toItemObject(rows: string, scope: Scope): ObjectSchema | null {
  const compiled = compileFormula(rows, scope);
  if (!compiled.ok || compiled.formula.type.name !== "list" || compiled.formula.special) return null;
  const { item } = compiled.formula.type;
  const type = plainTypes.find((each) => each === (item?.name ?? "text"));
  if (type === undefined) return null;
  return {
    name: "item",
    label: "Value",
    fields: [toField("item", "Value", type), toField("position", "Position", "number")],
    relations: [],
    keyField: "position",
    creatable: false,
    updatable: false,
    deletable: false,
  };
}

/** One row for each value of a list; none for anything else. */
export const toItemRows = (value: Value): readonly Row[] =>
  value === null || typeof value !== "object" || value.kind !== "list"
    ? []
    : value.items.map((item, index) => ({ item: toCell(item), position: String(index + 1) }));
