/** A run for tests; only what a test is about needs to be given. */
import type { Run } from "@fieldbridge/model";

export const toRun = (change: Partial<Run> = {}): Run => ({
  id: "1",
  number: 12,
  transferId: "tr_a",
  transferName: "A to B",
  revision: 3,
  scope: { kind: "changes" },
  trigger: "manual",
  parameters: {},
  state: "queued",
  counts: { read: 0, filtered: 0, skipped: 0, unchanged: 0, created: 0, updated: 0, removed: 0, held: 0 },
  drift: null,
  group: null,
  phase: null,
  phaseMs: {},
  expected: null,
  sourceCalls: 0,
  targetCalls: 0,
  issues: [],
  queuedAt: "2026-11-20T12:00:00.000Z",
  resumeAt: null,
  startedAt: null,
  endedAt: null,
  ...change,
});
