/** All formula texts of a definition, to find what they name and to rename it in them. */
import { listFunctionCalls, listLookups } from "@fieldbridge/formula";
import type { Mappings, NamedFormula, Removals, TransferDefinition } from "@fieldbridge/model";

type Change = (formula: string) => string;

const mapValues = <T>(values: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));

const inMappings = (mappings: Mappings, change: Change): Mappings =>
  mapValues(mappings, (mapping) => ({
    ...mapping,
    value: change(mapping.value),
    ...(mapping.default !== undefined && { default: change(mapping.default) }),
  }));

const inFilter = <T extends { filter?: string | undefined }>(part: T, change: Change): T =>
  part.filter === undefined ? part : { ...part, filter: change(part.filter) };

const inRemovals = (removals: Removals, change: Change): Removals =>
  removals.mode === "ignore"
    ? removals
    : {
        ...removals,
        ...(removals.scope !== undefined && { scope: change(removals.scope) }),
        ...(removals.mode === "flag" &&
          removals.values !== undefined && { values: mapValues(removals.values, change) }),
      };

/** The definition with every formula replaced by what `change` makes of it. */
export function mapFormulas(definition: TransferDefinition, change: Change): TransferDefinition {
  const { match, lines, writeBacks, removals, totals } = definition;
  return {
    ...inFilter(definition, change),
    ...(match?.by === "keys" && { match: { ...match, keys: mapValues(match.keys, change) } }),
    mappings: inMappings(definition.mappings, change),
    ...(lines && {
      lines: lines.map((each) => ({
        ...inFilter(each, change),
        mappings: inMappings(each.mappings, change),
      })),
    }),
    ...(writeBacks && {
      writeBacks: writeBacks.map((each) => ({ ...each, values: mapValues(each.values, change) })),
    }),
    ...(removals && { removals: inRemovals(removals, change) }),
    ...(totals && {
      totals: totals.map(({ by, ...each }) => ({
        ...each,
        source: change(each.source),
        target: change(each.target),
        ...(by !== undefined && { by: change(by) }),
      })),
    }),
  };
}

export function collectFormulas(definition: TransferDefinition): string[] {
  const formulas: string[] = [];
  mapFormulas(definition, (formula) => {
    if (formula !== "") formulas.push(formula);
    return formula;
  });
  return formulas;
}

/** Named formulas that the formulas call, and those that these call, in the library's order. */
export function collectNamedFormulas<T extends NamedFormula>(
  formulas: readonly string[],
  library: readonly T[],
): T[] {
  const used = new Set<string>();
  const visit = (formula: string): void => {
    for (const { name } of listFunctionCalls(formula)) {
      const named = library.find((each) => each.name === name);
      if (named === undefined || used.has(name)) continue;
      used.add(name);
      visit(named.body);
    }
  };
  formulas.forEach(visit);
  return library.filter((each) => used.has(each.name));
}

/** Words and quoted texts that occur in the formulas: candidates for relation and object names; the checker judges. */
export function collectNames(formulas: readonly string[]): {
  readonly words: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
} {
  const words = new Set<string>();
  const texts = new Set<string>();
  for (const formula of formulas) {
    for (const [, text = ""] of formula.matchAll(/"((?:[^"]|"")*)"/g)) texts.add(text.replaceAll('""', '"'));
    for (const [word] of formula.matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu)) words.add(word);
  }
  return { words, texts };
}

/** Value maps that formulas name. */
export const collectValueMaps = (formulas: readonly string[]): ReadonlySet<string> =>
  new Set(
    formulas.flatMap((formula) =>
      listLookups(formula).flatMap((use) => (use.kind === "valueMap" ? use.object : [])),
    ),
  );
