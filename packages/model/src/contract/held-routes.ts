/** Held records and their repair. */
import * as z from "zod";
import { issueClass } from "../issue.ts";
import { heldRecord, heldRecordDetail, heldState } from "../held-record.ts";
import { run } from "../run.ts";
import { byId, defineRoutes, list, page } from "./route.ts";

/** What a list of held records is narrowed by; `heldAfter` counts in, `heldBefore` does not. */
const heldFilter = {
  transferId: z.string().optional(),
  runId: z.string().optional(),
  state: heldState.default("open"),
  class: issueClass.optional(),
  signature: z.string().optional(),
  assignee: z.string().optional(),
  /** Only records nobody looks after. */
  unassigned: z.stringbool().default(false),
  heldAfter: z.iso.datetime().optional(),
  heldBefore: z.iso.datetime().optional(),
};

/** How many records a filter leaves, split by what it could be narrowed with next. */
export const heldCounts = z.object({
  /** Whatever class the filter names. */
  classes: z.array(z.object({ class: issueClass, count: z.int() })),
  /** Whatever name the filter gives; null is nobody. */
  assignees: z.array(z.object({ assignee: z.string().nullable(), count: z.int() })),
});
export type HeldCounts = z.infer<typeof heldCounts>;

const heldIds = z.array(z.string()).min(1).max(10_000);
const assignee = z.string().trim().min(1).max(200).nullable();
const reason = z.string().min(1).max(1_000);

export const heldRoutes = defineRoutes({
  listHeld: {
    method: "GET",
    path: "/held",
    right: "view",
    summary: "Held records, newest first",
    query: z.object({ ...page, ...heldFilter }),
    response: list(heldRecord),
  },
  countHeld: {
    method: "GET",
    path: "/held/counts",
    right: "view",
    summary: "Held records by class of cause and by who looks after them",
    query: z.object(heldFilter),
    response: heldCounts,
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
    body: z.strictObject({ ids: heldIds }),
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
    body: z.strictObject({ assignee }),
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
    body: z.strictObject({ reason }),
    response: heldRecord,
  },
  assignManyHeld: {
    method: "POST",
    path: "/held/assign",
    right: "operate",
    summary: "Say who looks after these held records; null takes the name away",
    body: z.strictObject({ ids: heldIds, assignee }),
    response: z.object({ changed: z.int() }),
  },
  ignoreManyHeld: {
    method: "POST",
    path: "/held/ignore",
    right: "operate",
    summary: "Close these held records with one reason; those that are not open any more are left alone",
    body: z.strictObject({ ids: heldIds, reason }),
    response: z.object({ changed: z.int() }),
  },
  settleHeld: {
    method: "POST",
    path: "/held/:id/settle",
    right: "operate",
    summary: "Say what became of a create whose answer was lost, and run the record again",
    params: byId,
    /** The key of the record it became in the target; null where there is none, so that it is sent again. */
    body: z.strictObject({ targetKey: z.string().trim().min(1).max(400).nullable() }),
    response: z.object({ held: heldRecordDetail, runs: z.array(run) }),
  },
});
