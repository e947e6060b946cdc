/** What a value map lacks: values of the last 30 days it does not list, and those still held although it does by now. */
import type { StoredValueMap, UnknownValue } from "@fieldbridge/model";
import type { Database } from "../db/database.ts";
import { listHeldForValues, listUnknownSums } from "../stores/unknown-values.store.ts";

export async function listUnknownValues(
  db: Database,
  map: StoredValueMap,
): Promise<{ items: UnknownValue[]; next: null; total: number }> {
  const names = [map.name, ...map.formerNames];
  const [{ sums, total }, held] = await Promise.all([
    listUnknownSums(db, names),
    listHeldForValues(db, names),
  ]);
  const targets = new Map(map.entries.map((entry) => [entry.from, entry.to]));
  const items = sums
    .map(({ value, last_seen, last_run_id, ...sum }) => ({
      ...sum,
      value,
      lastSeen: last_seen,
      lastRunId: last_run_id,
      to: targets.get(value) ?? null,
      heldIds: held.get(value) ?? [],
    }))
    .filter(({ to, heldIds }) => to === null || heldIds.length > 0);
  return { items, next: null, total: total - (sums.length - items.length) };
}
