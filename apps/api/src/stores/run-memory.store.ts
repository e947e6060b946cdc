/** What a transfer remembers between its runs, per set of parameters: how far it read, and which record became which. */
import type { Cursor, RecordLink, RunStore } from "@fieldbridge/engine";
import { linkState } from "@fieldbridge/model";
import * as z from "zod";
import type { Database } from "../db/database.ts";
import { readJson, writeJson } from "./json-text.ts";

export interface TransferBinding {
  readonly transferId: string;
  /** Set of parameter values, as `toParameterSet` writes it: another set has a memory of its own. */
  readonly parameters: string;
  /** The run that remembers; a preview is none. */
  readonly runId?: string;
  /** Whose links LINKED() may see: those of transfers into the same target system. */
  readonly targetConnection: string;
}

/** Everything a run reads and nothing it writes; enough for a preview. */
export type RunMemory = Pick<
  RunStore,
  "readCursor" | "readLinks" | "readPendingLinks" | "readLinksInOrder" | "readTargetsInUse" | "findLinked"
>;

/** A position with the run that left it and the bound of the window it is in. */
const position = z.object({
  stamp: z.string().nullable(),
  key: z.string(),
  left: z.object({ runId: z.string(), upper: z.string().nullable() }).optional(),
});

export interface LinkRow {
  readonly source_key: string;
  readonly target_key: string | null;
  readonly state: string;
  readonly hash: string | null;
  readonly at: Date;
}

export const toLink = (row: LinkRow): RecordLink => ({
  sourceKey: row.source_key,
  targetKey: row.target_key,
  state: linkState.parse(row.state),
  hash: row.hash,
  at: row.at.toISOString(),
});

export interface StoredCursor extends Omit<Cursor, "upper"> {
  readonly movedAt: string;
  readonly left: { readonly runId: string; readonly upper: string | null } | undefined;
}

/** As `readCursor` reads it. */
export const writePosition = (cursor: Cursor, runId: string): string | null =>
  cursor.position === null
    ? null
    : writeJson({
        ...cursor.position,
        ...(cursor.upper !== undefined && { left: { runId, upper: cursor.upper } }),
      });

export async function readCursor(
  db: Database,
  transferId: string,
  parameters: string,
): Promise<StoredCursor | null> {
  const { rows } = await db.pool.query<{ position: string | null; before: string | null; updated_at: Date }>(
    "select position, before, updated_at from cursors where transfer_id = $1 and parameters = $2",
    [transferId, parameters],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const stored = row.position === null ? null : readJson(position, row.position);
  return {
    position: stored && { stamp: stored.stamp, key: stored.key },
    before: row.before,
    left: stored?.left,
    movedAt: row.updated_at.toISOString(),
  };
}

/**
 * Two sets go together where no parameter they both have differs: the customers of company A are none of the run for
 * company B, while a transfer without parameters serves all.
 */
const isCompatible = (theirs: string, ours: string): string =>
  `case when ${theirs} = '' or ${ours} = '' or ${theirs} = ${ours} then true
     else not exists (select 1 from jsonb_each_text(${theirs}::jsonb) theirs
       join jsonb_each_text(${ours}::jsonb) ours on ours.key = theirs.key where ours.value <> theirs.value) end`;

export const createRunMemory = (db: Database, transfer: TransferBinding): RunMemory => ({
  readCursor: async () => {
    const cursor = await readCursor(db, transfer.transferId, transfer.parameters);
    if (cursor === null) return null;
    const { position: place, before, left } = cursor;
    const isOurs = left !== undefined && left.runId === transfer.runId;
    return { position: place, before, ...(isOurs && { upper: left.upper }) };
  },

  readLinks: async (sourceKeys) => {
    const { rows } = await db.pool.query<LinkRow>(
      "select * from record_links where transfer_id = $1 and source_key = any($2) and parameters = $3",
      [transfer.transferId, sourceKeys, transfer.parameters],
    );
    return rows.map(toLink);
  },

  readPendingLinks: async (limit) => {
    const { rows } = await db.pool.query<LinkRow>(
      `select * from record_links links
       where transfer_id = $1 and parameters = $3 and state = 'pending' and not exists (select 1
         from held_records held where held.transfer_id = links.transfer_id and held.source_key = links.source_key
           and held.parameters = links.parameters and held.state = 'open' and held.step = 'record')
       order by at, source_key limit $2`,
      [transfer.transferId, limit, transfer.parameters],
    );
    return rows.map(toLink);
  },

  readLinksInOrder: async ({ states, after, limit }) => {
    const { rows } = await db.pool.query<LinkRow>(
      `select * from record_links
       where transfer_id = $1 and parameters = $5 and state = any($2) and ($3::text is null or source_key > $3)
       order by source_key limit $4`,
      [transfer.transferId, states, after, limit, transfer.parameters],
    );
    return rows.map(toLink);
  },

  readTargetsInUse: async (targetKeys, besides) => {
    const { rows } = await db.pool.query<{ target_key: string }>(
      `select distinct target_key from record_links
       where transfer_id = $1 and target_key = any($2) and state in ('linked', 'pending')
         and not (parameters = $4 and source_key = any($3))`,
      [transfer.transferId, targetKeys, besides, transfer.parameters],
    );
    return rows.map((row) => row.target_key);
  },

  findLinked: async (object, recordIds) => {
    const { rows } = await db.pool.query<{ source_key: string; target_keys: string[] }>(
      `select links.source_key, array_agg(distinct links.target_key) as target_keys
       from record_links links
       join transfers on transfers.id = links.transfer_id
       join transfer_revisions revisions
         on revisions.transfer_id = transfers.id and revisions.number = transfers.published
       where links.source_key = any($1) and links.state <> 'pending' and links.target_key is not null
         and revisions.target_object = $2 and revisions.target_connection = $3
         and ${isCompatible("links.parameters", "$4")}
       group by links.source_key`,
      [recordIds, object, transfer.targetConnection, transfer.parameters],
    );
    return Object.fromEntries(rows.map((row) => [row.source_key, row.target_keys]));
  },
});
