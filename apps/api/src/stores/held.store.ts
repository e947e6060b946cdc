/** Held records as people see them. They are opened and settled by a run's page, see `run-page.store.ts`. */
import {
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
import { columns, from, inRun, toHeld, type HeldRow } from "./held-row.ts";

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
  const held = toHeld(row);
  return { ...held, trail, edits: await listEdits(db, id), waitsFor: await findParents(db, held) };
}

/** Open held records whose keys the waiting reasons of this one name. */
async function findParents(db: Database, held: HeldRecord): Promise<HeldRecordDetail["waitsFor"]> {
  const keys = held.issues.flatMap((each) => (each.class === "waiting" ? (each.value ?? []) : []));
  if (keys.length === 0 || held.state !== "open") return [];
  const { rows } = await db.pool.query<HeldRecordDetail["waitsFor"][number]>(
    `select held.id::text, label, transfers.name as "transferName" ${from}
     where held.state = 'open' and held.step = 'record' and held.id <> $1 and source_key = any($2)
     order by held.id limit 20`,
    [held.id, keys],
  );
  return rows;
}

/** Held records that go together into one run. */
export interface HeldGroup {
  readonly transferId: string;
  /** Set of parameters, as `toParameterSet` writes it. */
  readonly parameters: string;
  readonly ids: readonly string[];
}

/** Open ones among `ids`, by transfer and parameters, for a re-run. */
export async function groupOpenHeld(db: Database, ids: readonly string[]): Promise<readonly HeldGroup[]> {
  const { rows } = await db.pool.query<HeldGroup>(
    `select transfer_id as "transferId", parameters, array_agg(id::text order by id) as ids from held_records
     where id = any($1::bigint[]) and state = 'open'
     group by transfer_id, parameters order by transfer_id, parameters`,
    [ids.filter(isId)],
  );
  return rows;
}

/**
 * Held records whose time has come, by transfer and parameters, those that wait longest first; transfers that run,
 * wait or pause for a review are left out.
 */
export async function groupDueHeld(db: Database, perTransfer: number): Promise<readonly HeldGroup[]> {
  const { rows } = await db.pool.query<HeldGroup>(
    `select due.transfer_id as "transferId", due.parameters, array_agg(due.id::text order by due.id) as ids from (
       select id, transfer_id, parameters, next_attempt_at,
         row_number() over (partition by transfer_id order by next_attempt_at, id) as place
       from held_records where state = 'open' and next_attempt_at <= now()
     ) as due
     where place <= $1 and not exists (select 1 from runs
       where runs.transfer_id = due.transfer_id and runs.state in ('queued', 'running'))
       and not exists (select 1 from transfers where transfers.id = due.transfer_id and review is not null)
     group by due.transfer_id, due.parameters order by min(due.next_attempt_at), due.transfer_id, due.parameters`,
    [perTransfer],
  );
  return rows;
}

/** How many of them were open. */
export async function ignoreHeld(db: Database, ids: readonly string[], reason: string): Promise<number> {
  const { rowCount } = await db.pool.query(
    `update held_records set state = 'ignored', ignored_reason = $2, closed_at = now(), next_attempt_at = null
     where id = any($1::bigint[]) and state = 'open'`,
    [ids.filter(isId), reason],
  );
  return rowCount ?? 0;
}

/** How many of them exist. */
export async function assignHeld(
  db: Database,
  ids: readonly string[],
  assignee: string | null,
): Promise<number> {
  const { rowCount } = await db.pool.query(
    "update held_records set assignee = $2 where id = any($1::bigint[])",
    [ids.filter(isId), assignee],
  );
  return rowCount ?? 0;
}

/** False where the record is not ignored, or failed again since, so that another one is open for it. */
export async function reopenHeld(db: Database, id: string): Promise<boolean> {
  if (!isId(id)) return false;
  const { rowCount } = await db.pool.query(
    `update held_records held set state = 'open', ignored_reason = null, closed_at = null, next_attempt_at = now()
     where id = $1 and state = 'ignored' and not exists (select 1 from held_records other
       where other.transfer_id = held.transfer_id and other.source_key = held.source_key
         and other.parameters = held.parameters and other.step = held.step and other.state = 'open')`,
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
