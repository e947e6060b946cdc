/** Which target field could be the match key, and whether a key tells the sample records apart. */
import type { ObjectSchema, TransferDefinition } from "@fieldbridge/model";
import type { Live } from "../samples/live.ts";
import type { SampleRecord } from "../samples/use-samples.ts";

/** A mapped field that is unique in the target, else one whose name says it holds an external number. */
export function proposeKeys(
  definition: TransferDefinition,
  target: ObjectSchema | undefined,
): { readonly field: string; readonly label: string; readonly formula: string } | null {
  const mapped = (target?.fields ?? []).flatMap((field) => {
    const formula = definition.mappings[field.name]?.value;
    return formula !== undefined && field.filterable ? [{ field, formula }] : [];
  });
  const found =
    mapped.find(({ field }) => field.unique) ??
    mapped.find(({ field }) => /external|number|^no$|code/i.test(field.name) && field.type !== "number");
  return found ? { field: found.field.name, label: found.field.label, formula: found.formula } : null;
}

/** How many of the sample records have a key of their own; null without a key or a sample. */
export function isKeyUnique(
  formulas: readonly string[],
  records: readonly SampleRecord[],
  live: Live,
): { readonly unique: number; readonly of: number } | null {
  if (formulas.length === 0 || records.length === 0) return null;
  const counts = new Map<string, number>();
  for (const record of records) {
    const key = JSON.stringify(
      formulas.map((formula) => live.evaluate(formula, record.row, null, null).text),
    );
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const unique = [...counts.values()].filter((count) => count === 1).length;
  return { unique, of: records.length };
}
