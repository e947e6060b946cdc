/** A held record is a failed record waiting for its next attempt; it is never dropped while open. */
import * as z from "zod";
import { cell } from "./cell.ts";
import { issue, issueClass } from "./issue.ts";
import { runParameters } from "./parameters.ts";
import { recordTrail } from "./run.ts";

export const heldState = z.enum(["open", "resolved", "ignored"]);

/**
 * `write-back` means that the target has the record and only the answer could not be stored in the source; `removal`
 * that the source record is gone and its target record could not be flagged or deleted.
 */
export const heldStep = z.enum(["record", "write-back", "removal"]);
export type HeldStep = z.infer<typeof heldStep>;

export const heldRecord = z.object({
  id: z.string(),
  transferId: z.string(),
  transferName: z.string(),
  /** Those of the run that held it; its next attempt has the same. */
  parameters: runParameters,
  sourceKey: z.string(),
  label: z.string(),
  step: heldStep,
  class: issueClass,
  /** Equal for equal causes. */
  signature: z.string(),
  issues: z.array(issue),
  state: heldState,
  attempts: z.int(),
  firstRunId: z.string(),
  lastRunId: z.string(),
  /** When it is tried again by itself; null where only a person can help. */
  nextAttemptAt: z.iso.datetime().nullable(),
  heldSince: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  /** Why a person chose to ignore it. */
  ignoredReason: z.string().nullable(),
  /** Who looks after it, as people name each other. */
  assignee: z.string().nullable(),
});
export type HeldRecord = z.infer<typeof heldRecord>;

/** Values a person corrected for one attempt, by their path in the source record (`Account.No`, `Lines.0.Unit`). */
export const heldEdit = z.object({
  at: z.iso.datetime(),
  by: z.string(),
  values: z.array(z.object({ path: z.string(), before: cell, after: cell })),
  /** The run that tried them; null while they wait for it. */
  runId: z.string().nullable(),
});
export type HeldEdit = z.infer<typeof heldEdit>;

/** `waitsFor` are the open held records of the parents that a waiting record needs first. */
export const heldRecordDetail = heldRecord.extend({
  trail: recordTrail,
  edits: z.array(heldEdit),
  waitsFor: z.array(heldRecord.pick({ id: true, label: true, transferName: true })),
});
export type HeldRecordDetail = z.infer<typeof heldRecordDetail>;
