/** Values that value maps did not list, counted per day in the transaction of the page that met them. */
import type { PageCommit } from "@fieldbridge/engine";
import type pg from "pg";
import type { Database } from "../db/database.ts";
import { toPlainText } from "./json-text.ts";
import { toColumns } from "./set-columns.ts";

const DAYS_KEPT = 30;
/** No entry can be longer, so that such a value could not be added. */
const LONGEST_VALUE = 400;
const SHOWN = 500;

/** In one order, because pages of other runs count the same values at the same time. */
const inOrder = (counts: PageCommit["unknownValues"]): PageCommit["unknownValues"] =>
  counts
    .filter(({ value }) => value.length <= LONGEST_VALUE)
    .toSorted((a, b) => (JSON.stringify([a.map, a.value]) < JSON.stringify([b.map, b.value]) ? -1 : 1));

export async function addUnknownValues(
  client: pg.ClientBase,
  runId: string,
  counts: PageCommit["unknownValues"],
): Promise<void> {
  if (counts.length === 0) return;
  await client.query(
    `insert into unknown_values as known (map, value, day, held, defaulted, example, last_run_id)
     select map, value, current_date, held, defaulted, example, $1
     from unnest($2::text[], $3::text[], $4::int[], $5::int[], $6::text[])
       with ordinality as given(map, value, held, defaulted, example, place)
     order by place
     on conflict (map, value, day) do update
       set held = known.held + excluded.held, defaulted = known.defaulted + excluded.defaulted,
         example = excluded.example, last_run_id = excluded.last_run_id`,
    [
      runId,
      ...toColumns(
        inOrder(counts),
        (each) => each.map,
        (each) => toPlainText(each.value),
        (each) => each.held,
        (each) => each.defaulted,
        (each) => toPlainText(each.example),
      ),
    ],
  );
  // Rows another page is about to remove are left to it.
  await client.query(
    `delete from unknown_values where ctid = any(array(
       select ctid from unknown_values where day < current_date - ${DAYS_KEPT} limit 1000 for update skip locked))`,
  );
}

export interface UnknownValueSum {
  readonly value: string;
  readonly held: number;
  readonly defaulted: number;
  readonly last_seen: string;
  readonly last_run_id: string;
  readonly example: string;
}

/** Most frequent first; `total` counts those beyond the longest list as well. */
export async function listUnknownSums(
  db: Database,
  names: readonly string[],
): Promise<{ sums: UnknownValueSum[]; total: number }> {
  const { rows } = await db.pool.query<UnknownValueSum & { total: number }>(
    `select value, sum(held)::int as held, sum(defaulted)::int as defaulted, max(day)::text as last_seen,
       (array_agg(last_run_id order by day desc))[1] as last_run_id,
       (array_agg(example order by day desc))[1] as example, count(*) over ()::int as total
     from unknown_values where map = any($1) and day >= current_date - ${DAYS_KEPT}
     group by value order by sum(held) + sum(defaulted) desc, value limit ${SHOWN}`,
    [names],
  );
  return { sums: rows, total: rows[0]?.total ?? 0 };
}

/** Open held records by the value of the map they wait for. */
export async function listHeldForValues(
  db: Database,
  names: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  // A signature is code, place and `map=value`, see `toSignature`.
  const { rows } = await db.pool.query<{ id: string; value: string }>(
    `select held.id::text, substr(cause, length(name) + 2) as value
     from held_records held
       cross join lateral (select regexp_replace(signature, '^[^|]*\\|[^|]*\\|', '') as cause) signed
       join unnest($1::text[]) as names(name) on starts_with(cause, name || '=')
     where held.state = 'open' and held.signature like 'FML-309|%' order by held.id`,
    [names],
  );
  const byValue = new Map<string, string[]>();
  for (const { id, value } of rows) byValue.set(value, [...(byValue.get(value) ?? []), id]);
  return byValue;
}
