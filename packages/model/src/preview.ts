/** A preview is a dry run: the same line as a run with the writes replaced by a comparison. */
import * as z from "zod";
import { row } from "./cell.ts";
import { issue } from "./issue.ts";
import { fieldDiff, outcomeAction, runCounts } from "./run.ts";

export const previewSelection = z.discriminatedUnion("kind", [
  /** The first records the next run would take. */
  z.strictObject({ kind: z.literal("next"), limit: z.int().min(1).max(200) }),
  z.strictObject({ kind: z.literal("records"), keys: z.array(z.string()).min(1).max(200) }),
  /** Linked records that have disappeared from the source: all are counted, the first ones shown. */
  z.strictObject({ kind: z.literal("removals"), limit: z.int().min(1).max(200) }),
]);
export type PreviewSelection = z.infer<typeof previewSelection>;

/** `action` is what a run would do. `lines` holds the diff of each child row, in order. */
export const previewRecord = z.object({
  sourceKey: z.string(),
  label: z.string(),
  action: outcomeAction,
  reason: z.string().nullable(),
  targetKey: z.string().nullable(),
  source: row,
  payload: row.nullable(),
  diff: z.array(fieldDiff),
  lines: z.array(z.object({ relation: z.string(), rows: z.array(z.array(fieldDiff)) })),
  writeBacks: z.array(z.object({ object: z.string(), key: z.string().nullable(), diff: z.array(fieldDiff) })),
  steps: z.array(z.object({ path: z.string(), formula: z.string(), value: z.string() })),
  issues: z.array(issue),
});
export type PreviewRecord = z.infer<typeof previewRecord>;

export const preview = z.object({
  counts: runCounts,
  /** Records the next run would read in all, where the source can count; for removals, all linked records. */
  matching: z.int().nullable(),
  records: z.array(previewRecord),
  sourceCalls: z.int(),
  targetCalls: z.int(),
});
export type Preview = z.infer<typeof preview>;
