/** Links as people see them: searched, exported, brought in and forgotten. Runs write them with their pages. */
import { linkState, readParameterSet, type TransferLink } from "@fieldbridge/model";
import type pg from "pg";
import * as z from "zod";
import type { Database } from "../db/database.ts";
import { readMark, toMark, toPattern } from "./keyset.ts";

interface LinkRow {
  readonly parameters: string;
  readonly source_key: string;
  readonly target_key: string | null;
  readonly state: string;
  readonly at: Date;
}

export type StoredLink = Omit<TransferLink, "sourceUrl" | "targetUrl">;

const toLink = (row: LinkRow): StoredLink => ({
  parameters: readParameterSet(row.parameters),
  sourceKey: row.source_key,
  targetKey: row.target_key,
  state: linkState.parse(row.state),
  at: row.at.toISOString(),
});

/** By source key; of all sets of parameters, or of one. */
export async function listLinks(
  db: Database,
  transferId: string,
  filter: {
    search?: string | undefined;
    parameters?: string | undefined;
    limit: number;
    after?: string | undefined;
  },
): Promise<{ items: StoredLink[]; next: string | null; total: number }> {
  const where = `from record_links where transfer_id = $1
    and ($2::text is null or source_key ilike $2 or target_key ilike $2)
    and ($3::text is null or parameters = $3)`;
  const values = [transferId, filter.search ? toPattern(filter.search) : null, filter.parameters ?? null];
  const [key, set] =
    filter.after === undefined ? [null, null] : readMark(z.tuple([z.string(), z.string()]), filter.after);
  const [rows, count] = await Promise.all([
    db.pool.query<LinkRow>(
      `select parameters, source_key, target_key, state, at ${where}
         and ($4::text is null or (source_key, parameters) > ($4, $5))
       order by source_key, parameters limit $6`,
      [...values, key, set, filter.limit + 1],
    ),
    db.pool.query<{ total: number }>(`select count(*)::int as total ${where}`, values),
  ]);
  const items = rows.rows.slice(0, filter.limit).map(toLink);
  const last = rows.rows[filter.limit - 1];
  return {
    items,
    next: rows.rows.length > filter.limit && last ? toMark([last.source_key, last.parameters]) : null,
    total: count.rows[0]?.total ?? 0,
  };
}

export async function readAllLinks(db: Database, transferId: string): Promise<StoredLink[]> {
  const { rows } = await db.pool.query<LinkRow>(
    `select parameters, source_key, target_key, state, at from record_links
     where transfer_id = $1 order by source_key, parameters`,
    [transferId],
  );
  return rows.map(toLink);
}

/** Whose links they are: `parameters` is the set, as `toParameterSet` writes it. */
export interface LinkOwner {
  readonly transferId: string;
  readonly parameters: string;
}

export interface GivenLink {
  readonly sourceKey: string;
  readonly targetKey: string;
}

export interface LinkChanges {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** Source keys must be different. A link that changes forgets what was sent, so that the next run compares. */
export async function saveLinks(
  client: pg.ClientBase,
  { transferId, parameters }: LinkOwner,
  links: readonly GivenLink[],
  store: boolean,
): Promise<LinkChanges> {
  const values = [
    transferId,
    links.map((link) => link.sourceKey),
    links.map((link) => link.targetKey),
    parameters,
  ];
  const { rows } = await client.query<LinkChanges>(
    `select count(*) filter (where known.transfer_id is null)::int as added,
       count(*) filter (where known.state = 'linked' and known.target_key = given.target_key)::int as unchanged,
       count(*) filter (where known.transfer_id is not null
         and (known.state <> 'linked' or known.target_key is distinct from given.target_key))::int as changed
     from unnest($2::text[], $3::text[]) as given(source_key, target_key)
     left join record_links known on known.transfer_id = $1 and known.parameters = $4
       and known.source_key = given.source_key`,
    values,
  );
  if (store)
    await client.query(
      `insert into record_links as known (transfer_id, parameters, source_key, target_key, state, hash, at)
       select $1, $4, source_key, target_key, 'linked', null, now()
       from unnest($2::text[], $3::text[]) as given(source_key, target_key)
       on conflict (transfer_id, source_key, parameters) do update
         set target_key = excluded.target_key, state = 'linked', hash = null, at = excluded.at
         where known.state <> 'linked' or known.target_key is distinct from excluded.target_key`,
      values,
    );
  return rows[0] ?? { added: 0, changed: 0, unchanged: 0 };
}

/** False where there is no such link. */
export async function removeLink(
  client: pg.ClientBase,
  { transferId, parameters }: LinkOwner,
  sourceKey: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    "delete from record_links where transfer_id = $1 and source_key = $2 and parameters = $3",
    [transferId, sourceKey, parameters],
  );
  return rowCount === 1;
}

/** Ends the doubt about a create: the record it became, or none. False where there is no doubt any more. */
export async function settlePendingLink(
  client: pg.ClientBase,
  { transferId, parameters }: LinkOwner,
  { sourceKey, targetKey }: { readonly sourceKey: string; readonly targetKey: string | null },
): Promise<boolean> {
  const isPending = `where transfer_id = $1 and source_key = $2 and parameters = $3
    and state = 'pending' and target_key is null`;
  const { rowCount } =
    targetKey === null
      ? await client.query(`delete from record_links ${isPending}`, [transferId, sourceKey, parameters])
      : await client.query(
          `update record_links set target_key = $4, state = 'linked', hash = null, at = now() ${isPending}`,
          [transferId, sourceKey, parameters, targetKey],
        );
  return rowCount === 1;
}
