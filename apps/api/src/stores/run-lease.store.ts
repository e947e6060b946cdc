/**
 * Who executes a run. A worker claims it with a lease and renews that lease while it works; a run whose lease is
 * over is taken up by the next worker, with its counts and its transfer's cursor where they were (I9).
 */
import type { Issue, LookupUse, RunPhase } from "@fieldbridge/model";
import type pg from "pg";
import type { Database } from "../db/database.ts";
import { writeJson } from "./json-text.ts";
import { RUN_CHANNEL } from "./runs.store.ts";

/** How long a worker that does not renew keeps its run. */
export const LEASE_SECONDS = 15;

/** The run was taken over by another worker; whatever this one still does must not be stored. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

const UNIQUE_VIOLATION = "23505";

/** True where the run is now this worker's; false where another worker has it or its transfer runs already. */
export async function claimRun(db: Database, runId: string, workerId: string): Promise<boolean> {
  try {
    const { rowCount } = await db.pool.query(
      `with claimed as (
         update runs set state = 'running', worker_id = $2, started_at = coalesce(started_at, now()),
           resume_at = null, issues = '[]', lease_until = now() + make_interval(secs => $3)
         where id = $1 and ((state = 'queued' and (resume_at is null or resume_at <= now()))
             or (state = 'running' and (lease_until is null or lease_until < now())))
           and not exists (select 1 from runs other
             where other.transfer_id = runs.transfer_id and other.state = 'running' and other.id <> runs.id)
         returning id
       ) select pg_notify('${RUN_CHANNEL}', id) from claimed`,
      [runId, workerId, LEASE_SECONDS],
    );
    return rowCount === 1;
  } catch (error) {
    // Two workers claimed two runs of one transfer in the same instant; the index lets one through.
    if (error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION) return false;
    throw error;
  }
}

/** How far a run is between its pages; calls are those of the whole run. */
export interface RunPulse {
  readonly phase: RunPhase | null;
  readonly expected: number | null;
  readonly sourceCalls: number;
  readonly targetCalls: number;
  readonly lookups: readonly LookupUse[];
}

/** Answers whether somebody asked for a stop. Throws `LeaseLost` where the run is no longer this worker's. */
export async function renewLease(
  db: Database,
  runId: string,
  workerId: string,
  pulse: RunPulse,
): Promise<{ stop: boolean }> {
  const { rows } = await db.pool.query<{ stop: boolean }>(
    `with renewed as (
       update runs set lease_until = now() + make_interval(secs => $3), phase = $4,
         expected = coalesce($5, expected), source_calls = $6, target_calls = $7, lookups = $8
       where id = $1 and worker_id = $2 and state = 'running'
       returning id, stop_requested_at is not null as stop
     ) select stop, pg_notify('${RUN_CHANNEL}', id) from renewed`,
    [
      runId,
      workerId,
      LEASE_SECONDS,
      pulse.phase,
      pulse.expected,
      pulse.sourceCalls,
      pulse.targetCalls,
      writeJson(pulse.lookups),
    ],
  );
  const row = rows[0];
  if (row === undefined) throw new LeaseLost(runId);
  return row;
}

/** Gives the run back unfinished, for a clean shutdown: the next worker goes on with it at once. */
export async function releaseRun(db: Database, runId: string, workerId: string): Promise<void> {
  await db.pool.query(
    "update runs set worker_id = null, lease_until = null where id = $1 and worker_id = $2 and state = 'running'",
    [runId, workerId],
  );
}

/** Puts the run back into the queue until a connection takes calls again; `issues` say why it waits. */
export async function putRunAside(
  client: pg.ClientBase,
  runId: string,
  workerId: string,
  end: { resumeAfterMs: number; issues: readonly Issue[]; pulse: RunPulse },
): Promise<void> {
  const { pulse } = end;
  await client.query(
    `update runs set state = case when stop_requested_at is null then 'queued' else 'stopped' end,
       ended_at = case when stop_requested_at is null then null else now() end,
       resume_at = case when stop_requested_at is null then now() + make_interval(secs => $3) end,
       issues = $4, phase = null, worker_id = null, lease_until = null,
       expected = coalesce($5, expected), source_calls = $6, target_calls = $7
     where id = $1 and worker_id = $2 and state = 'running'`,
    [
      runId,
      workerId,
      end.resumeAfterMs / 1_000,
      writeJson(end.issues),
      pulse.expected,
      pulse.sourceCalls,
      pulse.targetCalls,
    ],
  );
  await client.query("select pg_notify($1, $2)", [RUN_CHANNEL, runId]);
}

/** Ends the run inside the caller's transaction; nothing happens where it is no longer this worker's. */
export async function finishRun(
  client: pg.ClientBase,
  runId: string,
  workerId: string,
  end: { state: "finished" | "stopped" | "failed"; issues: readonly Issue[]; pulse: RunPulse },
): Promise<void> {
  const { pulse } = end;
  await client.query(
    `update runs set state = $3, issues = $4, phase = null, ended_at = now(), lease_until = null,
       expected = coalesce($5, expected), source_calls = $6, target_calls = $7, lookups = $8
     where id = $1 and worker_id = $2 and state = 'running'`,
    [
      runId,
      workerId,
      end.state,
      writeJson(end.issues),
      pulse.expected,
      pulse.sourceCalls,
      pulse.targetCalls,
      writeJson(pulse.lookups),
    ],
  );
  await client.query("select pg_notify($1, $2)", [RUN_CHANNEL, runId]);
}

/**
 * Runs a worker could take up now, oldest first and one per transfer. `orphansOfAll` treats every running run as
 * left behind: right for the only worker of an embedded database at its start.
 */
export async function listRunnable(db: Database, orphansOfAll = false): Promise<readonly string[]> {
  if (orphansOfAll)
    await db.pool.query("update runs set worker_id = null, lease_until = null where state = 'running'");
  const { rows } = await db.pool.query<{ id: string }>(
    `select distinct on (transfer_id) id from runs
     where (state = 'running' and (lease_until is null or lease_until < now()))
       or (state = 'queued' and (resume_at is null or resume_at <= now()) and not exists (select 1 from runs other where other.transfer_id = runs.transfer_id
         and other.state = 'running' and other.lease_until >= now()))
     order by transfer_id, state desc, number`,
  );
  return rows.map((row) => row.id);
}

/** The next run that waits for this transfer and may start; undefined where none does. */
export async function findNextQueued(db: Database, transferId: string): Promise<string | undefined> {
  const { rows } = await db.pool.query<{ id: string }>(
    `select id from runs where transfer_id = $1 and state = 'queued' and (resume_at is null or resume_at <= now())
     order by number limit 1`,
    [transferId],
  );
  return rows[0]?.id;
}
