/**
 * R11: ten schedules that tick every minute, runs that take up to four of them, two workers that look at the same
 * moment, one of which is replaced every now and then. Each tick is taken once, as a run or as skipped, and no transfer
 * ever has two runs. Time is virtual.
 */
import { openClockwork, type Clockwork } from "./stage/clockwork.ts";
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { createRandom } from "./stage/random.ts";

const startsAt = new Date("2026-11-20T00:00:00Z");
const minuteMs = 60_000;
const transfers = 10;

interface Tally {
  ticks: number;
  runs: number;
  skipped: number;
  overlaps: number;
}

async function countOverlaps({ db }: Clockwork): Promise<number> {
  const { rows } = await db.pool.query(
    "select transfer_id from runs where state in ('queued', 'running') group by transfer_id having count(*) > 1",
  );
  return rows.length;
}

export async function proveTicks(bench: Bench): Promise<Figure> {
  const minutes = bench.size === "full" ? 1_000 : 40;
  const random = createRandom(11);
  const clockwork = await openClockwork(bench.server);
  const tally: Tally = { ticks: 0, runs: 0, skipped: 0, overlaps: 0 };
  const taken = new Set<string>();
  const open = new Map<string, number>();
  try {
    const names = Array.from({ length: transfers }, (_, index) => `tr_${index}`);
    await clockwork.addTransfers(names);
    for (const name of names)
      await clockwork.addSchedule(name, { cron: "* * * * *", timeZone: "Europe/Copenhagen" }, startsAt);
    for (let minute = 1; minute <= minutes; minute += 1) {
      if (minute % 20 === 0) await clockwork.replaceWorker();
      const over = [...open].filter(([, endsAt]) => endsAt <= minute).map(([id]) => id);
      await clockwork.endRuns(over);
      for (const id of over) open.delete(id);
      const ticks = await clockwork.look(new Date(startsAt.getTime() + minute * minuteMs));
      for (const { scheduleId, dueAt, runId } of ticks) {
        tally.ticks += 1;
        taken.add(`${scheduleId} ${dueAt.toISOString()}`);
        if (runId === null) tally.skipped += 1;
        else {
          tally.runs += 1;
          open.set(runId, minute + random.between(1, 4));
        }
      }
      tally.overlaps += await countOverlaps(clockwork);
      if (minute % 100 === 0) bench.say(`minute ${minute}: ${JSON.stringify(tally)}`);
    }
  } finally {
    await clockwork.close();
  }
  const due = minutes * transfers;
  return {
    id: "R11",
    text:
      `${due} ticks, ${taken.size} taken, ${tally.ticks - taken.size} of them twice, ${tally.runs} runs and ${tally.skipped} skipped behind long runs, ` +
      `${tally.overlaps} overlaps, 2 workers, one replaced every 20 minutes`,
    met: taken.size === due && tally.ticks === due && tally.overlaps === 0 && tally.skipped > 0,
  };
}

await runAsCommand(import.meta.url, proveTicks);
