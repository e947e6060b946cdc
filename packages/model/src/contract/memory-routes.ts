/** What a transfer remembers: its cursor and its links. */
import * as z from "zod";
import { runParameters } from "../parameters.ts";
import { byId, defineRoutes, done, list, page } from "./route.ts";

/** Where the next run starts to read: at `place` (a stamp of the source), or at the beginning where that is null. */
export const transferCursor = z.object({
  place: z.string().nullable(),
  /** A run was interrupted and the next one goes on behind this record. */
  behindKey: z.string().nullable(),
  /** Null where every run reads all records: nothing but the beginning can be chosen then. */
  stampField: z.string().nullable(),
  movedAt: z.iso.datetime().nullable(),
});

export type TransferCursor = z.infer<typeof transferCursor>;

export const linkState = z.enum(["pending", "linked", "gone", "flagged"]);

/**
 * Which record of the source became which of the target; pending where a write's answer is not confirmed yet, gone
 * where the source lost its record and the target was not told so far, flagged where it was.
 */
export const transferLink = z.object({
  /** Those of the runs it belongs to. */
  parameters: runParameters,
  sourceKey: z.string(),
  targetKey: z.string().nullable(),
  /** Addresses where a person sees the records; null where a system has none. */
  sourceUrl: z.string().nullable(),
  targetUrl: z.string().nullable(),
  state: linkState,
  at: z.iso.datetime(),
});

export type TransferLink = z.infer<typeof transferLink>;

/** What became of each line of an import; refused lines change nothing, the others are stored. */
export const linkImport = z.object({
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  refused: z.array(z.object({ line: z.int(), reason: z.string() })),
});

export type LinkImport = z.infer<typeof linkImport>;

/** Records found missing in the source, whose target records wait for a run or a confirmation to be removed. */
export const pendingRemovals = z.object({
  /** Records the transfer has linked, those found missing included. */
  linked: z.int(),
  gone: z.int(),
  /** Null where the published revision ignores removals. */
  mode: z.enum(["flag", "delete"]).nullable(),
  /** The first ones, as the target names them. */
  sample: z.array(z.object({ sourceKey: z.string(), targetKey: z.string(), label: z.string() })),
});

export type PendingRemovals = z.infer<typeof pendingRemovals>;

/** In a query: values of the transfer's parameters as a JSON object; those left out have their default. */
const parametersText = z.string().max(10_000).optional();

/** The instant to go back to; null is the beginning. Each set of parameters has a cursor of its own. */
const rewind = z.strictObject({ from: z.iso.datetime().nullable(), parameters: runParameters.default({}) });

export const memoryRoutes = defineRoutes({
  getCursor: {
    method: "GET",
    path: "/transfers/:id/cursor",
    right: "view",
    summary: "How far the published revision has read, with these parameters",
    params: byId,
    query: z.object({ parameters: parametersText }),
    response: transferCursor,
  },
  previewCursor: {
    method: "POST",
    path: "/transfers/:id/cursor/preview",
    right: "operate",
    summary: "How many records would be read once more after going back",
    params: byId,
    body: rewind,
    /** `more` is true where counting ended before the last record. */
    response: z.object({ count: z.int(), more: z.boolean() }),
  },
  moveCursor: {
    method: "PUT",
    path: "/transfers/:id/cursor",
    right: "administer",
    summary: "Go back, so that the next run reads records once more; refused while a run waits or executes",
    params: byId,
    body: rewind,
    response: transferCursor,
  },
  listLinks: {
    method: "GET",
    path: "/transfers/:id/links",
    right: "view",
    summary:
      "Links of a transfer by source key, of all parameters or of these; the search looks into both keys",
    params: byId,
    query: z.object({ ...page, search: z.string().optional(), parameters: parametersText }),
    response: list(transferLink),
  },
  exportLinks: {
    method: "GET",
    path: "/transfers/:id/links/export",
    right: "view",
    summary: "All links as CSV; a key that a spreadsheet would take for a formula is led by an apostrophe",
    params: byId,
    response: z.object({ csv: z.string() }),
  },
  importLinks: {
    method: "POST",
    path: "/transfers/:id/links/import",
    right: "administer",
    summary: "Add or change links from CSV with the columns sourceKey and targetKey",
    params: byId,
    /** `check` reports what would happen and stores nothing. */
    body: z.strictObject({
      csv: z.string().max(15_000_000),
      check: z.boolean().default(false),
      parameters: runParameters.default({}),
    }),
    response: linkImport,
  },
  listRemovals: {
    method: "GET",
    path: "/transfers/:id/removals",
    right: "view",
    summary: "Records found missing in the source that are not removed from the target yet",
    params: byId,
    query: z.object({ parameters: parametersText }),
    response: pendingRemovals,
  },
  deleteLink: {
    method: "DELETE",
    path: "/transfers/:id/links/:sourceKey",
    right: "operate",
    summary: "Forget one link; the record is matched or created anew when it is read again",
    params: z.object({ id: z.string(), sourceKey: z.string() }),
    query: z.object({ parameters: parametersText }),
    response: done,
  },
});
