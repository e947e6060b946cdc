/** Schedules, and the claim of a tick: whoever moves `next_at` on from the tick has it, and nobody else (I12). */
import { randomUUID } from "node:crypto";
import {
  runParameters,
  scheduleWork,
  type Run,
  type Schedule,
  type ScheduleClock,
  type ScheduleInput,
} from "@fieldbridge/model";
import type pg from "pg";
import type { Database } from "../db/database.ts";
import { readJson, writeJson } from "./json-text.ts";
import { readRuns } from "./runs.store.ts";

interface ScheduleRow {
  readonly id: string;
  readonly name: string;
  readonly transfer_id: string;
  readonly transfer_name: string;
  readonly work: string;
  readonly cron: string;
  readonly time_zone: string;
  readonly enabled: boolean;
  readonly parameters: string;
  readonly next_at: Date | null;
  readonly last_run_id: string | null;
  readonly skipped_at: Date | null;
  readonly skipped_reason: string | null;
}

const selectSchedules = `select schedules.*, transfers.name as transfer_name,
    (select runs.id from runs where runs.schedule_id = schedules.id order by number desc limit 1) as last_run_id
  from schedules join transfers on transfers.id = schedules.transfer_id`;

const toSchedule = (row: ScheduleRow, runs: ReadonlyMap<string, Run>): Schedule => ({
  id: row.id,
  name: row.name,
  transferId: row.transfer_id,
  transferName: row.transfer_name,
  work: readJson(scheduleWork, row.work),
  cron: row.cron,
  timeZone: row.time_zone,
  enabled: row.enabled,
  parameters: readJson(runParameters, row.parameters),
  nextAt: row.next_at?.toISOString() ?? null,
  lastRun: (row.last_run_id === null ? undefined : runs.get(row.last_run_id)) ?? null,
  lastSkipped:
    row.skipped_at === null ? null : { at: row.skipped_at.toISOString(), reason: row.skipped_reason ?? "" },
});

async function toSchedules(db: Database, rows: readonly ScheduleRow[]): Promise<Schedule[]> {
  const ids = rows.flatMap((row) => row.last_run_id ?? []);
  const runs = new Map((await readRuns(db, ids)).map((run) => [run.id, run]));
  return rows.map((row) => toSchedule(row, runs));
}

/** The next due first, those that are off last. */
export async function listSchedules(db: Database): Promise<Schedule[]> {
  const { rows } = await db.pool.query<ScheduleRow>(
    `${selectSchedules} order by next_at nulls last, transfers.name, schedules.id`,
  );
  return toSchedules(db, rows);
}

export async function findSchedule(db: Database, id: string): Promise<Schedule | undefined> {
  const { rows } = await db.pool.query<ScheduleRow>(`${selectSchedules} where schedules.id = $1`, [id]);
  return (await toSchedules(db, rows))[0];
}

const toValues = (input: ScheduleInput, nextAt: Date | null) => [
  input.name,
  input.transferId,
  writeJson(input.work),
  input.cron,
  input.timeZone,
  input.enabled,
  writeJson(input.parameters),
  nextAt,
];

/** Answers its id. */
export async function insertSchedule(
  db: Database,
  input: ScheduleInput,
  nextAt: Date | null,
): Promise<string> {
  const id = randomUUID();
  await db.pool.query(
    `insert into schedules (id, name, transfer_id, work, cron, time_zone, enabled, parameters, next_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, ...toValues(input, nextAt)],
  );
  return id;
}

/** What was skipped before is no news for the changed schedule. False where there is no such schedule. */
export async function changeSchedule(
  db: Database,
  id: string,
  input: ScheduleInput,
  nextAt: Date | null,
): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `update schedules set name = $2, transfer_id = $3, work = $4, cron = $5, time_zone = $6, enabled = $7,
       parameters = $8, next_at = $9, skipped_at = null, skipped_reason = null
     where id = $1`,
    [id, ...toValues(input, nextAt)],
  );
  return rowCount === 1;
}

export async function removeSchedule(db: Database, id: string): Promise<boolean> {
  const { rowCount } = await db.pool.query("delete from schedules where id = $1", [id]);
  return rowCount === 1;
}

export interface DueSchedule extends ScheduleClock {
  readonly id: string;
  readonly transferId: string;
  readonly work: Schedule["work"];
  readonly parameters: Schedule["parameters"];
  /** The tick; older ones that were missed are in it. */
  readonly dueAt: Date;
}

export async function listDueSchedules(db: Database, now: Date, limit: number): Promise<DueSchedule[]> {
  const { rows } = await db.pool.query<Omit<ScheduleRow, "next_at"> & { readonly next_at: Date }>(
    "select * from schedules where enabled and next_at <= $1 order by next_at limit $2",
    [now, limit],
  );
  return rows.map((row) => ({
    id: row.id,
    transferId: row.transfer_id,
    work: readJson(scheduleWork, row.work),
    parameters: readJson(runParameters, row.parameters),
    cron: row.cron,
    timeZone: row.time_zone,
    dueAt: row.next_at,
  }));
}

interface Claim {
  readonly id: string;
  readonly dueAt: Date;
  readonly nextAt: Date | null;
}

/** True for the one that gets the tick; the others wait for its transaction and find it gone. */
export async function claimTick(client: pg.ClientBase, { id, dueAt, nextAt }: Claim): Promise<boolean> {
  const { rowCount } = await client.query(
    "update schedules set next_at = $3 where id = $1 and next_at = $2 and enabled returning id",
    [id, dueAt, nextAt],
  );
  return rowCount === 1;
}

/** The same for a tick that starts no run. */
export async function skipTick(db: Database, { id, dueAt, nextAt }: Claim, reason: string): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `update schedules set next_at = $3, skipped_at = $2, skipped_reason = $4
     where id = $1 and next_at = $2 and enabled returning id`,
    [id, dueAt, nextAt, reason],
  );
  return rowCount === 1;
}
