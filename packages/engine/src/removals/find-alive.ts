/** Which linked records are still part of the transfer: the source has them, and they meet the scope of removals. */
import { toIssue, type Row } from "@fieldbridge/model";
import { evaluatePlanned } from "../map/evaluate-planned.ts";
import type { PlannedRemovals } from "../plan/transfer-plan.ts";
import { readPatiently } from "../port-calls.ts";
import { Fault } from "../ports.ts";
import type { RunContext } from "../run-context.ts";
import { toShownText } from "../values/compare-values.ts";

/** A condition that cannot be judged is no reason to remove anything. */
export const isInScope = ({ scope }: PlannedRemovals, row: Row, context: RunContext): boolean => {
  if (scope === null) return true;
  const result = evaluatePlanned(scope, row, context);
  return result.state !== "value" || result.value === true;
};

/**
 * Those of the keys whose records live on. Throws where the source answers with records nobody asked for: from such
 * an answer nothing follows about the ones that are missing.
 */
export async function findAlive(
  removals: PlannedRemovals,
  keys: readonly string[],
  context: RunContext,
): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const { keyField } = context.plan.source;
  const rows = await readPatiently(context, () =>
    context.source.readByKeys(removals.sourceShape, keyField, keys),
  );
  const asked = new Set(keys);
  const found = rows.map((row) => ({ key: toShownText(row[keyField]) ?? "", row }));
  const foreign = found.find(({ key }) => !asked.has(key));
  if (foreign !== undefined) {
    const message = `The source was asked for linked records and answered with another one: ${foreign.key}.`;
    throw new Fault(toIssue("CON-607", "removals", message), { retryable: false });
  }
  return new Set(found.filter(({ row }) => isInScope(removals, row, context)).map(({ key }) => key));
}
