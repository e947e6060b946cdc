/**
 * The queue of runs: one job per run, on the product's own database. A job is only the wake-up; which worker
 * executes a run is decided by the run's lease, so a job delivered twice changes nothing.
 */
import { PgBoss } from "pg-boss";
import type pg from "pg";
import type { Database } from "../db/database.ts";
import { inTransaction } from "../db/transaction.ts";
import { insertRun, type NewRun } from "../stores/runs.store.ts";

export interface RunQueue {
  /** Stores the run and its job together; answers the run's id. `check` may refuse inside the same transaction. */
  addRun(run: NewRun, check?: (client: pg.ClientBase) => Promise<void>): Promise<string>;
  /** The same inside the caller's transaction. */
  addRunWithin(client: pg.ClientBase, run: NewRun): Promise<string>;
  /** Wakes a worker for a run that is stored already, at once or at that time. */
  wake(runId: string, at?: Date): Promise<void>;
  readonly boss: PgBoss;
  close(): Promise<void>;
}

export const RUN_QUEUE = "run-transfer";
export const HELD_QUEUE = "run-due-held";

const HOUR = 3_600;

/** `supervise` belongs to processes that execute runs; the others only add jobs. */
export async function openRunQueue(
  db: Database,
  options: { supervise: boolean; onError: (error: Error) => void },
): Promise<RunQueue> {
  const boss = new PgBoss({
    ...(db.address as Record<string, unknown>),
    max: 4,
    application_name: "fieldbridge queue",
    useListenNotify: true,
    supervise: options.supervise,
    schedule: options.supervise,
  });
  boss.on("error", options.onError);
  await boss.start();
  // A job that is lost with its worker is sent again by the sweep, hence no retries of the queue's own.
  const job = { retryLimit: 0, expireInSeconds: 23 * HOUR, deleteAfterSeconds: 24 * HOUR, notify: true };
  await boss.createQueue(RUN_QUEUE, job);
  await boss.createQueue(HELD_QUEUE, { ...job, expireInSeconds: HOUR });
  // Fills the queue cache: inside a transaction there must be no question through another connection.
  await boss.getQueue(RUN_QUEUE);

  const addRunWithin = async (client: pg.ClientBase, run: NewRun): Promise<string> => {
    const id = await insertRun(client, run);
    await boss.send(
      RUN_QUEUE,
      { runId: id },
      { db: { executeSql: (text, values) => client.query(text, values) } },
    );
    return id;
  };

  return {
    boss,
    addRun: (run, check) =>
      inTransaction(db.pool, async (client) => {
        await check?.(client);
        return addRunWithin(client, run);
      }),
    addRunWithin,
    wake: async (runId, at) => {
      await boss.send(RUN_QUEUE, { runId }, at === undefined ? {} : { startAfter: at });
    },
    close: () => boss.stop({ graceful: true, timeout: 10_000, close: true }),
  };
}
