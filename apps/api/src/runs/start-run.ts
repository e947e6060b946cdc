/** Starting of runs: by a person, by a re-run of held records, by the clock of held records. */
import type { Run, RunScope } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { alreadyRunning, notReady, orNotFound } from "../problem.ts";
import { groupOpenHeld } from "../stores/held.store.ts";
import { findRun, readRuns } from "../stores/runs.store.ts";
import { findTransfer } from "../stores/transfers.store.ts";

type Context = Pick<AppContext, "db" | "queue">;

/** Queues a run of the published revision. Refused while a run of the transfer waits or executes. */
export async function startRun(
  context: Context,
  transferId: string,
  scope: RunScope,
  trigger: Run["trigger"] = "manual",
): Promise<Run> {
  const transfer = orNotFound(await findTransfer(context.db, transferId), `Transfer ${transferId}`);
  const revision = transfer.published;
  if (revision === null) throw notReady(`"${transfer.name}" was never published; publish it, then run it.`);
  const id = await context.queue.addRun({ transferId, revision, scope, trigger }, async (client) => {
    // The lock makes two people who press Run in the same instant one after the other.
    await client.query("select 1 from transfers where id = $1 for update", [transferId]);
    const { rows } = await client.query<{ number: number }>(
      "select number from runs where transfer_id = $1 and state in ('queued', 'running') limit 1",
      [transferId],
    );
    const active = rows[0];
    if (active !== undefined)
      throw alreadyRunning(`"${transfer.name}" runs already as run ${active.number}.`);
  });
  return orNotFound(await findRun(context.db, id), `Run ${id}`);
}

/** One run per transfer over exactly these held records; it waits where the transfer is running. */
export async function rerunHeld(
  context: Context,
  heldIds: readonly string[],
  trigger: Run["trigger"] = "re-run",
): Promise<Run[]> {
  const groups = await groupOpenHeld(context.db, heldIds);
  const ids: string[] = [];
  for (const [transferId, held] of groups) {
    const transfer = await findTransfer(context.db, transferId);
    if (transfer?.published == null) continue;
    const scope: RunScope = { kind: "held", heldIds: [...held] };
    ids.push(await context.queue.addRun({ transferId, revision: transfer.published, scope, trigger }));
  }
  return readRuns(context.db, ids);
}
