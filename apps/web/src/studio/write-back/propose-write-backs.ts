/** Write-backs an analyst would set up by hand, where the source has fields made for them. */
import type { FieldSchema, ObjectSchema, WriteBack } from "@fieldbridge/model";

const wanted = {
  id: /(^|_)(erp|external|target|ext)_?(id|key)(__c)?$/i,
  number: /(^|_)(erp|external|target|ext)_?(no|number|nr)(__c)?$/i,
  status: /(^|_)(erp|sync|integration)_?status(__c)?$/i,
  error: /(^|_)(erp|sync|integration)_?(error|message)(__c)?$/i,
} as const;

/** Empty where the source has no field for it. */
export function proposeWriteBacks(
  source: ObjectSchema | undefined,
  target: ObjectSchema | undefined,
): WriteBack[] {
  if (!source || !target) return [];
  const find = (pattern: RegExp): FieldSchema | undefined =>
    source.fields.find((field) => field.updatable && pattern.test(field.name));
  const entry = (field: FieldSchema | undefined, formula: string | undefined): [string, string][] =>
    field && formula !== undefined ? [[field.name, formula]] : [];
  const done = Object.fromEntries([
    ...entry(find(wanted.id), `target.${target.keyField}`),
    ...entry(find(wanted.number), target.nameField === undefined ? undefined : `target.${target.nameField}`),
    ...entry(find(wanted.status), '"Synced"'),
  ]);
  const failed = Object.fromEntries([
    ...entry(find(wanted.status), '"Error"'),
    ...entry(find(wanted.error), "outcome.message"),
  ]);
  return [
    ...(Object.keys(done).length > 0 ? [{ on: ["created" as const, "updated" as const], values: done }] : []),
    ...(Object.keys(failed).length > 0 ? [{ on: ["failed" as const], values: failed }] : []),
  ];
}
