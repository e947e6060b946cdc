/**
 * One run in this worker: claim it, keep the lease while the engine works, and end it or give it back. Everything
 * that can go wrong ends in a state of the run; only a lost lease and a broken database leave it to others.
 */
import { Fault, type RunEnd } from "@fieldbridge/engine";
import { toIssue } from "@fieldbridge/model";
import type { Database } from "../db/database.ts";
import { inTransaction } from "../db/transaction.ts";
import {
  claimRun,
  finishRun,
  putRunAside,
  LeaseLost,
  releaseRun,
  renewLease,
  type RunPulse,
} from "../stores/run-lease.store.ts";

/**
 * Does the work of the run; ends soon after `signal` is aborted, with the page in flight stored or left out whole.
 * `tell` may be called as often as it likes.
 */
export type RunJob = (
  run: {
    readonly runId: string;
    readonly workerId: string;
    readonly signal: AbortSignal;
    /** To be called where the job itself sees that somebody asked for a stop. */
    readonly stop: () => void;
  },
  tell: (pulse: RunPulse) => void,
) => Promise<RunEnd>;

/** Why a run is asked to end before its time. */
type StopReason = "stop" | "shutdown" | "lost";

const RENEW_MS = 1_000;

function toEnd(error: unknown, log: (error: unknown) => void): RunEnd {
  if (error instanceof Fault && error.closed)
    return { state: "put-aside", resumeAfterMs: error.retryAfterMs ?? 0, issues: [error.issue] };
  if (error instanceof Fault) return { state: "failed", issues: [error.issue] };
  log(error);
  const message = "The run met a mistake in Fieldbridge itself; the log has more. Nothing stored was lost.";
  return { state: "failed", issues: [toIssue("API-999", "", message)] };
}

/** Answers false where this worker did not get the run. `shutdown` is aborted when the process is to end. */
export async function executeRun(
  parts: {
    readonly db: Database;
    readonly workerId: string;
    readonly shutdown: AbortSignal;
    readonly job: RunJob;
    readonly logError: (error: unknown) => void;
  },
  runId: string,
): Promise<boolean> {
  const { db, workerId, shutdown, job, logError } = parts;
  if (shutdown.aborted || !(await claimRun(db, runId, workerId))) return false;

  const controller = new AbortController();
  const stop = (reason: StopReason) => controller.abort(reason);
  const onShutdown = () => stop("shutdown");
  shutdown.addEventListener("abort", onShutdown);
  let pulse: RunPulse = { phase: null, expected: null, sourceCalls: 0, targetCalls: 0, lookups: [] };
  const renewal = setInterval(() => {
    renewLease(db, runId, workerId, pulse).then(
      (answer) => answer.stop && stop("stop"),
      // A database that does not answer for a moment is no reason to stop; the lease outlasts it.
      (error) => error instanceof LeaseLost && stop("lost"),
    );
  }, RENEW_MS);

  let end: RunEnd;
  try {
    end = await job(
      { runId, workerId, signal: controller.signal, stop: () => stop("stop") },
      (told) => (pulse = told),
    );
  } catch (error) {
    if (error instanceof LeaseLost) return true;
    end = toEnd(error, logError);
  } finally {
    clearInterval(renewal);
    shutdown.removeEventListener("abort", onShutdown);
  }
  if (end.state === "stopped" && controller.signal.reason === "shutdown")
    await releaseRun(db, runId, workerId);
  else
    await inTransaction(db.pool, (client) =>
      end.state === "put-aside"
        ? putRunAside(client, runId, workerId, { ...end, pulse })
        : finishRun(client, runId, workerId, { ...end, pulse }),
    );
  return true;
}
