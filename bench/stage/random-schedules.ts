/** Random schedules around the nights in which clocks change, in zones that change by an hour, by half of one or never. */
import type { Random } from "./random.ts";

export interface Night {
  readonly timeZone: string;
  /** Some hours before the change and behind it. */
  readonly fromMs: number;
  readonly toMs: number;
}

const hourMs = 3_600_000;

const nightOf = (timeZone: string, changesAt: string): Night => ({
  timeZone,
  fromMs: Date.parse(changesAt) - 8 * hourMs,
  toMs: Date.parse(changesAt) + 6 * hourMs,
});

export const nights: readonly Night[] = [
  nightOf("Europe/Copenhagen", "2026-03-29T01:00:00Z"),
  nightOf("Europe/Copenhagen", "2026-10-25T01:00:00Z"),
  nightOf("America/New_York", "2026-03-08T07:00:00Z"),
  nightOf("America/New_York", "2026-11-01T06:00:00Z"),
  nightOf("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
  nightOf("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
  nightOf("Asia/Kolkata", "2026-03-29T01:00:00Z"),
];

const dayFields = ["* * *", "* * *", "* * 1-5", "* * 0,6", "* * 6,0,1", "1-15 * *", "* 3,4,10,11 *"] as const;

/** The shapes that people use: every few minutes, hourly, at hours of the day, and at one time, above all at night. */
export function pickCron(random: Random): string {
  const days = random.pick(dayFields);
  const minute = random.between(0, 59);
  const hour = random.between(0, 2) > 0 ? random.between(0, 4) : random.between(0, 23);
  switch (random.between(0, 3)) {
    case 0:
      return `*/${random.pick([5, 10, 15, 20, 30])} ${random.pick(["*", `${hour}-${Math.min(23, hour + 4)}`])} ${days}`;
    case 1:
      return `${minute} * ${days}`;
    case 2:
      return `${minute} */${random.pick([2, 3, 4, 6])} ${days}`;
    default:
      return `${minute} ${hour} ${days}`;
  }
}
