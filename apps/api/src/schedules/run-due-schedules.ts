/**
 * Starts what is due. Any number of workers may look at once: the run and the move to the next tick are one
 * transaction, and whoever comes second finds the tick gone (I12). Ticks missed while nobody worked start one run.
 */
import type { AppContext } from "../app-context.ts";
import { ProblemError } from "../problem.ts";
import { startRun } from "../runs/start-run.ts";
import { claimTick, listDueSchedules, skipTick, type DueSchedule } from "../stores/schedules.store.ts";
import { findNextTick } from "./list-ticks.ts";

/** Schedules of one look; the next look takes the rest. */
const MOST_DUE = 200;

class TickTaken extends Error {
  override readonly name = "TickTaken";
}

export interface Tick {
  readonly scheduleId: string;
  readonly dueAt: Date;
  /** Null where no run was started; the schedule says why. */
  readonly runId: string | null;
}

type Context = Pick<AppContext, "db" | "queue">;

/** Null where another worker has the tick. */
async function takeTick(context: Context, due: DueSchedule, now: Date): Promise<Tick | null> {
  const claim = { id: due.id, dueAt: due.dueAt, nextAt: findNextTick(due, now) };
  try {
    const run = await startRun(context, due.transferId, due.work, {
      trigger: "schedule",
      parameters: due.parameters,
      scheduleId: due.id,
      claim: async (client) => {
        if (!(await claimTick(client, claim))) throw new TickTaken();
      },
    });
    return { scheduleId: due.id, dueAt: due.dueAt, runId: run.id };
  } catch (error) {
    if (error instanceof TickTaken) return null;
    if (!(error instanceof ProblemError)) throw error;
    const isMine = await skipTick(context.db, claim, error.message);
    return isMine ? { scheduleId: due.id, dueAt: due.dueAt, runId: null } : null;
  }
}

/** Answers the ticks this call took. A schedule that cannot be started does not hold up the others. */
export async function runDueSchedules(
  context: Context,
  now: Date,
  logError: (error: unknown) => void,
): Promise<Tick[]> {
  const taken: Tick[] = [];
  for (const due of await listDueSchedules(context.db, now, MOST_DUE))
    try {
      const tick = await takeTick(context, due, now);
      if (tick !== null) taken.push(tick);
    } catch (error) {
      logError(error);
    }
  return taken;
}
