/** Differences between two states of a value map, and two people's changes brought together. */
import type { ValueMap, ValueMapEntry } from "./value-map.ts";

export interface EntryChange {
  readonly from: string;
  /** Absent for an entry that was added. */
  readonly before?: ValueMapEntry;
  /** Absent for an entry that was removed. */
  readonly after?: ValueMapEntry;
}

const byFrom = <T extends { readonly from: string }>(entries: readonly T[]): Map<string, T> =>
  new Map(entries.map((entry) => [entry.from, entry]));

const isSame = (left: ValueMapEntry | undefined, right: ValueMapEntry | undefined): boolean =>
  left?.to === right?.to && left?.note === right?.note && (left === undefined) === (right === undefined);

export function compareEntries(
  before: readonly ValueMapEntry[],
  after: readonly ValueMapEntry[],
): EntryChange[] {
  const [old, young] = [byFrom(before), byFrom(after)];
  return [...new Set([...old.keys(), ...young.keys()])].flatMap((from) => {
    const [was, is] = [old.get(from), young.get(from)];
    if (isSame(was, is)) return [];
    return { from, ...(was && { before: was }), ...(is && { after: is }) };
  });
}

type Content = Pick<ValueMap, "entries" | "default" | "description">;

/**
 * What was changed here since `base`, done to `theirs`. Where both changed the same thing differently, this side
 * counts, and `conflicts` names the values.
 */
export function mergeValueMap(
  base: Content,
  mine: Content,
  theirs: Content,
): { readonly merged: Content; readonly conflicts: readonly string[] } {
  const changedThere = byFrom(compareEntries(base.entries, theirs.entries));
  const conflicts: string[] = [];
  const entries = byFrom(theirs.entries);
  for (const { from, after } of compareEntries(base.entries, mine.entries)) {
    const other = changedThere.get(from);
    if (other !== undefined && !isSame(other.after, after)) conflicts.push(from);
    if (after === undefined) entries.delete(from);
    else entries.set(from, after);
  }
  const fallback = mine.default === base.default ? theirs.default : mine.default;
  const description = mine.description === base.description ? theirs.description : mine.description;
  return {
    merged: {
      entries: [...entries.values()],
      ...(fallback !== undefined && { default: fallback }),
      ...(description !== undefined && { description }),
    },
    conflicts,
  };
}
