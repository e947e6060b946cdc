/** Starting of runs: by a person, by a re-run of held records, by the clock of held records. */
import {
  resolveParameters,
  type Run,
  type RunParameters,
  type RunScope,
  type Transfer,
} from "@fieldbridge/model";
import type pg from "pg";
import type { AppContext } from "../app-context.ts";
import { alreadyRunning, notReady, orNotFound, ProblemError, wrongParameters } from "../problem.ts";
import { groupDueHeld, groupOpenHeld } from "../stores/held.store.ts";
import { findRun, readRuns } from "../stores/runs.store.ts";
import { findRevision, findTransfer } from "../stores/transfers.store.ts";

type Context = Pick<AppContext, "db" | "queue">;

/** Held records of one transfer that are tried again in one run of the clock. */
const DUE_PER_TRANSFER = 5_000;

/** Refuses with 409 where a run of the transfer waits or executes; the lock makes two starts one after the other. */
export const refuseWhileActive =
  ({ id, name }: Pick<Transfer, "id" | "name">) =>
  async (client: pg.ClientBase): Promise<void> => {
    await client.query("select 1 from transfers where id = $1 for update", [id]);
    const { rows } = await client.query<{ number: number }>(
      "select number from runs where transfer_id = $1 and state in ('queued', 'running') limit 1",
      [id],
    );
    const active = rows[0];
    if (active !== undefined) throw alreadyRunning(`"${name}" runs already as run ${active.number}.`);
  };

/** With defaults filled in; refused with 422 and an issue for each that is missing, wrong or unknown. */
async function fillParameters(
  { db }: Context,
  { id, name }: Pick<Transfer, "id" | "name">,
  revision: number,
  given: RunParameters,
): Promise<RunParameters> {
  const { definition } = orNotFound(await findRevision(db, id, revision), `Revision ${revision}`);
  const { values, issues } = resolveParameters(definition.parameters, given);
  if (issues.length > 0)
    throw wrongParameters(
      `"${name}" cannot run with these parameters: ${issues.map(({ message }) => message).join(" ")}`,
      issues,
    );
  return values;
}

/** Queues a run of the published revision. Refused while a run of the transfer waits or executes. */
export async function startRun(
  context: Context,
  transferId: string,
  scope: RunScope,
  {
    trigger = "manual",
    parameters = {},
  }: { readonly trigger?: Run["trigger"]; readonly parameters?: RunParameters } = {},
): Promise<Run> {
  const transfer = orNotFound(await findTransfer(context.db, transferId), `Transfer ${transferId}`);
  const revision = transfer.published;
  if (revision === null) throw notReady(`"${transfer.name}" was never published; publish it, then run it.`);
  const values = await fillParameters(context, transfer, revision, parameters);
  const id = await context.queue.addRun(
    { transferId, revision, scope, trigger, parameters: values },
    refuseWhileActive(transfer),
  );
  return orNotFound(await findRun(context.db, id), `Run ${id}`);
}

/** One run per transfer over exactly these held records; it waits where the transfer is running. */
export async function rerunHeld(context: Context, heldIds: readonly string[]): Promise<Run[]> {
  const ids: string[] = [];
  for (const [transferId, held] of await groupOpenHeld(context.db, heldIds)) {
    const transfer = await findTransfer(context.db, transferId);
    if (transfer?.published == null) continue;
    const scope: RunScope = { kind: "held", heldIds: [...held] };
    const run = {
      transferId,
      revision: transfer.published,
      scope,
      trigger: "re-run",
      parameters: {},
    } as const;
    ids.push(await context.queue.addRun(run));
  }
  return readRuns(context.db, ids);
}

/** Tries every held record that is due again, one run per transfer; a transfer that is busy waits for the next tick. */
export async function rerunDueHeld(context: Context): Promise<void> {
  for (const [transferId, held] of await groupDueHeld(context.db, DUE_PER_TRANSFER)) {
    const scope: RunScope = { kind: "held", heldIds: [...held] };
    await startRun(context, transferId, scope, { trigger: "schedule" }).catch((error: unknown) => {
      if (!(error instanceof ProblemError)) throw error;
    });
  }
}
