/** Random schedules through the nights in which clocks change: what two workers started, against what was due. */
import type { PostgresAddress } from "../../apps/api/src/db/embedded/index.ts";
import { openClockwork, type Clockwork } from "./clockwork.ts";
import { listExpectedTicks, readWall } from "./expected-ticks.ts";
import { createRandom, type Random } from "./random.ts";
import { nights, pickCron, type Night } from "./random-schedules.ts";

export interface ScheduleTally {
  schedules: number;
  ticks: number;
  missed: number;
  /** Started twice, or at a time that was not due. */
  doubled: number;
}

/** A worker looks at most this long after a tick. */
const lookMs = 1_000;

async function liveNight(
  clockwork: Clockwork,
  night: Night,
  crons: readonly string[],
  random: Random,
  tally: ScheduleTally,
): Promise<void> {
  const wall = readWall(night.timeZone, night.fromMs, night.toMs);
  const names = crons.map((_, index) => `tr_${tally.schedules + index}`);
  await clockwork.addTransfers(names);
  const due = new Map<string, readonly number[]>();
  const started = new Map<string, number[]>();
  for (const [index, cron] of crons.entries()) {
    const clock = { cron, timeZone: night.timeZone };
    const id = await clockwork.addSchedule(names[index] ?? "", clock, new Date(night.fromMs));
    due.set(id, listExpectedTicks(cron, wall));
    started.set(id, []);
  }
  for (;;) {
    const next = await clockwork.nextTick();
    if (next === null || next.getTime() > night.toMs) break;
    const ticks = await clockwork.look(new Date(next.getTime() + random.between(0, lookMs)));
    for (const { scheduleId, dueAt, runId } of ticks)
      if (runId !== null) started.get(scheduleId)?.push(dueAt.getTime());
    await clockwork.endRuns(ticks.flatMap(({ runId }) => runId ?? []));
  }
  for (const [id, wanted] of due) {
    const seen = started.get(id) ?? [];
    tally.ticks += wanted.length;
    tally.missed += wanted.filter((at) => !seen.includes(at)).length;
    tally.doubled += seen.filter((at, index) => !wanted.includes(at) || seen.indexOf(at) !== index).length;
  }
  tally.schedules += crons.length;
  await clockwork.db.pool.query("update schedules set enabled = false, next_at = null");
}

export async function runSchedules(
  server: PostgresAddress,
  count: number,
  say: (line: string) => void,
): Promise<ScheduleTally> {
  const random = createRandom(77);
  const tally: ScheduleTally = { schedules: 0, ticks: 0, missed: 0, doubled: 0 };
  const clockwork = await openClockwork(server);
  try {
    for (const [place, night] of nights.entries()) {
      const share = Math.ceil(((place + 1) * count) / nights.length) - tally.schedules;
      const crons = Array.from({ length: share }, () => pickCron(random));
      await liveNight(clockwork, night, crons, random, tally);
      say(`Schedules in ${night.timeZone}: ${JSON.stringify(tally)}`);
    }
    return tally;
  } finally {
    await clockwork.close();
  }
}
