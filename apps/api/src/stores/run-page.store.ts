/**
 * The engine's `RunStore`, bound to one run of one transfer: what a page leaves behind, in one transaction. Every
 * method is a constant number of set-based statements, whatever the size of the page.
 */
import { outcomeAction, type RunScope } from "@fieldbridge/model";
import type { Cursor, PageCommit, RecordLink, RunStore } from "@fieldbridge/engine";
import type pg from "pg";
import * as z from "zod";
import type { Database } from "../db/database.ts";
import { inTransaction } from "../db/transaction.ts";
import { readWaitingEdits, useEdits } from "./held-edits.store.ts";
import { readJson, toPlainText, writeJson } from "./json-text.ts";
import { createRunMemory, writePosition, type TransferBinding } from "./run-memory.store.ts";
import { addTotals } from "./run-totals.store.ts";
import { LeaseLost } from "./run-lease.store.ts";
import { createRunRemovals } from "./run-removals.store.ts";
import { releaseWaiting, settleHeld, upsertHeld } from "./run-page-held.ts";
import { RUN_CHANNEL } from "./runs.store.ts";
import { lastByKey, toColumns } from "./set-columns.ts";
import { addUnknownValues } from "./unknown-values.store.ts";

export interface RunBinding extends TransferBinding {
  readonly runId: string;
  readonly workerId: string;
  readonly scope: RunScope;
  /** Called behind a page that was stored after somebody asked the run to stop. */
  readonly onStopRequested?: (() => void) | undefined;
}

async function upsertLinks(
  client: pg.ClientBase,
  { transferId, parameters }: TransferBinding,
  links: readonly RecordLink[],
): Promise<void> {
  if (links.length === 0) return;
  const unique = lastByKey(links, (link) => link.sourceKey);
  await client.query(
    `insert into record_links (transfer_id, parameters, source_key, target_key, state, hash, at)
     select $1, $2, * from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
     on conflict (transfer_id, source_key, parameters) do update
       set target_key = excluded.target_key, state = excluded.state, hash = excluded.hash, at = excluded.at`,
    [
      transferId,
      parameters,
      ...toColumns(
        unique,
        (link) => link.sourceKey,
        (link) => link.targetKey,
        (link) => link.state,
        (link) => link.hash,
        (link) => link.at,
      ),
    ],
  );
}

async function dropLinks(
  client: pg.ClientBase,
  { transferId, parameters }: TransferBinding,
  sourceKeys: readonly string[],
): Promise<void> {
  if (sourceKeys.length === 0) return;
  await client.query(
    `delete from record_links
     where transfer_id = $1 and source_key = any($2) and parameters = $3 and state <> 'linked'`,
    [transferId, sourceKeys, parameters],
  );
}

async function insertOutcomes(
  client: pg.ClientBase,
  runId: string,
  outcomes: PageCommit["outcomes"],
): Promise<void> {
  if (outcomes.length === 0) return;
  await client.query(
    `insert into outcomes (run_id, source_key, label, action, target_key, target_label, target_url, reason, drift,
       differences, issues, write_back, at)
     select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
       $9::text[], $10::text[], $11::text[], $12::text[], $13::timestamptz[])`,
    [
      runId,
      ...toColumns(
        outcomes,
        (outcome) => outcome.sourceKey,
        (outcome) => toPlainText(outcome.label),
        (outcome) => outcome.action,
        (outcome) => outcome.targetKey,
        (outcome) => toPlainText(outcome.targetLabel),
        (outcome) => outcome.targetUrl,
        (outcome) => toPlainText(outcome.reason),
        (outcome) => outcome.drift,
        (outcome) => writeJson(outcome.differences),
        (outcome) => writeJson(outcome.issues),
        (outcome) => outcome.writeBack,
        (outcome) => outcome.at,
      ),
    ],
  );
}

async function moveCursor(
  client: pg.ClientBase,
  { transferId, parameters, runId }: RunBinding,
  cursor: Cursor | undefined,
): Promise<void> {
  if (cursor === undefined) return;
  await client.query(
    `insert into cursors (transfer_id, parameters, position, before, updated_at) values ($1, $2, $3, $4, now())
     on conflict (transfer_id, parameters) do update
       set position = excluded.position, before = excluded.before, updated_at = excluded.updated_at`,
    [transferId, parameters, writePosition(cursor, runId), cursor.before],
  );
}

/**
 * Adds the page to the run and locks it; answers whether somebody asked for a stop. Throws `LeaseLost` where the run
 * is no longer this worker's.
 */
async function addToRun(client: pg.ClientBase, run: RunBinding, page: PageCommit): Promise<boolean> {
  const { rows } = await client.query<{ phase_ms: string; stop: boolean }>(
    `select phase_ms, stop_requested_at is not null as stop from runs
     where id = $1 and worker_id = $2 and state = 'running' for update`,
    [run.runId, run.workerId],
  );
  const row = rows[0];
  if (row === undefined) throw new LeaseLost(run.runId);
  const phaseMs = readJson(z.record(z.string(), z.number()), row.phase_ms);
  for (const [phase, ms] of Object.entries(page.phaseMs)) phaseMs[phase] = (phaseMs[phase] ?? 0) + ms;
  const { counts } = page;
  await client.query(
    `update runs set read = read + $2, filtered = filtered + $3, skipped = skipped + $4,
       unchanged = unchanged + $5, created = created + $6, updated = updated + $7, removed = removed + $8,
       held = held + $9, phase_ms = $10, drift = drift + $11 where id = $1`,
    [
      run.runId,
      counts.read,
      counts.filtered,
      counts.skipped,
      counts.unchanged,
      counts.created,
      counts.updated,
      counts.removed,
      counts.held,
      writeJson(phaseMs),
      page.outcomes.filter((outcome) => outcome.drift !== null).length,
    ],
  );
  return row.stop;
}

/** Throws `LeaseLost` from every method that stores something once another worker has the run. */
export function createRunStore(db: Database, run: RunBinding): RunStore {
  /** Corrections handed to the engine; others came too late for this run. */
  const givenEdits = new Set<string>();

  return {
    ...createRunMemory(db, run),
    ...createRunRemovals(db, run),

    savePendingLinks: (links) =>
      inTransaction(db.pool, async (client) => {
        const { rowCount } = await client.query(
          "select 1 from runs where id = $1 and worker_id = $2 and state = 'running' for update",
          [run.runId, run.workerId],
        );
        if (rowCount === 0) throw new LeaseLost(run.runId);
        await upsertLinks(client, run, links);
      }),

    commitPage: async (page) => {
      const stop = await inTransaction(db.pool, async (client) => {
        const asked = await addToRun(client, run, page);
        await insertOutcomes(client, run.runId, page.outcomes);
        await dropLinks(client, run, page.dropLinks);
        await upsertLinks(client, run, page.links);
        await upsertHeld(client, run, page.held);
        await settleHeld(client, run, page.settled);
        await useEdits(client, run.runId, givenEdits);
        await releaseWaiting(client, run, page.links);
        await addTotals(client, run.runId, page.totals);
        await addUnknownValues(client, run.runId, page.unknownValues);
        await moveCursor(client, run, page.cursor);
        await client.query("select pg_notify($1, $2)", [RUN_CHANNEL, run.runId]);
        return asked;
      });
      if (stop) run.onStopRequested?.();
    },

    readReported: async (sourceKeys) => {
      const { rows } = await db.pool.query<{ source_key: string }>(
        "select distinct source_key from outcomes where run_id = $1 and source_key = any($2)",
        [run.runId, sourceKeys],
      );
      return rows.map((row) => row.source_key);
    },

    readDueRecords: async (limit) => {
      const ids = run.scope.kind === "held" ? (run.scope.heldIds ?? null) : null;
      // What this run has tried once is left alone, else a record that fails again would come back for ever.
      const { rows } = await db.pool.query<{
        id: string;
        source_key: string;
        step: string;
        action: string | null;
      }>(
        `select id::text, source_key, step, action from held_records
       where transfer_id = $1 and parameters = $6 and state = 'open' and step <> 'removal' and last_run_id <> $2
         and ($3::bool or next_attempt_at <= now()) and ($4::bigint[] is null or id = any($4))
       order by held_records.id limit $5`,
        [run.transferId, run.runId, run.scope.kind === "held", ids, limit, run.parameters],
      );
      const edits = await readWaitingEdits(
        db,
        rows.map((row) => row.id),
      );
      for (const { ids: editIds } of edits.values()) for (const id of editIds) givenEdits.add(id);
      return rows.map((row) => ({
        sourceKey: row.source_key,
        step: row.step === "write-back" ? "write-back" : "record",
        ...(row.action !== null && { action: outcomeAction.parse(row.action) }),
        ...(edits.has(row.id) && { values: edits.get(row.id)?.values }),
      }));
    },
  };
}
