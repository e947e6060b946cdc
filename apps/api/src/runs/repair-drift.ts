/** Brings in step what a compare found: the records it named, or all of them where they are too many to name. */
import type { Run } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { notReady } from "../problem.ts";
import { listRepairable } from "../stores/outcomes.store.ts";
import { startRun } from "./start-run.ts";

/** As many keys as a scope may name. */
const MOST_NAMED = 10_000;

export async function repairDrift(context: Pick<AppContext, "db" | "queue">, run: Run): Promise<Run> {
  const keys = await listRepairable(context.db, run.id, MOST_NAMED + 1);
  if (keys.length === 0)
    throw notReady(`Run ${run.number} found no record that a run could create or update.`);
  return startRun(
    context,
    run.transferId,
    { kind: "compare", repair: true, ...(keys.length <= MOST_NAMED && { keys }) },
    { parameters: run.parameters },
  );
}
