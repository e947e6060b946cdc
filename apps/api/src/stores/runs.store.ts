/** Runs as people see them: queued, listed, read, asked to stop. Who executes one is in `run-lease.store.ts`. */
import { randomUUID } from "node:crypto";
import {
  lookupUse,
  toParameterSet,
  type LookupUse,
  type Run,
  type RunParameters,
  type RunScope,
  type RunState,
} from "@fieldbridge/model";
import type pg from "pg";
import * as z from "zod";
import type { Database } from "../db/database.ts";
import { readJson, writeJson } from "./json-text.ts";
import { readMark, toMark } from "./keyset.ts";
import { fromRuns, runColumns, toRun, type RunRow } from "./run-row.ts";

/** Channel on which every change of a run is told, with its id as payload. */
export const RUN_CHANNEL = "fieldbridge_run";

export interface NewRun {
  readonly transferId: string;
  readonly revision: number;
  readonly scope: RunScope;
  readonly trigger: Run["trigger"];
  readonly parameters: RunParameters;
  readonly scheduleId?: string | undefined;
}

/** Part of the caller's transaction, so that the run and its queue job appear together or not at all. */
export async function insertRun(client: pg.ClientBase, run: NewRun): Promise<string> {
  const id = randomUUID();
  await client.query(
    `insert into runs (id, transfer_id, revision, scope, trigger, parameters, drift, schedule_id, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'queued')`,
    [
      id,
      run.transferId,
      run.revision,
      writeJson(run.scope),
      run.trigger,
      toParameterSet(run.parameters),
      run.scope.kind === "compare" ? 0 : null,
      run.scheduleId ?? null,
    ],
  );
  await client.query("select pg_notify($1, $2)", [RUN_CHANNEL, id]);
  return id;
}

/** In the order of `ids`; unknown ones are left out. */
export async function readRuns(db: Database, ids: readonly string[]): Promise<Run[]> {
  const { rows } = await db.pool.query<RunRow>(`select ${runColumns} ${fromRuns} where runs.id = any($1)`, [
    ids,
  ]);
  const byId = new Map(rows.map((row) => [row.id, toRun(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export const findRun = async (db: Database, id: string): Promise<Run | undefined> =>
  (await readRuns(db, [id]))[0];

export interface RunFilter {
  readonly transferId?: string | undefined;
  readonly state?: RunState | undefined;
  /** True: only runs that failed or left held records; false: only the others. */
  readonly failed?: boolean | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** Newest first. */
export async function listRuns(
  db: Database,
  filter: RunFilter,
): Promise<{ items: Run[]; next: string | null; total: number }> {
  const where = `where ($1::text is null or runs.transfer_id = $1) and ($2::text is null or runs.state = $2)
    and ($3::bool is null or (runs.state = 'failed' or runs.held > 0) = $3)`;
  const values = [filter.transferId ?? null, filter.state ?? null, filter.failed ?? null];
  const [below] = filter.after === undefined ? [null] : readMark(z.tuple([z.int()]), filter.after);
  const [rows, count] = await Promise.all([
    db.pool.query<RunRow>(
      `select ${runColumns} ${fromRuns} ${where} and ($4::int is null or runs.number < $4)
       order by runs.number desc limit $5`,
      [...values, below, filter.limit + 1],
    ),
    db.pool.query<{ total: number }>(`select count(*)::int as total ${fromRuns} ${where}`, values),
  ]);
  const items = rows.rows.slice(0, filter.limit).map(toRun);
  const last = items.at(-1);
  return {
    items,
    next: rows.rows.length > filter.limit && last ? toMark([last.number]) : null,
    total: count.rows[0]?.total ?? 0,
  };
}

/** Runs that wait or execute, of one transfer or of all, oldest first. */
export async function listActiveRuns(db: Database, transferId?: string): Promise<Run[]> {
  const { rows } = await db.pool.query<RunRow>(
    `select ${runColumns} ${fromRuns} where runs.state in ('queued', 'running')
       and ($1::text is null or runs.transfer_id = $1) order by runs.number`,
    [transferId ?? null],
  );
  return rows.map(toRun);
}

/**
 * A queued run stops at once; a running one is asked to and stops after the page being written. Answers how many
 * stopped at once.
 */
export async function requestStops(client: pg.Pool | pg.ClientBase, ids: readonly string[]): Promise<number> {
  const { rows } = await client.query<{ stopped: boolean }>(
    `with asked as (
       update runs set stop_requested_at = now(),
         state = case when state = 'queued' then 'stopped' else state end,
         ended_at = case when state = 'queued' then now() else ended_at end, resume_at = null
       where id = any($1) and state in ('queued', 'running') and stop_requested_at is null
       returning id, state
     ) select state = 'stopped' as stopped, pg_notify('${RUN_CHANNEL}', id) from asked`,
    [ids],
  );
  return rows.filter((row) => row.stopped).length;
}

/** Tells whoever watches that these runs should be looked at again. */
export const tellRuns = async (client: pg.ClientBase, ids: readonly string[]): Promise<void> => {
  await client.query(`select pg_notify('${RUN_CHANNEL}', id) from unnest($1::text[]) as id`, [ids]);
};

/** What a run has looked up so far; nothing where it looks up nothing. */
export async function readLookupUses(db: Database, runId: string): Promise<readonly LookupUse[]> {
  const { rows } = await db.pool.query<{ lookups: string }>("select lookups from runs where id = $1", [
    runId,
  ]);
  return rows.flatMap((row) => readJson(z.array(lookupUse), row.lookups));
}
