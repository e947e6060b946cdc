/** What a screen reader says for a row: everything its cells show, in one sentence. */
import { countOf } from "../../format/number.ts";
import type { FieldSchema, FieldTypeName } from "@fieldbridge/model";
import type { LiveResult } from "../samples/live-result.ts";
import type { MappingKind, SourceRow, TargetRow } from "../graph/rows.ts";

export const typeWords: Record<FieldTypeName, string> = {
  text: "text",
  number: "number",
  boolean: "yes/no",
  date: "date",
  datetime: "date and time",
  time: "time",
  choice: "choice",
  id: "id",
  binary: "file",
  json: "data",
};

export const typeGlyphs: Record<FieldTypeName, string> = {
  text: "T",
  number: "#",
  boolean: "✓",
  date: "D",
  datetime: "DT",
  time: "H",
  choice: "≡",
  id: "id",
  binary: "B",
  json: "{}",
};

/** `Text, up to 20 characters`; `Number, 2 decimals`. */
export function describeFieldType(field: FieldSchema): string {
  const word = typeWords[field.type];
  const name = word[0]?.toUpperCase() + word.slice(1);
  if (field.length !== undefined && (field.type === "text" || field.type === "choice"))
    return `${name}, up to ${field.length} characters`;
  if (field.type !== "number" || field.scale === undefined) return name;
  const decimals = field.scale === 0 ? "no decimals" : countOf(field.scale, "decimal");
  return field.precision === undefined
    ? `${name}, ${decimals}`
    : `${name}, up to ${field.precision} digits, ${decimals}`;
}

/** `text(30)`, `number(10,2)`. */
export function typeText(field: FieldSchema): string {
  if (field.length !== undefined && (field.type === "text" || field.type === "choice"))
    return `${typeWords[field.type]}(${field.length})`;
  if (field.type === "number" && field.scale !== undefined)
    return field.precision === undefined
      ? `number(.${field.scale})`
      : `number(${field.precision},${field.scale})`;
  return typeWords[field.type];
}

export const kindLetters: Record<MappingKind, string> = {
  direct: "=",
  formula: "f",
  map: "M",
  lookup: "L",
  constant: "C",
};
export const kindWords: Record<MappingKind, string> = {
  direct: "field",
  formula: "formula",
  map: "value map",
  lookup: "lookup",
  constant: "constant",
};

const sentence = (parts: readonly (string | null | false)[]): string => parts.filter(Boolean).join(", ");

export function sourceRowName(row: SourceRow, sample: string | null): string {
  const used = row.used === 0 ? null : `used in ${row.used} mapping${row.used === 1 ? "" : "s"}`;
  if (row.kind === "field")
    return sentence([
      row.label,
      row.field && typeText(row.field),
      sample !== null && `sample ${sample}`,
      used,
    ]);
  const word = row.kind === "many" ? "list" : row.kind === "parent" ? "header record" : "related record";
  return sentence([row.label, word, sample, used, row.loading && "loading"]);
}

export interface TargetWords {
  readonly result: LiveResult | null;
  /** Change against the target's record now, in words. */
  readonly change: string | null;
}

export function targetRowName(row: TargetRow, words: TargetWords): string {
  const problems = row.issues.map((each) => `${each.severity}: ${each.message}`);
  if (row.kind === "many")
    return sentence([
      row.label,
      "lines",
      row.mapped > 0 ? `${row.mapped} mappings` : "not mapped",
      ...problems,
    ]);
  return sentence([
    row.label,
    row.field && typeText(row.field),
    row.required && "required",
    row.isKey && "match key",
    row.readOnly && "read-only",
    row.mapping && row.mappingKind
      ? `mapped by ${kindWords[row.mappingKind]} ${row.mapping.value}`
      : "not mapped",
    words.result && `result ${words.result.text}`,
    words.change,
    ...problems,
  ]);
}
