/**
 * Takes the steps a group run is due: when a member's run has ended, when somebody asked for a stop, and with every
 * sweep of a worker, which finds what a crash left between the end of one member and the start of the next.
 */
import { decideGroupStep, fillMemberParameters, type GroupStepMember } from "@fieldbridge/engine";
import type { GroupDefinition, GroupMember, RunParameters } from "@fieldbridge/model";
import type pg from "pg";
import type { AppContext } from "../app-context.ts";
import { inTransaction } from "../db/transaction.ts";
import {
  listOpenGroupRuns,
  lockGroupRun,
  storeGroupStep,
  type StoredGroupMember,
} from "../stores/group-progress.store.ts";

type Context = Pick<AppContext, "db" | "queue">;

/** A member with what its run would get. */
interface Candidate extends GroupStepMember {
  readonly revision: number | null;
  readonly parameters: RunParameters;
}

function toCandidate(group: GroupDefinition, member: GroupMember, stored: StoredGroupMember): Candidate {
  const { published, name, state, run } = stored;
  const filled = fillMemberParameters(group, member, published?.definition.parameters);
  const [issue] = filled.issues;
  return {
    ...member,
    name,
    state,
    run,
    obstacle: published === null ? `${name} was deleted or never published.` : (issue?.message ?? null),
    revision: published?.revision ?? null,
    parameters: filled.values,
  };
}

/** Part of the caller's transaction. */
export async function advanceGroupRunWithin(
  { queue }: Pick<Context, "queue">,
  client: pg.ClientBase,
  id: string,
): Promise<void> {
  // A queued run that is asked to stop has stopped at once, which may be the end of the group run.
  for (let stopped = 1; stopped > 0;) {
    const stored = await lockGroupRun(client, id);
    if (stored === undefined) return;
    const { definition, stopRequested } = stored;
    const members = definition.members.flatMap((member) => {
      const found = stored.members.find((each) => each.transfer === member.transfer);
      return found === undefined ? [] : toCandidate(definition, member, found);
    });
    const step = decideGroupStep({ members, stopRequested });
    const started = new Map<string, string>();
    for (const { transfer, revision, parameters } of members)
      if (step.start.includes(transfer) && revision !== null)
        started.set(
          transfer,
          // It waits in the queue where its transfer is running already.
          await queue.addRunWithin(client, {
            transferId: transfer,
            revision,
            scope: { kind: "changes" },
            trigger: "group",
            parameters,
          }),
        );
    stopped = await storeGroupStep(client, id, step, started);
  }
}

export const advanceGroupRun = (context: Context, id: string): Promise<void> =>
  inTransaction(context.db.pool, (client) => advanceGroupRunWithin(context, client, id));

export async function advanceGroupRuns(context: Context): Promise<void> {
  for (const id of await listOpenGroupRuns(context.db)) await advanceGroupRun(context, id);
}
