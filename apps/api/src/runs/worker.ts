/**
 * Takes runs from the queue and executes them, unrelated transfers side by side. It also looks for what nobody
 * wakes it for: runs whose worker died, group runs that have a member to start, held records whose time has come, and
 * schedules that are due.
 */
import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import * as z from "zod";
import type { AppContext } from "../app-context.ts";
import { advanceGroupRun, advanceGroupRuns } from "../groups/advance-group-run.ts";
import { findNextQueued, listRunnable } from "../stores/run-lease.store.ts";
import { findRun } from "../stores/runs.store.ts";
import { runDueSchedules } from "../schedules/run-due-schedules.ts";
import { executeRun, type RunJob } from "./execute-run.ts";
import { HELD_QUEUE, RUN_QUEUE } from "./run-queue.ts";
import { rerunDueHeld } from "./start-run.ts";

export interface Worker {
  readonly id: string;
  /** Lets every run store the page it is in and gives it back, then ends. */
  stop(): Promise<void>;
}

/** Transfers that run side by side in one process. */
const PARALLEL_RUNS = 16;
const SWEEP_MS = 5_000;
/** A tick waits at most this long for the worker to look. */
const SCHEDULE_MS = 1_000;

const runJobData = z.object({ runId: z.string() });

/** `takeOverAll`: no other worker exists, so that every unfinished run is ours to continue at once. */
export async function startWorker(
  context: Pick<AppContext, "db" | "queue">,
  options: {
    readonly job: RunJob;
    readonly takeOverAll: boolean;
    readonly logError: (error: unknown) => void;
  },
): Promise<Worker> {
  const { db, queue } = context;
  const { boss } = queue;
  const id = `worker-${randomUUID()}`;
  const shutdown = new AbortController();
  setMaxListeners(PARALLEL_RUNS, shutdown.signal);

  const sweep = async (orphansOfAll: boolean): Promise<void> => {
    for (const runId of await listRunnable(db, orphansOfAll)) await queue.wake(runId);
    await advanceGroupRuns(context);
  };

  await sweep(options.takeOverAll);
  await boss.work(
    RUN_QUEUE,
    { localConcurrency: PARALLEL_RUNS, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 5 },
    async ([job]) => {
      const { runId } = runJobData.parse(job?.data);
      const mine = await executeRun(
        { db, workerId: id, shutdown: shutdown.signal, job: options.job, logError: options.logError },
        runId,
      );
      const run = mine ? await findRun(db, runId) : undefined;
      if (run?.resumeAt != null) await queue.wake(runId, new Date(run.resumeAt));
      // A run that had to wait for this one is woken by it.
      const next = run === undefined ? undefined : await findNextQueued(db, run.transferId);
      if (next !== undefined) await queue.wake(next);
      if (run?.group) await advanceGroupRun(context, run.group.runId);
    },
  );
  await boss.work(HELD_QUEUE, { pollingIntervalSeconds: 5 }, () => rerunDueHeld(context));
  await boss.schedule(HELD_QUEUE, "* * * * *");
  const sweeping = setInterval(() => {
    sweep(false).catch(options.logError);
  }, SWEEP_MS);

  let looking = false;
  const scheduling = setInterval(() => {
    if (looking) return;
    looking = true;
    runDueSchedules(context, new Date(), options.logError)
      .catch(options.logError)
      .finally(() => (looking = false));
  }, SCHEDULE_MS);

  return {
    id,
    stop: async () => {
      clearInterval(sweeping);
      clearInterval(scheduling);
      shutdown.abort();
      await Promise.all([boss.offWork(RUN_QUEUE, { wait: true }), boss.offWork(HELD_QUEUE, { wait: true })]);
    },
  };
}
