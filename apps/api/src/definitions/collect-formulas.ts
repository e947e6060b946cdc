/** All formula texts of a definition, to find what they name. Over-approximation is fine; the checker judges. */
import type { Mappings, TransferDefinition } from "@fieldbridge/model";

const ofMappings = (mappings: Mappings): string[] =>
  Object.values(mappings).flatMap((mapping) => [mapping.value, mapping.default ?? ""]);

export const collectFormulas = (definition: TransferDefinition): string[] =>
  [
    definition.filter ?? "",
    ...(definition.match?.by === "keys" ? Object.values(definition.match.keys) : []),
    ...ofMappings(definition.mappings),
    ...(definition.lines ?? []).flatMap((lines) => [lines.filter ?? "", ...ofMappings(lines.mappings)]),
    ...(definition.writeBacks ?? []).flatMap((writeBack) => Object.values(writeBack.values)),
  ].filter((text) => text !== "");

/** Words and quoted texts that occur in the formulas: candidates for relation, object and value map names. */
export function collectNames(definition: TransferDefinition): {
  readonly words: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
} {
  const words = new Set<string>();
  const texts = new Set<string>();
  for (const formula of collectFormulas(definition)) {
    for (const [, text = ""] of formula.matchAll(/"((?:[^"]|"")*)"/g)) texts.add(text.replaceAll('""', '"'));
    for (const [word] of formula.matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu)) words.add(word);
  }
  return { words, texts };
}

export const usesValueMap = (definition: TransferDefinition, name: string): boolean => {
  const { words, texts } = collectNames(definition);
  return texts.has(name) && [...words].some((word) => word.toUpperCase() === "MAPVALUE");
};
