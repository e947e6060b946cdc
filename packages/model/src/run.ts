/** A run is one execution of a transfer's revision; an outcome says what happened to one record in it. */
import * as z from "zod";
import { row } from "./cell.ts";
import { issue } from "./issue.ts";
import { runParameters } from "./parameters.ts";

export const outcomeAction = z.enum([
  "created",
  "updated",
  "unchanged",
  "skipped",
  "filtered",
  "removed",
  "held",
]);
export type OutcomeAction = z.infer<typeof outcomeAction>;

/** read = filtered + skipped + unchanged + created + updated + removed + held, always. */
export const runCounts = z.object({
  read: z.int(),
  filtered: z.int(),
  skipped: z.int(),
  unchanged: z.int(),
  created: z.int(),
  updated: z.int(),
  removed: z.int(),
  held: z.int(),
});
export type RunCounts = z.infer<typeof runCounts>;

export const runPhase = z.enum(["read", "filter", "map", "match", "write", "write-back", "log"]);
export type RunPhase = z.infer<typeof runPhase>;

export const runState = z.enum(["queued", "running", "finished", "stopped", "failed"]);
export type RunState = z.infer<typeof runState>;

/**
 * `records` runs exactly the named source keys, `held` the open held records; `compare` looks at all records of the
 * filter and every link, or at the named keys, and writes only where `repair` says so; `removals` searches for records
 * that disappeared from the source. All leave the cursor alone. `confirmed` is how many removals a person has
 * confirmed: no more than these, and of those found before.
 */
export const runScope = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("changes") }),
  z.strictObject({ kind: z.literal("records"), keys: z.array(z.string()).min(1).max(10_000) }),
  z.strictObject({ kind: z.literal("held"), heldIds: z.array(z.string()).max(10_000).optional() }),
  z.strictObject({
    kind: z.literal("compare"),
    repair: z.boolean(),
    keys: z.array(z.string()).min(1).max(10_000).optional(),
  }),
  z.strictObject({ kind: z.literal("removals"), confirmed: z.int().min(1).optional() }),
]);
export type RunScope = z.infer<typeof runScope>;

/**
 * How both sides of a record differ: the target has none, has other values, or the link points to a record that one
 * of the sides does not have any more.
 */
export const drift = z.enum(["missing", "different", "orphaned"]);
export type Drift = z.infer<typeof drift>;

export const run = z.object({
  id: z.string(),
  /** Counts up per installation: what people call the run. */
  number: z.int(),
  transferId: z.string(),
  transferName: z.string(),
  revision: z.int(),
  scope: runScope,
  trigger: z.enum(["manual", "schedule", "event", "re-run", "group"]),
  /** Values of the transfer's parameters, defaults filled in. */
  parameters: runParameters,
  state: runState,
  counts: runCounts,
  /** Records found to differ; null for a run that does not compare. */
  drift: z.int().nullable(),
  /** The group run that started it; null for all others. */
  group: z.object({ id: z.string(), name: z.string(), runId: z.string(), runNumber: z.int() }).nullable(),
  /** The phase the current page is in, while running. */
  phase: runPhase.nullable(),
  /** Milliseconds spent per phase so far. */
  phaseMs: z.partialRecord(runPhase, z.number()),
  /** Records expected in all, where the source could say. */
  expected: z.int().nullable(),
  sourceCalls: z.int(),
  targetCalls: z.int(),
  /** Why the run stopped, failed or waits. */
  issues: z.array(issue),
  queuedAt: z.iso.datetime(),
  /** A queued run that was put aside goes on then: a connection takes no calls, `issues` says why. */
  resumeAt: z.iso.datetime().nullable(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
});
export type Run = z.infer<typeof run>;

/**
 * API calls of one side against the fewest that its batch limits allow for what the run did. Sign-in, discovery,
 * counting and what was tried again are the difference. Null where the connection is gone.
 */
export const callReport = z.object({
  calls: z.int(),
  minimum: z.object({ reads: z.int(), finds: z.int(), writes: z.int() }).nullable(),
});
export type CallReport = z.infer<typeof callReport>;

/**
 * What formulas looked up in one object by one field: questions of all records, the different ones among them, and the
 * requests that answered those. `field` is null for LINKED(), which asks no system.
 */
export const lookupUse = z.object({
  object: z.string(),
  field: z.string().nullable(),
  questions: z.int(),
  different: z.int(),
  requests: z.int(),
});
export type LookupUse = z.infer<typeof lookupUse>;

/** Both sides of a total as exact decimals, over the records created, updated or found unchanged. */
export const totalReport = z.object({
  label: z.string(),
  /** Null where the total is not divided, or where the value to divide by is blank. */
  by: z.string().nullable(),
  source: z.string(),
  target: z.string(),
  /** Source minus target. */
  difference: z.string(),
  /** Records in the sums. */
  records: z.int(),
  /** Records of which one side could not be computed; they are in neither sum. */
  missing: z.int(),
});
export type TotalReport = z.infer<typeof totalReport>;

export const runReport = z.object({
  /** From the start to the end, or to now while it runs; null before the start. */
  seconds: z.number().nullable(),
  recordsPerSecond: z.number().nullable(),
  source: callReport,
  target: callReport,
  lookups: z.array(lookupUse),
  totals: z.array(totalReport),
});
export type RunReport = z.infer<typeof runReport>;

export const writeBackState = z.enum(["none", "done", "failed"]);

/** One changed value of a target record: `before` is what the target has now, null both for blank and for new. */
export const fieldDiff = z.object({
  path: z.string(),
  label: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  change: z.enum(["new", "changed", "same", "cleared", "left"]),
});
export type FieldDiff = z.infer<typeof fieldDiff>;

export const recordOutcome = z.object({
  id: z.string(),
  runId: z.string(),
  sourceKey: z.string(),
  /** What a person calls the record: its name field, else its key. */
  label: z.string(),
  action: outcomeAction,
  targetKey: z.string().nullable(),
  targetLabel: z.string().nullable(),
  /** Address of the written record for a person, where the system has one. */
  targetUrl: z.string().nullable(),
  /** Why it was filtered or skipped, or how both sides differ, in words. */
  reason: z.string().nullable(),
  /** What a compare found, also where it was repaired at once; null where both sides agree or nothing was compared. */
  drift: drift.nullable(),
  /** The values that differ: `before` is the target's, `after` what the transfer makes of the source. */
  differences: z.array(fieldDiff),
  issues: z.array(issue),
  writeBack: writeBackState,
  at: z.iso.datetime(),
});
export type RecordOutcome = z.infer<typeof recordOutcome>;

/** Failures of one run grouped by what caused them; `signature` is equal for equal causes. */
export const failureCause = z.object({
  signature: z.string(),
  title: z.string(),
  count: z.int(),
  issue,
  sampleLabels: z.array(z.string()),
  heldIds: z.array(z.string()),
});
export type FailureCause = z.infer<typeof failureCause>;

export const runEvent = z.object({
  runId: z.string(),
  transferId: z.string(),
  /** Its group, where a group run started it; told once more when that group run has moved on. */
  groupId: z.string().nullable(),
  state: runState,
  phase: runPhase.nullable(),
  counts: runCounts,
  expected: z.int().nullable(),
});
export type RunEvent = z.infer<typeof runEvent>;

/** What was read, made and answered for a held record, for the inspector. */
export const recordTrail = z.object({
  source: row.nullable(),
  sent: row.nullable(),
  answer: z.string().nullable(),
  steps: z.array(z.object({ path: z.string(), formula: z.string(), value: z.string() })),
});
export type RecordTrail = z.infer<typeof recordTrail>;
