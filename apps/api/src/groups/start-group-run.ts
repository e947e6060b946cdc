/** Starting a group: refused while it runs or has issues; its first members are queued in the same transaction. */
import { checkGroup } from "@fieldbridge/engine";
import type { GroupRun } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { inTransaction } from "../db/transaction.ts";
import { alreadyRunning, notReady, orNotFound } from "../problem.ts";
import { insertGroupRun } from "../stores/group-progress.store.ts";
import { findGroupRun } from "../stores/group-runs.store.ts";
import { findGroup, readGroupTransfers } from "../stores/groups.store.ts";
import { advanceGroupRunWithin } from "./advance-group-run.ts";

export async function startGroupRun(
  context: Pick<AppContext, "db" | "queue">,
  groupId: string,
): Promise<GroupRun> {
  const { db } = context;
  const { definition } = orNotFound(await findGroup(db, groupId), `Group ${groupId}`);
  const transfers = await readGroupTransfers(
    db,
    definition.members.map((member) => member.transfer),
  );
  const issues = checkGroup(definition, transfers);
  if (issues.length > 0)
    throw notReady(
      `"${definition.name}" cannot run: ${issues.map((issue) => issue.message).join(" ")}`,
      issues,
    );
  const names = new Map(transfers.map((each) => [each.id, each.name]));
  const id = await inTransaction(db.pool, async (client) => {
    const inserted = await insertGroupRun(client, definition, names);
    if (inserted === undefined) throw alreadyRunning(`"${definition.name}" runs already.`);
    await advanceGroupRunWithin(context, client, inserted);
    return inserted;
  });
  return orNotFound(await findGroupRun(db, id), `Group run ${id}`);
}
