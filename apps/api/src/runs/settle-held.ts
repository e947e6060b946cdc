/**
 * A create whose answer was lost and that cannot be searched is settled by a person, who has looked into the target.
 * The link and the run that goes on from it are stored together, so the record is never sent from both sides (I3).
 */
import {
  toParameterSet,
  type HeldRecordDetail,
  type Run,
  type RunParameters,
  type TransferDefinition,
} from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { notReady, notValid, orNotFound } from "../problem.ts";
import { findHeld } from "../stores/held.store.ts";
import { settlePendingLink } from "../stores/links.store.ts";
import { readRuns } from "../stores/runs.store.ts";
import { findRevision, findTransfer } from "../stores/transfers.store.ts";
import { callSystem, loadSchema } from "../systems/discover.ts";
import { chooseCompanies } from "./choose-companies.ts";
import { refuseWhileActive } from "./start-run.ts";

type Context = Pick<AppContext, "db" | "queue" | "systems">;

/** Throws a 400 problem where the target has no such record: a link to nothing would hold the record for good. */
async function checkExists(
  context: Context,
  definition: TransferDefinition,
  parameters: RunParameters,
  key: string,
): Promise<void> {
  const { connection, object } = definition.target;
  const { keyField } = orNotFound(await loadSchema(context, connection, object), `Object ${object}`);
  const shape = { object, fields: [keyField], one: {}, many: {} };
  const { target } = chooseCompanies(definition, parameters, new Date().toISOString());
  const rows = await callSystem(
    context,
    connection,
    (port) => port.readByKeys(shape, keyField, [key]),
    () => context.systems.openPort(connection, target),
  );
  if (rows.length === 0) throw notValid(`The target has no record of ${object} with the key ${key}.`);
}

export async function settleHeld(
  context: Context,
  id: string,
  targetKey: string | null,
): Promise<{ held: HeldRecordDetail; runs: Run[] }> {
  const { db, queue } = context;
  const held = orNotFound(await findHeld(db, id), `Held record ${id}`);
  if (held.state !== "open" || held.class !== "uncertain")
    throw notValid("It is known what became of this record; there is nothing to settle.");
  const transfer = orNotFound(await findTransfer(db, held.transferId), `Transfer ${held.transferId}`);
  const { published } = transfer;
  if (published === null) throw notReady(`"${transfer.name}" is not published.`);
  const { definition } = orNotFound(await findRevision(db, transfer.id, published), `Revision ${published}`);
  if (targetKey !== null) await checkExists(context, definition, held.parameters, targetKey);
  const owner = { transferId: transfer.id, parameters: toParameterSet(held.parameters) };
  const runId = await queue.addRun(
    {
      transferId: transfer.id,
      revision: published,
      scope: { kind: "held", heldIds: [id] },
      trigger: "re-run",
      parameters: held.parameters,
    },
    async (client) => {
      await refuseWhileActive(transfer)(client);
      if (!(await settlePendingLink(client, owner, { sourceKey: held.sourceKey, targetKey })))
        throw notValid("The answer has been found meanwhile; run the record again.");
    },
  );
  return {
    held: orNotFound(await findHeld(db, id), `Held record ${id}`),
    runs: await readRuns(db, [runId]),
  };
}
