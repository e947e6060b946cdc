/**
 * Proposes mappings for fields that have none: deterministic, local and explained. Names and labels are compared
 * as words with synonyms, types must fit, and what no analyst would map by hand is left out by rule.
 */
import type { FieldSchema, FieldTypeName } from "@fieldbridge/model";
import type { SourceRow, TargetRow } from "../graph/rows.ts";
import { assignPairs, type Candidate } from "./assign.ts";
import { commonWords, toWords, wordOverlap } from "./words.ts";

export interface Suggestion {
  readonly source: SourceRow;
  readonly target: TargetRow;
  /** 0 to 1. */
  readonly score: number;
  readonly band: "high" | "medium";
  /** Why, in words. */
  readonly reason: string;
}

export interface SuggestInput {
  readonly source: readonly SourceRow[];
  readonly target: readonly TargetRow[];
  /** Fields that are no data of the source: those this transfer writes back itself. */
  readonly writtenBack: ReadonlySet<string>;
  /** Pairs a person turned down, as `source>target`. */
  readonly rejected: ReadonlySet<string>;
}

export const highBand = 0.85;
export const mediumBand = 0.65;

const systemWords = /^(system|is_?deleted|created|last_?(modified|viewed|referenced|activity)|etag|odata)/i;
const stampWords = /^(system_?modstamp|modified_?at|last_?modified_?date_?time)$/i;

const isExcluded = (field: FieldSchema): boolean =>
  field.type === "id" ||
  field.type === "binary" ||
  field.type === "json" ||
  systemWords.test(field.name) ||
  stampWords.test(field.name);

/** How well a value of one type fits another: 1 without conversion, 0 never. */
function typeFit(source: FieldTypeName, target: FieldTypeName): number {
  if (source === target) return 1;
  const textual = (type: FieldTypeName) => type === "text" || type === "choice" || type === "id";
  if (textual(source) && textual(target)) return 0.97;
  if (target === "text") return source === "number" || source === "boolean" ? 0.85 : 0.75;
  if (source === "datetime" && target === "date") return 0.85;
  if (source === "text" && (target === "number" || target === "date")) return 0.7;
  return 0;
}

/** Share of the source's codes that the target knows; 1 where one side has no list, low where none would be taken. */
function choiceFit(source: FieldSchema, target: FieldSchema): number {
  if (!source.choices?.length || !target.choices?.length) return 1;
  const known = new Set(
    target.choices.flatMap((each) => [each.code.toLowerCase(), each.label.toLowerCase()]),
  );
  const shared = source.choices.filter(
    (each) => known.has(each.code.toLowerCase()) || known.has(each.label.toLowerCase()),
  ).length;
  if (shared === 0 && target.restricted === true) return 0.6;
  return 0.9 + (0.1 * shared) / source.choices.length;
}

interface Named {
  readonly byName: ReadonlySet<string>;
  readonly byLabel: ReadonlySet<string>;
  /** With the object the field belongs to, for "Account name" against "Customer name". */
  readonly inContext: ReadonlySet<string>;
}

const toNamed = (label: string, name: string, context: string): Named => ({
  byName: toWords(name),
  byLabel: toWords(label),
  inContext: toWords(`${context} ${label}`),
});

/** Words nearly every object has a field for: without the object they say too little about a related record. */
const commonplace: ReadonlySet<string> = new Set([
  "number",
  "name",
  "status",
  "description",
  "type",
  "id",
  "date",
]);

function nameFit(source: Named, target: Named, atRoot: boolean): { fit: number; words: string[] } {
  const pairs: [ReadonlySet<string>, ReadonlySet<string>, number][] = [
    [source.byLabel, target.byLabel, 1],
    [source.byName, target.byName, 1],
    [source.byLabel, target.byName, 0.98],
    [source.byName, target.byLabel, 0.98],
    [source.inContext, target.byLabel, atRoot ? 0 : 1.02],
    [source.inContext, target.byName, atRoot ? 0 : 1.02],
  ];
  let best = { fit: 0, words: [] as string[] };
  for (const [a, b, weight] of pairs) {
    const fit = Math.min(1, wordOverlap(a, b) * weight);
    if (fit > best.fit) best = { fit, words: commonWords(a, b) };
  }
  const saysLittle = !atRoot && best.words.every((word) => commonplace.has(word));
  return saysLittle ? { ...best, fit: best.fit * 0.6 } : best;
}

const sentence = (source: SourceRow, target: TargetRow, words: readonly string[]): string => {
  const same = source.label.toLowerCase() === target.label.toLowerCase();
  const meaning = same ? "same label" : `same meaning: ${source.label} / ${target.label}`;
  const [from, to] = [source.field?.type, target.field?.type];
  const type = from === to ? `both ${to}` : `${from} to ${to}`;
  return words.length > 0 ? `${meaning}; ${type}` : type;
};

/** Fields by word: only pairs that share one are worth comparing. */
function indexByWord(named: readonly Named[]): ReadonlyMap<string, readonly number[]> {
  const index = new Map<string, number[]>();
  for (const [at, each] of named.entries())
    for (const word of new Set([...each.byName, ...each.byLabel, ...each.inContext])) {
      const list = index.get(word);
      if (list) list.push(at);
      else index.set(word, [at]);
    }
  return index;
}

const columnsSharing = (
  named: Named | undefined,
  index: ReadonlyMap<string, readonly number[]>,
): ReadonlySet<number> =>
  new Set([...(named?.byName ?? []), ...(named?.byLabel ?? [])].flatMap((word) => index.get(word) ?? []));

/** Suggestions for the unmapped fields of a scope, best first. Deep relations count less than the record itself. */
export function suggestMappings(input: SuggestInput): Suggestion[] {
  const labels = new Map(input.source.map((row) => [row.id, row.label]));
  const sources = input.source.filter(
    (row) =>
      row.kind === "field" &&
      row.field &&
      row.used === 0 &&
      !isExcluded(row.field) &&
      !input.writtenBack.has(row.id),
  );
  const targets = input.target.filter(
    (row) =>
      row.kind === "field" && row.field && row.mapping === null && !row.readOnly && !isExcluded(row.field),
  );
  const sourceNames = sources.map((row) =>
    toNamed(row.label, row.name, row.parentId === null ? "" : (labels.get(row.parentId) ?? "")),
  );
  const targetNames = targets.map((row) => toNamed(row.label, row.name, ""));
  const words = new Map<Candidate, string[]>();
  const candidates: Candidate[] = [];
  const columnsOf = indexByWord(sourceNames);
  for (const [row, target] of targets.entries())
    for (const column of columnsSharing(targetNames[row], columnsOf)) {
      const source = sources[column];
      if (!source) continue;
      if (!source.field || !target.field || input.rejected.has(`${source.id}>${target.id}`)) continue;
      const fit = typeFit(source.field.type, target.field.type);
      const [a, b] = [sourceNames[column], targetNames[row]];
      if (fit === 0 || !a || !b) continue;
      const named = nameFit(a, b, source.parentId === null);
      const depth = 1 - 0.04 * (source.level - 1);
      const score = named.fit * fit * choiceFit(source.field, target.field) * depth;
      if (score < mediumBand) continue;
      const candidate = { row, column, score };
      words.set(candidate, named.words);
      candidates.push(candidate);
    }
  return assignPairs(candidates)
    .flatMap((each): Suggestion[] => {
      const [source, target] = [sources[each.column], targets[each.row]];
      if (!source || !target) return [];
      const band = each.score >= highBand ? "high" : "medium";
      return [
        { source, target, score: each.score, band, reason: sentence(source, target, words.get(each) ?? []) },
      ];
    })
    .sort((a, b) => b.score - a.score || a.target.position - b.target.position);
}
