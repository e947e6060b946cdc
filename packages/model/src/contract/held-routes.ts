/** Held records and their repair. */
import * as z from "zod";
import { heldRecord, heldRecordDetail, heldState } from "../held-record.ts";
import { run } from "../run.ts";
import { byId, defineRoutes, list, page } from "./route.ts";

export const heldRoutes = defineRoutes({
  listHeld: {
    method: "GET",
    path: "/held",
    right: "view",
    summary: "Held records",
    query: z.object({
      ...page,
      transferId: z.string().optional(),
      runId: z.string().optional(),
      state: heldState.default("open"),
      signature: z.string().optional(),
      assignee: z.string().optional(),
    }),
    response: list(heldRecord),
  },
  getHeld: {
    method: "GET",
    path: "/held/:id",
    right: "view",
    summary: "One held record with what was read, sent and answered",
    params: byId,
    response: heldRecordDetail,
  },
  rerunHeld: {
    method: "POST",
    path: "/held/rerun",
    right: "operate",
    summary: "Run exactly these held records again, read fresh from the source",
    body: z.strictObject({ ids: z.array(z.string()).min(1).max(10_000) }),
    response: z.object({ runs: z.array(run) }),
  },
  editHeld: {
    method: "POST",
    path: "/held/:id/edit",
    right: "operate",
    summary: "Run a held record once with corrected source values; the source keeps its own",
    params: byId,
    body: z.strictObject({
      /** By path in the source record that was held: `Unit`, `Account.No`, `Lines.0.Unit`. Numbers are text. */
      values: z
        .record(z.string(), z.union([z.string().max(100_000), z.boolean(), z.null()]))
        .refine((values) => Object.keys(values).length > 0, "Correct at least one value."),
      by: z.string().trim().min(1).max(200).default("somebody at this computer"),
    }),
    response: z.object({ held: heldRecordDetail, runs: z.array(run) }),
  },
  assignHeld: {
    method: "POST",
    path: "/held/:id/assign",
    right: "operate",
    summary: "Say who looks after a held record; null takes the name away",
    params: byId,
    body: z.strictObject({ assignee: z.string().trim().min(1).max(200).nullable() }),
    response: heldRecord,
  },
  reopenHeld: {
    method: "POST",
    path: "/held/:id/reopen",
    right: "operate",
    summary: "Open an ignored record again; it is due at once",
    params: byId,
    response: heldRecord,
  },
  ignoreHeld: {
    method: "POST",
    path: "/held/:id/ignore",
    right: "operate",
    summary: "Close a held record with a reason",
    params: byId,
    body: z.strictObject({ reason: z.string().min(1).max(1_000) }),
    response: heldRecord,
  },
});
