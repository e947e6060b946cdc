/** A run as the tables hold it, and as the contract shows it. */
import { issue, readParameterSet, run, runPhase, runScope, type Run } from "@fieldbridge/model";
import * as z from "zod";
import { readJson } from "./json-text.ts";

export const runColumns = `runs.id, runs.number, runs.transfer_id, transfers.name as transfer_name, runs.revision,
  runs.scope, runs.trigger, runs.parameters, runs.state, runs.phase, runs.read, runs.filtered, runs.skipped, runs.unchanged,
  runs.created, runs.updated, runs.removed, runs.held, runs.drift, runs.phase_ms, runs.expected, runs.source_calls,
  runs.target_calls, runs.issues, runs.queued_at, runs.resume_at, runs.started_at, runs.ended_at,
  group_runs.id as group_run_id, group_runs.number as group_run_number, groups.id as group_id,
  groups.name as group_name`;
export const fromRuns = `from runs join transfers on transfers.id = runs.transfer_id
  left join group_run_members on group_run_members.run_id = runs.id
  left join group_runs on group_runs.id = group_run_members.group_run_id
  left join groups on groups.id = group_runs.group_id`;

export interface RunRow {
  readonly id: string;
  readonly number: number;
  readonly transfer_id: string;
  readonly transfer_name: string;
  readonly revision: number;
  readonly scope: string;
  readonly trigger: string;
  readonly parameters: string;
  readonly state: string;
  readonly phase: string | null;
  readonly read: number;
  readonly filtered: number;
  readonly skipped: number;
  readonly unchanged: number;
  readonly created: number;
  readonly updated: number;
  readonly removed: number;
  readonly held: number;
  readonly drift: number | null;
  readonly phase_ms: string;
  readonly expected: number | null;
  readonly source_calls: number;
  readonly target_calls: number;
  readonly issues: string;
  readonly queued_at: Date;
  readonly resume_at: Date | null;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
  readonly group_run_id: string | null;
  readonly group_run_number: number | null;
  readonly group_id: string | null;
  readonly group_name: string | null;
}

const toGroup = (row: RunRow): Run["group"] =>
  row.group_run_id === null || row.group_run_number === null || row.group_id === null
    ? null
    : {
        id: row.group_id,
        name: row.group_name ?? row.group_id,
        runId: row.group_run_id,
        runNumber: row.group_run_number,
      };

const phaseMs = z.partialRecord(runPhase, z.number());

export const toRun = (row: RunRow): Run => ({
  id: row.id,
  number: row.number,
  transferId: row.transfer_id,
  transferName: row.transfer_name,
  revision: row.revision,
  scope: readJson(runScope, row.scope),
  trigger: run.shape.trigger.parse(row.trigger),
  parameters: readParameterSet(row.parameters),
  state: run.shape.state.parse(row.state),
  counts: {
    read: row.read,
    filtered: row.filtered,
    skipped: row.skipped,
    unchanged: row.unchanged,
    created: row.created,
    updated: row.updated,
    removed: row.removed,
    held: row.held,
  },
  drift: row.drift,
  group: toGroup(row),
  phase: run.shape.phase.parse(row.phase),
  phaseMs: readJson(phaseMs, row.phase_ms),
  expected: row.expected,
  sourceCalls: row.source_calls,
  targetCalls: row.target_calls,
  issues: readJson(z.array(issue), row.issues),
  queuedAt: row.queued_at.toISOString(),
  resumeAt: row.resume_at?.toISOString() ?? null,
  startedAt: row.started_at?.toISOString() ?? null,
  endedAt: row.ended_at?.toISOString() ?? null,
});
