/** The fields a condition may be about: the record's own, and those of the related records that are known. */
import { formatPath } from "@fieldbridge/formula";
import type { FieldSchema, ObjectSchema } from "@fieldbridge/model";
import type { Schemas } from "../graph/rows.ts";

export interface FieldOption {
  readonly path: readonly string[];
  readonly field: FieldSchema;
}

export interface FieldOptions {
  readonly byPath: ReadonlyMap<string, FieldOption>;
  /** For a Select: groups by object. */
  readonly groups: readonly {
    readonly group: string;
    readonly items: { readonly value: string; readonly label: string }[];
  }[];
}

const isUsable = (field: FieldSchema): boolean => field.type !== "binary" && field.type !== "json";

export function toFieldOptions(schema: ObjectSchema | undefined, schemas: Schemas): FieldOptions {
  const byPath = new Map<string, FieldOption>();
  const groups = [{ relation: null as string | null, label: schema?.label ?? "", object: schema }]
    .concat(
      (schema?.relations ?? [])
        .filter((each) => each.kind === "one" && schemas[each.object] !== undefined)
        .map((each) => ({ relation: each.name, label: each.label, object: schemas[each.object] })),
    )
    .map(({ relation, label, object }) => ({
      group: label,
      items: (object?.fields ?? []).filter(isUsable).map((field) => {
        const path = relation === null ? [field.name] : [relation, field.name];
        const value = formatPath(path);
        byPath.set(value, { path, field });
        return { value, label: relation === null ? field.label : `${label} › ${field.label}` };
      }),
    }))
    .filter((each) => each.items.length > 0);
  return { byPath, groups };
}
