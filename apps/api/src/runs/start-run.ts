/** Starting of runs: by a person, by a re-run of held records, by the clock of held records. */
import {
  readParameterSet,
  type Run,
  type RunParameters,
  type RunScope,
  type Transfer,
  type TransferDefinition,
} from "@fieldbridge/model";
import type pg from "pg";
import type { AppContext } from "../app-context.ts";
import { alreadyRunning, notReady, orNotFound, ProblemError } from "../problem.ts";
import { groupDueHeld, groupOpenHeld, type HeldGroup } from "../stores/held.store.ts";
import { findRun, readRuns, type NewRun } from "../stores/runs.store.ts";
import { findRevision, findTransfer } from "../stores/transfers.store.ts";
import { fillParameters } from "./fill-parameters.ts";

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

function refuseWhereIgnored({ name }: Pick<Transfer, "name">, definition: TransferDefinition): void {
  if ((definition.removals?.mode ?? "ignore") === "ignore")
    throw notReady(`"${name}" ignores removed records; choose what happens to them and publish it.`);
}

export interface RunStart {
  readonly trigger?: Run["trigger"];
  readonly parameters?: RunParameters;
  /** The schedule that it is a run of. */
  readonly scheduleId?: string;
  /** Takes part in the transaction that stores the run; no run starts where it throws. */
  readonly claim?: (client: pg.ClientBase) => Promise<void>;
}

/** Queues a run of the published revision. Refused while a run of the transfer waits or executes. */
export async function startRun(
  context: Context,
  transferId: string,
  scope: RunScope,
  { trigger = "manual", parameters = {}, scheduleId, claim }: RunStart = {},
): Promise<Run> {
  const transfer = orNotFound(await findTransfer(context.db, transferId), `Transfer ${transferId}`);
  const revision = transfer.published;
  if (revision === null) throw notReady(`"${transfer.name}" was never published; publish it, then run it.`);
  const { definition } = orNotFound(
    await findRevision(context.db, transferId, revision),
    `Revision ${revision}`,
  );
  if (scope.kind === "removals") refuseWhereIgnored(transfer, definition);
  const values = await fillParameters(context, transfer, parameters);
  const id = await context.queue.addRun(
    { transferId, revision, scope, trigger, parameters: values, scheduleId },
    async (client) => {
      await refuseWhileActive(transfer)(client);
      await claim?.(client);
    },
  );
  return orNotFound(await findRun(context.db, id), `Run ${id}`);
}

/** Null where the transfer is not published. Held records keep the parameters they were held with. */
const toHeldRun = (
  { id, published }: Pick<Transfer, "id" | "published">,
  { parameters, ids }: HeldGroup,
  trigger: Run["trigger"],
): NewRun | null =>
  published === null
    ? null
    : {
        transferId: id,
        revision: published,
        scope: { kind: "held", heldIds: [...ids] },
        trigger,
        parameters: readParameterSet(parameters),
      };

/** One run per transfer and set of parameters over exactly these held records; it waits where the transfer is running. */
export async function rerunHeld({ db, queue }: Context, heldIds: readonly string[]): Promise<Run[]> {
  const ids: string[] = [];
  for (const group of await groupOpenHeld(db, heldIds)) {
    const transfer = await findTransfer(db, group.transferId);
    const run = transfer ? toHeldRun(transfer, group, "re-run") : null;
    if (run !== null) ids.push(await queue.addRun(run));
  }
  return readRuns(db, ids);
}

/**
 * Tries every held record that is due again. A transfer that is busy waits for the next tick, and so does its second
 * set of parameters.
 */
export async function rerunDueHeld({ db, queue }: Context): Promise<void> {
  for (const group of await groupDueHeld(db, DUE_PER_TRANSFER)) {
    const transfer = await findTransfer(db, group.transferId);
    const run = transfer ? toHeldRun(transfer, group, "schedule") : null;
    if (transfer === undefined || run === null) continue;
    await queue.addRun(run, refuseWhileActive(transfer)).catch((error: unknown) => {
      if (!(error instanceof ProblemError)) throw error;
    });
  }
}
