/** A row of `held_records` as people see it, and what every question about held records selects. */
import { heldRecord, issue, readParameterSet, type HeldRecord } from "@fieldbridge/model";
import * as z from "zod";
import { readJson } from "./json-text.ts";

export interface HeldRow {
  readonly id: string;
  readonly transfer_id: string;
  readonly transfer_name: string;
  readonly parameters: string;
  readonly source_key: string;
  readonly label: string;
  readonly step: string;
  readonly class: string;
  readonly signature: string;
  readonly issues: string;
  readonly state: string;
  readonly attempts: number;
  readonly first_run_id: string;
  readonly last_run_id: string;
  readonly next_attempt_at: Date | null;
  readonly held_since: Date;
  readonly closed_at: Date | null;
  readonly ignored_reason: string | null;
  readonly assignee: string | null;
}

export const toHeld = (row: HeldRow): HeldRecord => ({
  id: row.id,
  transferId: row.transfer_id,
  transferName: row.transfer_name,
  parameters: readParameterSet(row.parameters),
  sourceKey: row.source_key,
  label: row.label,
  step: heldRecord.shape.step.parse(row.step),
  class: heldRecord.shape.class.parse(row.class),
  signature: row.signature,
  issues: readJson(z.array(issue), row.issues),
  state: heldRecord.shape.state.parse(row.state),
  attempts: row.attempts,
  firstRunId: row.first_run_id,
  lastRunId: row.last_run_id,
  nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
  heldSince: row.held_since.toISOString(),
  closedAt: row.closed_at?.toISOString() ?? null,
  ignoredReason: row.ignored_reason,
  assignee: row.assignee,
});

export const columns = "held.*, transfers.name as transfer_name";
export const from = "from held_records held join transfers on transfers.id = held.transfer_id";

/** Records that failed in that run, whichever run failed on them last. */
export const inRun = (
  parameter: string,
) => `exists (select 1 from outcomes where outcomes.run_id = ${parameter}
  and outcomes.source_key = held.source_key and (outcomes.action = 'held' or outcomes.write_back = 'failed'))
  and (held.transfer_id, held.parameters) = (select transfer_id, parameters from runs where runs.id = ${parameter})`;
