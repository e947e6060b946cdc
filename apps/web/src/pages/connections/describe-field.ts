/** Type and rules of a field in words. */
import type { FieldSchema } from "@fieldbridge/model";

export function describeField(field: FieldSchema): { type: string; rules: string } {
  const size =
    field.length !== undefined
      ? ` (${field.length})`
      : field.precision !== undefined
        ? ` (${field.precision}, ${field.scale ?? 0})`
        : "";
  const points = field.refersTo === undefined ? "" : ` → ${field.refersTo}`;
  const rules = [
    field.required ? "required" : null,
    field.creatable || field.updatable ? null : "read-only",
    field.creatable && !field.updatable ? "only on create" : null,
    field.unique ? "unique" : null,
    field.custom ? "custom" : null,
    field.choices === undefined ? null : `${field.choices.length} choices`,
  ].filter((rule) => rule !== null);
  return { type: `${field.type}${size}${points}`, rules: rules.join(", ") };
}
