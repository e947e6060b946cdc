/** Held records as people see them. They are opened and settled by a run's page, see `run-page.store.ts`. */
import {
  heldRecord,
  issue,
  recordTrail,
  type FailureCause,
  type HeldRecord,
  type HeldRecordDetail,
} from "@fieldbridge/model";
import * as z from "zod";
import type { Database } from "../db/database.ts";
import { readJson } from "./json-text.ts";
import { listEdits } from "./held-edits.store.ts";
import { readMark, toMark } from "./keyset.ts";

interface HeldRow {
  readonly id: string;
  readonly transfer_id: string;
  readonly transfer_name: string;
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

const toHeld = (row: HeldRow): HeldRecord => ({
  id: row.id,
  transferId: row.transfer_id,
  transferName: row.transfer_name,
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

const columns = "held.*, transfers.name as transfer_name";
const from = "from held_records held join transfers on transfers.id = held.transfer_id";

/** Records that failed in that run, whichever run failed on them last. */
const inRun = (parameter: string) => `exists (select 1 from outcomes where outcomes.run_id = ${parameter}
  and outcomes.source_key = held.source_key and (outcomes.action = 'held' or outcomes.write_back = 'failed'))
  and held.transfer_id = (select transfer_id from runs where runs.id = ${parameter})`;

/** Newest first. */
export async function listHeld(
  db: Database,
  filter: {
    transferId?: string | undefined;
    runId?: string | undefined;
    state: HeldRecord["state"];
    signature?: string | undefined;
    assignee?: string | undefined;
    limit: number;
    after?: string | undefined;
  },
): Promise<{ items: HeldRecord[]; next: string | null; total: number }> {
  const where = `where held.state = $1 and ($2::text is null or held.transfer_id = $2)
    and ($3::text is null or held.signature = $3) and ($4::text is null or (${inRun("$4")}))
    and ($5::text is null or held.assignee = $5)`;
  const values = [
    filter.state,
    filter.transferId ?? null,
    filter.signature ?? null,
    filter.runId ?? null,
    filter.assignee ?? null,
  ];
  const [below] =
    filter.after === undefined ? [null] : readMark(z.tuple([z.string().regex(/^\d+$/)]), filter.after);
  const [rows, count] = await Promise.all([
    db.pool.query<HeldRow>(
      `select ${columns} ${from} ${where} and ($6::bigint is null or held.id < $6)
       order by held.id desc limit $7`,
      [...values, below, filter.limit + 1],
    ),
    db.pool.query<{ total: number }>(`select count(*)::int as total ${from} ${where}`, values),
  ]);
  const items = rows.rows.slice(0, filter.limit).map(toHeld);
  const last = items.at(-1);
  return {
    items,
    next: rows.rows.length > filter.limit && last ? toMark([last.id]) : null,
    total: count.rows[0]?.total ?? 0,
  };
}

export const isId = (id: string): boolean => /^\d{1,18}$/.test(id);

export async function findHeld(db: Database, id: string): Promise<HeldRecordDetail | undefined> {
  if (!isId(id)) return undefined;
  const { rows } = await db.pool.query<HeldRow & { trail: string | null }>(
    `select ${columns}, held_trails.trail ${from} left join held_trails on held_id = held.id where held.id = $1`,
    [id],
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  const trail =
    row.trail === null
      ? { source: null, sent: null, answer: null, steps: [] }
      : readJson(recordTrail, row.trail);
  return { ...toHeld(row), trail, edits: await listEdits(db, id) };
}

/** Open ones among `ids`, by transfer, for a re-run. */
export async function groupOpenHeld(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await db.pool.query<{ transfer_id: string; ids: string[] }>(
    `select transfer_id, array_agg(id::text order by id) as ids from held_records
     where id = any($1::bigint[]) and state = 'open' group by transfer_id order by transfer_id`,
    [ids.filter(isId)],
  );
  return new Map(rows.map((row) => [row.transfer_id, row.ids]));
}

/** Held records whose time has come, by transfer; transfers that run, wait or pause for a review are left out. */
export async function groupDueHeld(
  db: Database,
  perTransfer: number,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await db.pool.query<{ transfer_id: string; ids: string[] }>(
    `select due.transfer_id, array_agg(due.id::text order by due.id) as ids from (
       select id, transfer_id, row_number() over (partition by transfer_id order by next_attempt_at, id) as place
       from held_records where state = 'open' and next_attempt_at <= now()
     ) as due
     where place <= $1 and not exists (select 1 from runs
       where runs.transfer_id = due.transfer_id and runs.state in ('queued', 'running'))
       and not exists (select 1 from transfers where transfers.id = due.transfer_id and review is not null)
     group by due.transfer_id order by due.transfer_id`,
    [perTransfer],
  );
  return new Map(rows.map((row) => [row.transfer_id, row.ids]));
}

/** False where the record is not open. */
export async function ignoreHeld(db: Database, id: string, reason: string): Promise<boolean> {
  if (!isId(id)) return false;
  const { rowCount } = await db.pool.query(
    `update held_records set state = 'ignored', ignored_reason = $2, closed_at = now(), next_attempt_at = null
     where id = $1 and state = 'open'`,
    [id, reason],
  );
  return rowCount === 1;
}

/** False where the record does not exist. */
export async function assignHeld(db: Database, id: string, assignee: string | null): Promise<boolean> {
  if (!isId(id)) return false;
  const { rowCount } = await db.pool.query("update held_records set assignee = $2 where id = $1", [
    id,
    assignee,
  ]);
  return rowCount === 1;
}

/** False where the record is not ignored, or failed again since, so that another one is open for it. */
export async function reopenHeld(db: Database, id: string): Promise<boolean> {
  if (!isId(id)) return false;
  const { rowCount } = await db.pool.query(
    `update held_records held set state = 'open', ignored_reason = null, closed_at = null, next_attempt_at = now()
     where id = $1 and state = 'ignored' and not exists (select 1 from held_records other
       where other.transfer_id = held.transfer_id and other.source_key = held.source_key
         and other.step = held.step and other.state = 'open')`,
    [id],
  );
  return rowCount === 1;
}

/** Open held records of a run grouped by what caused them, largest group first. */
export async function listCauses(db: Database, runId: string): Promise<FailureCause[]> {
  const { rows } = await db.pool.query<{
    signature: string;
    count: number;
    issues: string;
    labels: string[];
    ids: string[];
  }>(
    `select signature, count(*)::int as count, (array_agg(issues order by id))[1] as issues,
       (array_agg(label order by id))[1:5] as labels, (array_agg(id::text order by id))[1:10000] as ids
     from held_records held where state = 'open' and (${inRun("$1")})
     group by signature order by count(*) desc, signature`,
    [runId],
  );
  return rows.flatMap((row) => {
    const [first] = readJson(z.array(issue), row.issues);
    if (first === undefined) return [];
    return {
      signature: row.signature,
      title: first.message,
      count: row.count,
      issue: first,
      sampleLabels: row.labels,
      heldIds: row.ids,
    };
  });
}

/** Open held records by transfer, most first. */
export async function countOpenHeld(
  db: Database,
): Promise<{ transferId: string; transferName: string; count: number }[]> {
  const { rows } = await db.pool.query<{ transferId: string; transferName: string; count: number }>(
    `select transfers.id as "transferId", transfers.name as "transferName", count(*)::int as count
     ${from} where held.state = 'open' group by transfers.id order by count(*) desc, transfers.name`,
  );
  return rows;
}

/** Makes records due now whose cause this change may have removed. */
export async function releaseMappingHeld(db: Database, transferId: string): Promise<void> {
  await db.pool.query(
    `update held_records set next_attempt_at = now()
     where transfer_id = $1 and state = 'open' and class = 'mapping'`,
    [transferId],
  );
}
