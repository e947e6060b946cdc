/** What the removals of a run read: how many links have lost their source record, and which may be removed now. */
import type { RunStore } from "@fieldbridge/engine";
import type { RunScope } from "@fieldbridge/model";
import type { Database } from "../db/database.ts";
import { toLink, type LinkRow, type TransferBinding } from "./run-memory.store.ts";

/**
 * A held removal has passed the guard before: it is tried again when it is due, and neither counted nor taken
 * meanwhile. One that a person chose to ignore stays so until the link changes again.
 */
const decidedBefore = `exists (select 1 from held_records held
  where held.transfer_id = links.transfer_id and held.parameters = links.parameters
    and held.source_key = links.source_key and held.step = 'removal'
    and (held.state = 'open' or (held.state = 'ignored' and held.closed_at >= links.at)))`;

type Memory = Pick<TransferBinding, "transferId" | "parameters">;

export async function countLinks(
  db: Database,
  { transferId, parameters }: Memory,
): Promise<{ readonly linked: number; readonly gone: number }> {
  const { rows } = await db.pool.query<{ linked: number; gone: number }>(
    `select count(*)::int as linked,
       count(*) filter (where state = 'gone' and not ${decidedBefore})::int as gone
     from record_links links where transfer_id = $1 and parameters = $2 and state in ('linked', 'gone')`,
    [transferId, parameters],
  );
  return rows[0] ?? { linked: 0, gone: 0 };
}

export const createRunRemovals = (
  db: Database,
  run: Memory & { readonly runId: string; readonly scope: RunScope },
): Pick<RunStore, "countLinks" | "readDueRemovals"> => ({
  countLinks: () => countLinks(db, run),

  readDueRemovals: async ({ after, limit }) => {
    const isHeldRun = run.scope.kind === "held";
    const ids = run.scope.kind === "held" ? (run.scope.heldIds ?? null) : null;
    const { rows } = await db.pool.query<LinkRow>(
      `select * from (
         select source_key, target_key, state, hash, at from record_links links
         where transfer_id = $1 and parameters = $7 and state = 'gone' and not $3::bool and not ${decidedBefore}
         union all
         select held.source_key, links.target_key, coalesce(links.state, 'gone'), links.hash,
           coalesce(links.at, held.held_since)
         from held_records held
         left join record_links links using (transfer_id, parameters, source_key)
         where held.transfer_id = $1 and held.parameters = $7 and held.state = 'open' and held.step = 'removal' and held.last_run_id <> $2
           and ($3::bool or held.next_attempt_at <= now()) and ($4::bigint[] is null or held.id = any($4))
       ) due
       where $5::text is null or source_key > $5 order by source_key limit $6`,
      [run.transferId, run.runId, isHeldRun, ids, after, limit, run.parameters],
    );
    return rows.map(toLink);
  },
});

/** Links whose source record is gone and whose target record waits to be removed, in the order of their keys. */
export async function listGoneLinks(
  db: Database,
  { transferId, parameters }: Memory,
  limit: number,
): Promise<{ sourceKey: string; targetKey: string }[]> {
  const { rows } = await db.pool.query<{ source_key: string; target_key: string }>(
    `select source_key, target_key from record_links links
     where transfer_id = $1 and parameters = $3 and state = 'gone' and target_key is not null
       and not ${decidedBefore}
     order by source_key limit $2`,
    [transferId, limit, parameters],
  );
  return rows.map((row) => ({ sourceKey: row.source_key, targetKey: row.target_key }));
}
