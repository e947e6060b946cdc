/** What a run would do, as one sentence: "Create 18, update 7, unchanged 3, skip 2, hold 1". */
import type { RunCounts } from "@fieldbridge/model";

const words: readonly (readonly [Exclude<keyof RunCounts, "read">, string])[] = [
  ["created", "create"],
  ["updated", "update"],
  ["unchanged", "unchanged"],
  ["skipped", "skip"],
  ["filtered", "filter out"],
  ["removed", "remove"],
  ["held", "hold"],
];

export function toCountSentence(counts: RunCounts): string {
  const parts = words.flatMap(([key, word]) => (counts[key] > 0 ? [`${word} ${counts[key]}`] : []));
  const text = parts.join(", ");
  return text === "" ? "Nothing to do." : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
