/** Transfers: draft, check, preview, publish, files. */
import * as z from "zod";
import { issue } from "../issue.ts";
import { runParameters } from "../parameters.ts";
import { preview, previewSelection } from "../preview.ts";
import { run } from "../run.ts";
import { transferDefinition } from "../transfer.ts";
import { namedFormula } from "../named-formula.ts";
import { byId, defineRoutes, done, list, page } from "./route.ts";

/** A transfer as the list and the studio need it. `draftRevision` grows with every saved edit of the draft. */
export const transfer = z.object({
  id: z.string(),
  name: z.string(),
  definition: transferDefinition,
  draftRevision: z.int(),
  /** Number of the newest published revision; null for a draft that was never published. */
  published: z.int().nullable(),
  /** True where the draft differs from the published revision. */
  changed: z.boolean(),
  openHeld: z.int(),
  lastRun: run.nullable(),
  /** Set while the published revision pauses, because a system changed fields it uses; publishing ends it. */
  review: z.object({ since: z.iso.datetime(), issues: z.array(issue) }).nullable(),
  updatedAt: z.iso.datetime(),
});

export type Transfer = z.infer<typeof transfer>;

export const revision = z.object({
  number: z.int(),
  note: z.string(),
  publishedAt: z.iso.datetime(),
  definition: transferDefinition,
  /** The named formulas it calls, as they were when it was published. */
  namedFormulas: z.array(namedFormula),
});

export type Revision = z.infer<typeof revision>;

export const checkResult = z.object({ ok: z.boolean(), issues: z.array(issue) });

export type CheckResult = z.infer<typeof checkResult>;

export const transferRoutes = defineRoutes({
  listTransfers: {
    method: "GET",
    path: "/transfers",
    right: "view",
    summary: "All transfers",
    query: z.object({ ...page, search: z.string().optional() }),
    response: list(transfer),
  },
  createTransfer: {
    method: "POST",
    path: "/transfers",
    right: "design",
    summary: "Create a draft",
    body: z.strictObject({ definition: transferDefinition }),
    response: transfer,
  },
  getTransfer: {
    method: "GET",
    path: "/transfers/:id",
    right: "view",
    summary: "One transfer with its draft",
    params: byId,
    response: transfer,
  },
  saveDraft: {
    method: "PUT",
    path: "/transfers/:id/draft",
    right: "design",
    summary: "Save the draft; refused with 409 where somebody saved a newer one",
    params: byId,
    body: z.strictObject({ definition: transferDefinition, draftRevision: z.int() }),
    response: transfer,
  },
  deleteTransfer: {
    method: "DELETE",
    path: "/transfers/:id",
    right: "design",
    summary: "Delete a transfer, its revisions, links and held records",
    params: byId,
    response: done,
  },
  checkTransfer: {
    method: "POST",
    path: "/transfers/:id/check",
    right: "view",
    summary: "Check the draft",
    params: byId,
    response: checkResult,
  },
  previewTransfer: {
    method: "POST",
    path: "/transfers/:id/preview",
    right: "design",
    summary: "Dry run of the draft; nothing is written",
    params: byId,
    body: z.strictObject({ selection: previewSelection, parameters: runParameters.default({}) }),
    response: preview,
  },
  publishTransfer: {
    method: "POST",
    path: "/transfers/:id/publish",
    right: "design",
    summary: "Freeze the draft as the next revision",
    params: byId,
    body: z.strictObject({ draftRevision: z.int(), note: z.string().max(2_000).default("") }),
    response: revision,
  },
  listRevisions: {
    method: "GET",
    path: "/transfers/:id/revisions",
    right: "view",
    summary: "Published revisions, newest first",
    params: byId,
    response: list(revision),
  },
  getTransferFile: {
    method: "GET",
    path: "/transfers/:id/file",
    right: "view",
    summary: "The draft as canonical YAML",
    params: byId,
    response: z.object({ yaml: z.string() }),
  },
  getTransferSchema: {
    method: "GET",
    path: "/schemas/transfer.json",
    right: "view",
    summary: "JSON Schema of a transfer file",
    response: z.record(z.string(), z.unknown()),
  },
});
