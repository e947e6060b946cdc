/** The search of the function reference: names first, then what other tools call it, then summary and group. */
import { functions, otherNames, type FunctionDoc, type FunctionGroup } from "@fieldbridge/formula";

export interface FunctionGroupPart {
  readonly group: FunctionGroup;
  readonly functions: readonly FunctionDoc[];
}

const notFound = 9;

/** How well a function fits one lower-case word; lower is better. */
function rankOf(doc: FunctionDoc, word: string): number {
  const name = doc.name.toLowerCase();
  if (name === word) return 0;
  if (name.startsWith(word)) return 1;
  if (otherNames[doc.name]?.some((other) => other.toLowerCase().startsWith(word))) return 2;
  if (name.includes(word)) return 3;
  if (doc.summary.toLowerCase().includes(word)) return 4;
  return doc.group.toLowerCase().includes(word) ? 5 : notFound;
}

/** Functions that fit every word of the search, the best first; all in the order of the registry for an empty one. */
export function findFunctions(search: string): readonly FunctionDoc[] {
  const words = search
    .toLowerCase()
    .split(/[\s(),]+/)
    .filter((word) => word !== "");
  return functions
    .map((doc, index) => ({ doc, index, rank: Math.max(0, ...words.map((word) => rankOf(doc, word))) }))
    .filter(({ rank }) => rank < notFound)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ doc }) => doc);
}

/** In the order in which each group first appears. */
export function groupFunctions(docs: readonly FunctionDoc[]): readonly FunctionGroupPart[] {
  const groups = new Map<FunctionGroup, FunctionDoc[]>();
  for (const doc of docs) groups.set(doc.group, [...(groups.get(doc.group) ?? []), doc]);
  return [...groups].map(([group, inGroup]) => ({ group, functions: inGroup }));
}

export const findFunction = (name: string): FunctionDoc | undefined =>
  functions.find((doc) => doc.name === name.toUpperCase());
