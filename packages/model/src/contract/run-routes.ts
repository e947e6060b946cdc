/** Runs, their outcomes and causes. */
import * as z from "zod";
import { runParameters } from "../parameters.ts";
import {
  drift,
  failureCause,
  outcomeAction,
  recordOutcome,
  run,
  runReport,
  runScope,
  runState,
} from "../run.ts";
import { byId, defineRoutes, list, page } from "./route.ts";

export const runRoutes = defineRoutes({
  startRun: {
    method: "POST",
    path: "/transfers/:id/runs",
    right: "operate",
    summary: "Queue a run of the published revision",
    params: byId,
    body: z.strictObject({
      scope: runScope.default({ kind: "changes" }),
      /** Values of the transfer's parameters; those left out have their default. */
      parameters: runParameters.default({}),
    }),
    response: run,
  },
  listRuns: {
    method: "GET",
    path: "/runs",
    right: "view",
    summary: "Runs, newest first",
    query: z.object({
      ...page,
      transferId: z.string().optional(),
      state: runState.optional(),
      failed: z.stringbool().optional(),
    }),
    response: list(run),
  },
  getRun: {
    method: "GET",
    path: "/runs/:id",
    right: "view",
    summary: "One run",
    params: byId,
    response: run,
  },
  getRunReport: {
    method: "GET",
    path: "/runs/:id/report",
    right: "view",
    summary: "Speed of a run, and its API calls against the fewest possible",
    params: byId,
    response: runReport,
  },
  stopRun: {
    method: "POST",
    path: "/runs/:id/stop",
    right: "operate",
    summary: "Stop after the page being written",
    params: byId,
    response: run,
  },
  repairDrift: {
    method: "POST",
    path: "/runs/:id/repair",
    right: "operate",
    summary:
      "Queue a run that creates what a compare found missing and updates what differs; nothing is deleted",
    params: byId,
    response: run,
  },
  listOutcomes: {
    method: "GET",
    path: "/runs/:id/outcomes",
    right: "view",
    summary: "What happened to each record",
    params: byId,
    query: z.object({
      ...page,
      action: outcomeAction.optional(),
      /** `true` lists every record found to differ. */
      drift: z.enum(["true", ...drift.options]).optional(),
      search: z.string().optional(),
    }),
    response: list(recordOutcome),
  },
  listCauses: {
    method: "GET",
    path: "/runs/:id/causes",
    right: "view",
    summary: "Held records of a run grouped by cause",
    params: byId,
    response: list(failureCause),
  },
});
