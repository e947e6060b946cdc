/** Groups, their check and proposed order, and their runs. */
import { checkGroup, suggestOrder } from "@fieldbridge/engine";
import type { AppContext } from "../app-context.ts";
import { loadTransferContext } from "../definitions/load-transfer-context.ts";
import { advanceGroupRun } from "../groups/advance-group-run.ts";
import { startGroupRun } from "../groups/start-group-run.ts";
import type { Handlers } from "../http/handlers.ts";
import { alreadyRunning, changedMeanwhile, inUse, notValid, orNotFound } from "../problem.ts";
import { requestGroupStop } from "../stores/group-progress.store.ts";
import { findGroupRun, listGroupRuns } from "../stores/group-runs.store.ts";
import {
  findGroup,
  insertGroup,
  listGroups,
  readGroupTransfers,
  removeGroup,
  saveGroup,
} from "../stores/groups.store.ts";
import { findTransfer } from "../stores/transfers.store.ts";

export const groupHandlers = (
  context: AppContext,
): Pick<
  Handlers,
  | "listGroups"
  | "getGroup"
  | "createGroup"
  | "saveGroup"
  | "deleteGroup"
  | "checkGroup"
  | "suggestGroupOrder"
  | "startGroupRun"
  | "listGroupRuns"
  | "getGroupRun"
  | "stopGroupRun"
> => {
  const { db } = context;
  const getGroup = async (id: string) => orNotFound(await findGroup(db, id), `Group ${id}`);
  const getGroupRun = async (id: string) => orNotFound(await findGroupRun(db, id), `Group run ${id}`);
  return {
    listGroups: async () => {
      const items = await listGroups(db);
      return { items, next: null, total: items.length };
    },
    getGroup: ({ params }) => getGroup(params.id),
    createGroup: async ({ body }) => {
      if (!(await insertGroup(db, body.definition))) throw inUse(`The id ${body.definition.id} is taken.`);
      return getGroup(body.definition.id);
    },
    saveGroup: async ({ params, body }) => {
      const { definition, revision } = body;
      if (definition.id !== params.id)
        throw notValid(`The address says ${params.id}, the group calls itself ${definition.id}.`);
      const current = await getGroup(params.id);
      if (!(await saveGroup(db, definition, revision)))
        throw changedMeanwhile(
          `"${current.definition.name}" was changed by somebody else: it is at ${current.revision}, you know ${revision}.`,
        );
      return getGroup(params.id);
    },
    deleteGroup: async ({ params }) => {
      const { definition, lastRun } = await getGroup(params.id);
      if (lastRun?.state === "running")
        throw alreadyRunning(`"${definition.name}" is running; stop it, then delete.`);
      await removeGroup(db, params.id);
      return { ok: true };
    },
    checkGroup: async ({ body }) => {
      const ids = body.definition.members.map((member) => member.transfer);
      const issues = checkGroup(body.definition, await readGroupTransfers(db, ids));
      return { ok: issues.length === 0, issues };
    },
    suggestGroupOrder: async ({ body }) => {
      const found = await Promise.all(body.transfers.map((id) => findTransfer(db, id)));
      const transfers = await Promise.all(
        found.flatMap((transfer) =>
          transfer === undefined
            ? []
            : loadTransferContext(context, transfer.definition).then((schemas) => ({
                definition: transfer.definition,
                context: schemas,
              })),
        ),
      );
      return { members: suggestOrder(transfers) };
    },
    startGroupRun: ({ params }) => startGroupRun(context, params.id),
    listGroupRuns: async ({ params, query }) => {
      await getGroup(params.id);
      return listGroupRuns(db, params.id, query);
    },
    getGroupRun: ({ params }) => getGroupRun(params.id),
    stopGroupRun: async ({ params }) => {
      await getGroupRun(params.id);
      await requestGroupStop(db, params.id);
      await advanceGroupRun(context, params.id);
      return getGroupRun(params.id);
    },
  };
};
