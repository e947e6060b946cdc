/** Field names and labels as sets of normal words, so that `BillingPostalCode` and "ZIP code" can meet. */
import { compounds, noiseWords, synonymGroups } from "./synonyms.ts";

const canonical: ReadonlyMap<string, string> = new Map(
  synonymGroups.flatMap((group) => group.map((word) => [word, group[0] ?? word] as const)),
);

const split = (text: string): string[] =>
  text
    .replace(/__(c|r|pc)$/i, "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

function joinCompounds(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (let at = 0; at < words.length;) {
    const found = compounds
      .filter((each) => each.every((word, index) => words[at + index] === word))
      .sort((a, b) => b.length - a.length)[0];
    joined.push(found ? found.join("") : (words[at] ?? ""));
    at += found ? found.length : 1;
  }
  return joined;
}

const singular = (word: string): string =>
  word.length > 4 && /[^s]s$/.test(word) ? word.slice(0, -1) : word;

/** Canonical words of a name or label; noise is dropped unless nothing else is left. */
export function toWords(text: string): ReadonlySet<string> {
  const words = joinCompounds(split(text)).map(
    (word) => canonical.get(word) ?? canonical.get(singular(word)) ?? word,
  );
  const useful = words.filter((word) => !noiseWords.has(word));
  return new Set(useful.length > 0 ? useful : words);
}

/** Share of common words, 0 to 1 (Dice). */
export function wordOverlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let common = 0;
  for (const word of a) if (b.has(word)) common += 1;
  return (2 * common) / (a.size + b.size);
}

/** The words both sides share, for the reason shown to a person. */
export const commonWords = (a: ReadonlySet<string>, b: ReadonlySet<string>): string[] =>
  [...a].filter((word) => b.has(word));
