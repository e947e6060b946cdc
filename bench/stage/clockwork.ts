/**
 * Schedules, two workers that look at them at the same moment, and a clock that is moved instead of waited for. The
 * runs are stored and queued for real; what they do is of no interest here, so that they are ended by hand.
 */
import type { TransferDefinition } from "@fieldbridge/model";
import { openDatabase, type Database } from "../../apps/api/src/db/database.ts";
import type { PostgresAddress } from "../../apps/api/src/db/embedded/index.ts";
import { openRunQueue, type RunQueue } from "../../apps/api/src/runs/run-queue.ts";
import { findNextTick } from "../../apps/api/src/schedules/list-ticks.ts";
import { runDueSchedules, type Tick } from "../../apps/api/src/schedules/run-due-schedules.ts";
import { insertSchedule } from "../../apps/api/src/stores/schedules.store.ts";
import { createDatabase } from "./database.ts";

const definitionOf = (id: string): TransferDefinition => ({
  kind: "transfer",
  version: 1,
  id,
  name: id,
  source: { connection: "here", object: "Account" },
  target: { connection: "there", object: "customers" },
  changes: { by: "all" },
  match: { by: "never" },
  mappings: {},
});

interface Worker {
  readonly db: Database;
  readonly queue: RunQueue;
}

async function openWorker(address: PostgresAddress): Promise<Worker> {
  const db = openDatabase(address, () => undefined);
  return { db, queue: await openRunQueue(db, { supervise: false, onError: () => undefined }) };
}

async function closeWorker({ db, queue }: Worker): Promise<void> {
  await queue.close();
  await db.close();
}

export interface Clockwork {
  readonly db: Database;
  /** A published transfer; its id is its name. */
  addTransfers(ids: readonly string[]): Promise<void>;
  /** Answers the id of the schedule; its first tick is behind `start`. */
  addSchedule(transferId: string, clock: { cron: string; timeZone: string }, start: Date): Promise<string>;
  /** The earliest tick that nobody took yet. */
  nextTick(): Promise<Date | null>;
  /** Both workers look at once. */
  look(now: Date): Promise<Tick[]>;
  endRuns(ids: readonly string[]): Promise<void>;
  /** A worker goes and another one comes. */
  replaceWorker(): Promise<void>;
  close(): Promise<void>;
}

export async function openClockwork(server: PostgresAddress): Promise<Clockwork> {
  const { db, address, drop } = await createDatabase(server);
  const workers = [await openWorker(address), await openWorker(address)];
  return {
    db,
    addTransfers: async (ids) => {
      const definitions = ids.map((id) => JSON.stringify(definitionOf(id)));
      await db.pool.query(
        `insert into transfers (id, name, definition, published, source_connection, target_connection, updated_at)
         select id, id, definition, 1, 'here', 'there', now()
         from unnest($1::text[], $2::text[]) as given(id, definition)`,
        [ids, definitions],
      );
      await db.pool.query(
        `insert into transfer_revisions (transfer_id, number, definition, note, source_connection, source_object,
           target_connection, target_object)
         select id, 1, definition, '', 'here', 'Account', 'there', 'customers'
         from unnest($1::text[], $2::text[]) as given(id, definition)`,
        [ids, definitions],
      );
    },
    addSchedule: (transferId, clock, start) =>
      insertSchedule(
        db,
        { name: "", transferId, work: { kind: "changes" }, ...clock, enabled: true, parameters: {} },
        findNextTick(clock, start),
      ),
    nextTick: async () => {
      const { rows } = await db.pool.query<{ next: Date | null }>(
        "select min(next_at) as next from schedules where enabled",
      );
      return rows[0]?.next ?? null;
    },
    look: async (now) => {
      const fail = (error: unknown): never => {
        throw error;
      };
      return (await Promise.all(workers.map((worker) => runDueSchedules(worker, now, fail)))).flat();
    },
    endRuns: async (ids) => {
      await db.pool.query("update runs set state = 'finished', ended_at = now() where id = any($1)", [ids]);
    },
    replaceWorker: async () => {
      const [gone] = workers.splice(0, 1, await openWorker(address));
      if (gone) await closeWorker(gone);
    },
    close: async () => {
      for (const worker of workers) await closeWorker(worker);
      await drop();
    },
  };
}
