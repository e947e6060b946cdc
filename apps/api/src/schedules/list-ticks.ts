/**
 * When a schedule ticks: a cron expression read in a time zone. Around a change of the clocks a fixed time ticks once
 * a day, right behind the gap where it does not exist and at its first occurrence where it comes twice; what ticks
 * all day long goes on at its pace.
 */
import { toIssue, type Issue, type ScheduleClock } from "@fieldbridge/model";
import { Cron } from "croner";

const open = ({ cron, timeZone }: ScheduleClock): Cron =>
  new Cron(cron, { timezone: timeZone, mode: "5-part", paused: true });

/** The first tick strictly behind `after`; null where none comes. */
export const findNextTick = (clock: ScheduleClock, after: Date): Date | null => open(clock).nextRun(after);

export function listTicks(clock: ScheduleClock, after: Date, count: number): Date[] {
  const cron = open(clock);
  const ticks: Date[] = [];
  for (let tick = cron.nextRun(after); tick !== null && ticks.length < count; tick = cron.nextRun(tick))
    ticks.push(tick);
  return ticks;
}

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** Why the expression cannot be read, without the name of the library that says so. */
const explain = (clock: ScheduleClock): string | null => {
  const count = clock.cron.trim().split(/\s+/).length;
  if (count !== 5) return `it has ${count} ${count === 1 ? "field" : "fields"} and needs five`;
  try {
    open(clock);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^CronPattern: /, "").replace(/\.$/, "") : "";
  }
};

/** Empty where the schedule will tick. */
export function checkClock(clock: ScheduleClock, now: Date): Issue[] {
  if (!isTimeZone(clock.timeZone))
    return [toIssue("CLK-802", "timeZone", `There is no time zone "${clock.timeZone}".`)];
  const reason = explain(clock);
  if (reason !== null)
    return [toIssue("CLK-801", "cron", `"${clock.cron}" is no cron expression: ${reason}.`)];
  return findNextTick(clock, now) === null
    ? [toIssue("CLK-803", "cron", `"${clock.cron}" never comes: no such day is in the calendar.`)]
    : [];
}
