/** Totals of a run: what each page adds, in its transaction, and the sums of both sides as people see them. */
import type { PageCommit } from "@fieldbridge/engine";
import type { Total, TotalReport } from "@fieldbridge/model";
import type pg from "pg";
import type { Database } from "../db/database.ts";
import { toColumns } from "./set-columns.ts";

/** Sums are text in the table, because no column type keeps every digit; the database adds them exactly. */
export async function addTotals(
  client: pg.ClientBase,
  runId: string,
  totals: PageCommit["totals"],
): Promise<void> {
  if (totals.length === 0) return;
  await client.query(
    `insert into run_totals as known (run_id, total, by, source, target, records, missing)
     select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::int[], $7::int[])
     on conflict (run_id, total, by) do update
       set source = (known.source::numeric + excluded.source::numeric)::text,
         target = (known.target::numeric + excluded.target::numeric)::text,
         records = known.records + excluded.records, missing = known.missing + excluded.missing`,
    [
      runId,
      ...toColumns(
        totals,
        (each) => each.total,
        (each) => each.by ?? "",
        (each) => each.source,
        (each) => each.target,
        (each) => each.records,
        (each) => each.missing,
      ),
    ],
  );
}

/** In the order of `defined`, the totals of the run's revision; one that no record reached yet is zero. */
export async function listTotals(
  db: Database,
  runId: string,
  defined: readonly Total[],
): Promise<TotalReport[]> {
  const { rows } = await db.pool.query<Omit<TotalReport, "label" | "by"> & { total: number; by: string }>(
    `select total, by, source, target, (source::numeric - target::numeric)::text as difference, records, missing
     from run_totals where run_id = $1 order by total, by`,
    [runId],
  );
  const nothing = { by: null, source: "0", target: "0", difference: "0", records: 0, missing: 0 };
  return defined.flatMap(({ label }, place) => {
    const own = rows.filter((row) => row.total === place);
    return own.length === 0
      ? [{ label, ...nothing }]
      : own.map(({ total: _place, by, ...sums }) => ({ label, by: by === "" ? null : by, ...sums }));
  });
}
