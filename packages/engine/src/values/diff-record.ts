/** What a write would change in a target record: field by field for the header, row by row for its lines. */
import type { Cell, FieldDiff, Row } from "@fieldbridge/model";
import { invariant } from "../invariant.ts";
import type { FieldIndex, PlannedLines } from "../plan/transfer-plan.ts";
import type { LineWrite } from "../ports.ts";
import type { MappedLine, MappedLines } from "../record-state.ts";
import { isBlankCell, isSameValue, toPlainNumber, toShownText } from "./compare-values.ts";

/** A changed document: what is sent of the lines, and every line's comparison in the order of the document. */
export interface LineDiff {
  readonly write: LineWrite;
  readonly rows: readonly (readonly FieldDiff[])[];
}

/** Compares `values` with `before`; null stands for a record that does not exist yet. */
export function diffValues(fields: FieldIndex, values: Row, before: Row | null): FieldDiff[] {
  return Object.entries(values).map(([name, value]) => {
    const field = fields.get(name);
    const same = isSameValue(field?.type ?? "text", value, before?.[name]);
    return {
      path: name,
      label: field?.label ?? name,
      before: toShownText(before?.[name]),
      after: toShownText(value),
      change: same ? "same" : before === null ? "new" : isBlankCell(value) ? "cleared" : "changed",
    };
  });
}

export const isChange = (diff: FieldDiff): boolean => diff.change !== "same" && diff.change !== "left";

/** The values whose comparison shows a change. */
export const pickChanged = (values: Row, diff: readonly FieldDiff[]): Row => {
  const changed = new Set(diff.filter(isChange).map((each) => each.path));
  return Object.fromEntries(Object.entries(values).filter(([name]) => changed.has(name)));
};

/** Everything of a new record that is not blank: there is nothing to clear yet. */
export function toCreateValues({ values, createValues }: MappedLine): Row {
  const result: Record<string, Cell> = {};
  for (const part of [values, createValues])
    for (const name of Object.keys(part)) {
      const value = part[name];
      if (value !== undefined && !isBlankCell(value)) result[name] = value;
    }
  return result;
}

/** A new document's lines as they are sent. */
export const toNewLines = (lines: PlannedLines, mapped: MappedLines): LineWrite => ({
  relation: lines.to,
  object: lines.target.name,
  rows: mapped.rows.map((line) => ({ op: "create", key: null, values: toCreateValues(line) })),
});

const toKeyText = (fields: FieldIndex, name: string, row: Row): string => {
  const text = toShownText(row[name]) ?? "";
  return fields.get(name)?.type === "number" ? toPlainNumber(text) : text;
};

/** Pairs each mapped line with the target's row for it: by its key field where one is mapped, else by order. */
function pairLines(
  lines: PlannedLines,
  rows: readonly MappedLine[],
  existing: readonly Row[],
): { pairs: readonly (Row | null)[]; surplus: readonly Row[] } {
  const { keyField } = lines;
  if (keyField === null)
    return { pairs: rows.map((_, index) => existing[index] ?? null), surplus: existing.slice(rows.length) };
  const free = [...existing];
  const pairs = rows.map((line) => {
    const key = toKeyText(lines.fields, keyField, { ...line.createValues, ...line.values });
    const at = free.findIndex((row) => toKeyText(lines.fields, keyField, row) === key);
    return at < 0 ? null : (free.splice(at, 1)[0] ?? null);
  });
  return { pairs, surplus: free };
}

const toRemovedDiff = (lines: PlannedLines, row: Row): FieldDiff[] =>
  lines.mappings.map(({ field }) => ({
    path: field.name,
    label: field.label,
    before: toShownText(row[field.name]),
    after: null,
    change: "cleared",
  }));

/** Compares the lines of a document with those the target has. */
export function diffLines(lines: PlannedLines, mapped: MappedLines, document: Row): LineDiff {
  const existing = document[lines.to];
  invariant(Array.isArray(existing), `The target gives the rows of ${lines.to} with the document.`);
  const { pairs, surplus } = pairLines(lines, mapped.rows, existing);
  const writes: LineWrite["rows"][number][] = [];
  const diffs = mapped.rows.map((line, index) => {
    const row = pairs[index] ?? null;
    if (row === null) {
      const values = toCreateValues(line);
      writes.push({ op: "create", key: null, values });
      return diffValues(lines.fields, values, null);
    }
    const diff = diffValues(lines.fields, line.values, row);
    const key = toShownText(row[lines.target.keyField]);
    invariant(key !== null, `Rows of ${lines.to} are read with their key.`);
    if (diff.some(isChange)) writes.push({ op: "update", key, values: pickChanged(line.values, diff) });
    return diff;
  });
  for (const row of surplus)
    writes.push({ op: "delete", key: toShownText(row[lines.target.keyField]), values: {} });
  return {
    write: { relation: lines.to, object: lines.target.name, rows: writes },
    rows: [...diffs, ...surplus.map((row) => toRemovedDiff(lines, row))],
  };
}
