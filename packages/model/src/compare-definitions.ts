/** What changed between two definitions, in words: for the publish dialog, the history and the audit. */
import type { Mappings, TransferDefinition } from "./transfer.ts";

/** `path` is the place in the definition; `before` and `after` are texts to show, null where there was nothing. */
export interface DefinitionChange {
  readonly path: string;
  readonly words: string;
  readonly before: string | null;
  readonly after: string | null;
}

const toText = (value: unknown): string | null =>
  value === undefined ? null : typeof value === "string" ? value : JSON.stringify(value);

const compareMappings = (
  place: string,
  label: string,
  before: Mappings,
  after: Mappings,
): DefinitionChange[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((field) => {
    const [old, now] = [before[field], after[field]];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    const kind = !old
      ? "added"
      : !now
        ? "removed"
        : old.value === now.value
          ? "rule changed"
          : "formula changed";
    const show = (each: Mappings[string] | undefined) =>
      each === undefined ? null : kind === "rule changed" ? JSON.stringify(each) : each.value;
    return [
      { path: `${place}.${field}`, words: `${label} ${field}: ${kind}`, before: show(old), after: show(now) },
    ];
  });

const parts: readonly (readonly [keyof TransferDefinition, string])[] = [
  ["name", "Name"],
  ["description", "Description"],
  ["source", "Source"],
  ["target", "Target"],
  ["parameters", "Parameters"],
  ["changes", "Change detection"],
  ["filter", "Filter"],
  ["match", "Match"],
  ["writeBacks", "Write-backs"],
  ["removals", "Removals"],
  ["limits", "Limits"],
  ["totals", "Totals to compare"],
  ["timeZone", "Time zone"],
];

/** All changes from `before` to `after`, in the order of the document; empty where they mean the same. */
export function compareDefinitions(
  before: TransferDefinition,
  after: TransferDefinition,
): DefinitionChange[] {
  const plain = parts.flatMap(([key, label]) => {
    const [old, now] = [toText(before[key]), toText(after[key])];
    if (old === now) return [];
    const kind = old === null ? "added" : now === null ? "removed" : "changed";
    return [{ path: key, words: `${label} ${kind}`, before: old, after: now }];
  });
  const targets = [...new Set([...(before.lines ?? []), ...(after.lines ?? [])].map((each) => each.target))];
  const ofLines = targets.flatMap((target) => {
    const old = before.lines?.find((each) => each.target === target);
    const now = after.lines?.find((each) => each.target === target);
    const changes: DefinitionChange[] = [];
    const [oldHead, nowHead] = [
      toText(old && [old.source, old.filter]),
      toText(now && [now.source, now.filter]),
    ];
    if (oldHead !== nowHead)
      changes.push({
        path: `lines.${target}`,
        words: `Lines ${target}: ${!old ? "added" : !now ? "removed" : "source or filter changed"}`,
        before: oldHead,
        after: nowHead,
      });
    const place = `lines.${target}.mappings`;
    return [
      ...changes,
      ...compareMappings(place, `Line mapping ${target}`, old?.mappings ?? {}, now?.mappings ?? {}),
    ];
  });
  return [...plain, ...compareMappings("mappings", "Mapping", before.mappings, after.mappings), ...ofLines];
}
