/** Groups and their runs. */
import * as z from "zod";
import { groupDefinition, groupRun } from "../group.ts";
import { checkResult } from "./transfer-routes.ts";
import { byId, defineRoutes, done, list, page } from "./route.ts";

/** `revision` grows with every save. */
export const group = z.object({
  id: z.string(),
  definition: groupDefinition,
  revision: z.int(),
  lastRun: groupRun.nullable(),
  updatedAt: z.iso.datetime(),
});
export type Group = z.infer<typeof group>;

/** What a transfer should come after, and why in words. */
export const suggestedOrder = z.object({
  transfer: z.string(),
  after: z.array(z.object({ transfer: z.string(), reason: z.string() })),
});
export type SuggestedOrder = z.infer<typeof suggestedOrder>;

const definitionBody = z.strictObject({ definition: groupDefinition });

export const groupRoutes = defineRoutes({
  listGroups: {
    method: "GET",
    path: "/groups",
    right: "view",
    summary: "Groups by name",
    response: list(group),
  },
  getGroup: {
    method: "GET",
    path: "/groups/:id",
    right: "view",
    summary: "One group",
    params: byId,
    response: group,
  },
  createGroup: {
    method: "POST",
    path: "/groups",
    right: "design",
    summary: "Create a group",
    body: definitionBody,
    response: group,
  },
  saveGroup: {
    method: "PUT",
    path: "/groups/:id",
    right: "design",
    summary: "Save a group; refused with 409 where somebody saved a newer one",
    params: byId,
    body: z.strictObject({ definition: groupDefinition, revision: z.int() }),
    response: group,
  },
  deleteGroup: {
    method: "DELETE",
    path: "/groups/:id",
    right: "design",
    summary: "Delete a group and the history of its runs; the transfers stay",
    params: byId,
    response: done,
  },
  checkGroup: {
    method: "POST",
    path: "/groups/check",
    right: "view",
    summary: "Check a group without saving it",
    body: definitionBody,
    response: checkResult,
  },
  suggestGroupOrder: {
    method: "POST",
    path: "/groups/suggest-order",
    right: "view",
    summary: "The order that the transfers' own lookups and references ask for",
    body: z.strictObject({ transfers: z.array(z.string()).max(100) }),
    response: z.object({ members: z.array(suggestedOrder) }),
  },
  startGroupRun: {
    method: "POST",
    path: "/groups/:id/runs",
    right: "operate",
    summary: "Run a group; refused while it runs or has issues",
    params: byId,
    response: groupRun,
  },
  listGroupRuns: {
    method: "GET",
    path: "/groups/:id/runs",
    right: "view",
    summary: "Runs of a group, newest first",
    params: byId,
    query: z.object(page),
    response: list(groupRun),
  },
  getGroupRun: {
    method: "GET",
    path: "/group-runs/:id",
    right: "view",
    summary: "One run of a group",
    params: byId,
    response: groupRun,
  },
  stopGroupRun: {
    method: "POST",
    path: "/group-runs/:id/stop",
    right: "operate",
    summary: "Start no further member and ask the running ones to stop",
    params: byId,
    response: groupRun,
  },
});
