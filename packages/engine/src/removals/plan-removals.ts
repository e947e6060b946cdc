/** What would happen to one page of links whose records are gone; asks both systems anew and writes nothing. */
import type { Row } from "@fieldbridge/model";
import { settleLookups } from "../map/settle-lookups.ts";
import type { PlannedRemovals } from "../plan/transfer-plan.ts";
import { readPatiently, toChunks } from "../port-calls.ts";
import type { RecordLink, RunStore } from "../ports.ts";
import type { RunContext } from "../run-context.ts";
import { toShownText } from "../values/compare-values.ts";
import { decideRemoval, type Removal } from "./decide-removal.ts";
import { findAlive } from "./find-alive.ts";

const readTargets = async (
  { targetShape }: PlannedRemovals,
  keys: readonly string[],
  { plan, target, ...patience }: RunContext,
): Promise<Map<string, Row>> => {
  const { keyField } = plan.target;
  const rows = new Map<string, Row>();
  for (const chunk of toChunks(keys, target.limits.findBatch))
    for (const row of await readPatiently(patience, () => target.readByKeys(targetShape, keyField, chunk)))
      rows.set(toShownText(row[keyField]) ?? "", row);
  return rows;
};

/** In the order of the links. */
export async function planRemovals(
  removals: PlannedRemovals,
  links: readonly RecordLink[],
  context: RunContext & { readonly store: Pick<RunStore, "readTargetsInUse"> },
): Promise<Removal[]> {
  const keys = [...new Set(links.flatMap((link) => link.targetKey ?? []))];
  const sourceKeys = links.map((link) => link.sourceKey);
  const alive = await findAlive(removals, sourceKeys, context);
  const inUse = new Set(await context.store.readTargetsInUse(keys, sourceKeys));
  const rows = await readTargets(removals, keys, context);
  return settleLookups(links, context, (link) =>
    decideRemoval(
      removals,
      link,
      {
        alive: alive.has(link.sourceKey),
        inUse: link.targetKey !== null && inUse.has(link.targetKey),
        row: rows.get(link.targetKey ?? "") ?? null,
      },
      context,
    ),
  );
}
