/** What happened to each record of a run, in the order it happened. */
import {
  fieldDiff,
  issue,
  recordOutcome,
  type Drift,
  type OutcomeAction,
  type RecordOutcome,
} from "@fieldbridge/model";
import * as z from "zod";
import type { Database } from "../db/database.ts";
import { readJson } from "./json-text.ts";
import { readMark, toMark, toPattern } from "./keyset.ts";

interface OutcomeRow {
  readonly id: string;
  readonly run_id: string;
  readonly source_key: string;
  readonly label: string;
  readonly action: string;
  readonly target_key: string | null;
  readonly target_label: string | null;
  readonly target_url: string | null;
  readonly reason: string | null;
  readonly drift: string | null;
  readonly differences: string;
  readonly issues: string;
  readonly write_back: string;
  readonly at: Date;
}

const toOutcome = (row: OutcomeRow): RecordOutcome => ({
  id: row.id,
  runId: row.run_id,
  sourceKey: row.source_key,
  label: row.label,
  action: recordOutcome.shape.action.parse(row.action),
  targetKey: row.target_key,
  targetLabel: row.target_label,
  targetUrl: row.target_url,
  reason: row.reason,
  drift: recordOutcome.shape.drift.parse(row.drift),
  differences: readJson(z.array(fieldDiff), row.differences),
  issues: readJson(z.array(issue), row.issues),
  writeBack: recordOutcome.shape.writeBack.parse(row.write_back),
  at: row.at.toISOString(),
});

export async function listOutcomes(
  db: Database,
  runId: string,
  filter: {
    action?: OutcomeAction | undefined;
    /** `true` is any drift. */
    drift?: Drift | "true" | undefined;
    search?: string | undefined;
    limit: number;
    after?: string | undefined;
  },
): Promise<{ items: RecordOutcome[]; next: string | null; total: number }> {
  const where = `from outcomes where run_id = $1 and ($2::text is null or action = $2)
    and ($3::text is null or label ilike $3 or source_key ilike $3 or target_label ilike $3 or target_key ilike $3)
    and ($4::text is null or (drift is not null and $4 in ('true', drift)))`;
  const values = [
    runId,
    filter.action ?? null,
    filter.search ? toPattern(filter.search) : null,
    filter.drift ?? null,
  ];
  const [after] =
    filter.after === undefined ? [null] : readMark(z.tuple([z.string().regex(/^\d+$/)]), filter.after);
  const [rows, count] = await Promise.all([
    db.pool.query<OutcomeRow>(`select * ${where} and ($5::bigint is null or id > $5) order by id limit $6`, [
      ...values,
      after,
      filter.limit + 1,
    ]),
    db.pool.query<{ total: number }>(`select count(*)::int as total ${where}`, values),
  ]);
  const items = rows.rows.slice(0, filter.limit).map(toOutcome);
  const last = items.at(-1);
  return {
    items,
    next: rows.rows.length > filter.limit && last ? toMark([last.id]) : null,
    total: count.rows[0]?.total ?? 0,
  };
}

/** Source keys of records that another run can bring in step: an orphan has lost its other side for good. */
export async function listRepairable(db: Database, runId: string, limit: number): Promise<string[]> {
  const { rows } = await db.pool.query<{ source_key: string }>(
    `select source_key from outcomes
     where run_id = $1 and drift in ('missing', 'different') and action not in ('created', 'updated')
     order by id limit $2`,
    [runId, limit],
  );
  return rows.map((row) => row.source_key);
}

/** Records of a run whose answer was stored in the source. */
export async function countWriteBacks(db: Database, runId: string): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>(
    "select count(*)::int as count from outcomes where run_id = $1 and write_back = 'done'",
    [runId],
  );
  return rows[0]?.count ?? 0;
}
