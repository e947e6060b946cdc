/** Lists and counts of held records under one filter, which is that of the contract. */
import type { HeldCounts, HeldRecord, IssueClass } from "@fieldbridge/model";
import { issueClass } from "@fieldbridge/model";
import * as z from "zod";
import type { Database } from "../db/database.ts";
import { columns, from, inRun, toHeld, type HeldRow } from "./held-row.ts";
import { readMark, toMark } from "./keyset.ts";

export interface HeldFilter {
  readonly transferId?: string | undefined;
  readonly runId?: string | undefined;
  readonly state: HeldRecord["state"];
  readonly class?: IssueClass | undefined;
  readonly signature?: string | undefined;
  readonly assignee?: string | undefined;
  readonly unassigned: boolean;
  readonly heldAfter?: string | undefined;
  readonly heldBefore?: string | undefined;
}

const where = `where held.state = $1 and ($2::text is null or held.transfer_id = $2)
  and ($3::text is null or held.signature = $3) and ($4::text is null or (${inRun("$4")}))
  and ($5::text is null or held.assignee = $5) and (not $6::bool or held.assignee is null)
  and ($7::text is null or held.class = $7)
  and ($8::timestamptz is null or held.held_since >= $8) and ($9::timestamptz is null or held.held_since < $9)`;

const toValues = (filter: HeldFilter): unknown[] => [
  filter.state,
  filter.transferId ?? null,
  filter.signature ?? null,
  filter.runId ?? null,
  filter.assignee ?? null,
  filter.unassigned,
  filter.class ?? null,
  filter.heldAfter ?? null,
  filter.heldBefore ?? null,
];

/** Newest first. */
export async function listHeld(
  db: Database,
  filter: HeldFilter & { readonly limit: number; readonly after?: string | undefined },
): Promise<{ items: HeldRecord[]; next: string | null; total: number }> {
  const values = toValues(filter);
  const [below] =
    filter.after === undefined ? [null] : readMark(z.tuple([z.string().regex(/^\d+$/)]), filter.after);
  const [rows, count] = await Promise.all([
    db.pool.query<HeldRow>(
      `select ${columns} ${from} ${where} and ($10::bigint is null or held.id < $10)
       order by held.id desc limit $11`,
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

/** Largest class first, names in their order with nobody last. */
export async function countHeld(db: Database, filter: HeldFilter): Promise<HeldCounts> {
  const [classes, assignees] = await Promise.all([
    db.pool.query<{ class: string; count: number }>(
      `select held.class, count(*)::int as count ${from} ${where} group by held.class order by 2 desc, 1`,
      toValues({ ...filter, class: undefined }),
    ),
    db.pool.query<{ assignee: string | null; count: number }>(
      `select assignee, count(*)::int as count ${from} ${where} group by assignee order by assignee nulls last`,
      toValues({ ...filter, assignee: undefined, unassigned: false }),
    ),
  ]);
  return {
    classes: classes.rows.map((row) => ({ class: issueClass.parse(row.class), count: row.count })),
    assignees: assignees.rows,
  };
}
