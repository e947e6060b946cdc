/** Runs and what happened in them. */
import type { AppContext } from "../app-context.ts";
import { advanceGroupRun } from "../groups/advance-group-run.ts";
import type { Handlers } from "../http/handlers.ts";
import { orNotFound } from "../problem.ts";
import { repairDrift } from "../runs/repair-drift.ts";
import { reportRun } from "../runs/report-run.ts";
import { startRun } from "../runs/start-run.ts";
import { listCauses } from "../stores/held.store.ts";
import { listOutcomes } from "../stores/outcomes.store.ts";
import { findRun, listRuns, requestStops } from "../stores/runs.store.ts";

export const runHandlers = (
  context: AppContext,
): Pick<
  Handlers,
  | "startRun"
  | "listRuns"
  | "getRun"
  | "getRunReport"
  | "stopRun"
  | "repairDrift"
  | "listOutcomes"
  | "listCauses"
> => {
  const { db } = context;
  const getRun = async (id: string) => orNotFound(await findRun(db, id), `Run ${id}`);
  return {
    startRun: ({ params, body }) => startRun(context, params.id, body.scope, { parameters: body.parameters }),
    listRuns: ({ query }) => listRuns(db, query),
    getRun: ({ params }) => getRun(params.id),
    getRunReport: async ({ params }) => reportRun(context, await getRun(params.id)),
    stopRun: async ({ params }) => {
      const { group } = await getRun(params.id);
      await requestStops(db.pool, [params.id]);
      if (group !== null) await advanceGroupRun(context, group.runId);
      return getRun(params.id);
    },
    repairDrift: async ({ params }) => repairDrift(context, await getRun(params.id)),
    listOutcomes: async ({ params, query }) => {
      await getRun(params.id);
      return listOutcomes(db, params.id, query);
    },
    listCauses: async ({ params }) => {
      await getRun(params.id);
      const items = await listCauses(db, params.id);
      return { items, next: null, total: items.length };
    },
  };
};
