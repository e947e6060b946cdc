/** Evaluates a page until every lookup in it is answered: one round of fetches per level of nesting. */
import { invariant } from "../invariant.ts";
import type { RunContext } from "../run-context.ts";

/** Lookups inside lookups: a formula has at most 64 levels. */
const mostRounds = 65;

/** `evaluate` gives null while something it needs is not fetched yet. Results come in the order of the items. */
export async function settleLookups<T, R>(
  items: readonly T[],
  { lookups }: Pick<RunContext, "lookups">,
  evaluate: (item: T, index: number) => R | null,
): Promise<R[]> {
  const results = items.map(evaluate);
  for (let round = 0; results.includes(null) && round < mostRounds; round += 1) {
    await lookups.fetch();
    items.forEach((item, index) => {
      if (results[index] === null) results[index] = evaluate(item, index);
    });
  }
  return results.map((result) => {
    invariant(result !== null, "Every lookup is answered after as many rounds as a formula has levels.");
    return result;
  });
}
