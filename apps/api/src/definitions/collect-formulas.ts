/** All formula texts of a definition, to find what they name. */
import { listFunctionCalls, listLookups } from "@fieldbridge/formula";
import { mapFormulas, type NamedFormula, type TransferDefinition } from "@fieldbridge/model";

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
