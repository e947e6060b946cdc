/**
 * When a held record is tried again by itself, by what held it: the one table of it. The wait doubles with every
 * attempt from `firstMs` up to `maxMs`; after `attempts` only a person can help. Besides this clock a record is
 * tried when its source record changes, when a person says so, and, where it waits for another, when that passes.
 */
import type { IssueClass } from "@fieldbridge/model";

export interface RetryRule {
  readonly firstMs: number;
  readonly maxMs: number;
  readonly attempts: number;
}

const seconds = (n: number) => n * 1_000;
const minutes = (n: number) => n * 60_000;
const hours = (n: number) => n * 3_600_000;

export const retrySchedule: Readonly<Record<IssueClass, RetryRule>> = {
  // Somebody must correct a record; the slow retry finds corrections made in the target.
  data: { firstMs: hours(1), maxMs: hours(24), attempts: 20 },
  mapping: { firstMs: hours(6), maxMs: hours(24), attempts: 10 },
  permission: { firstMs: minutes(30), maxMs: hours(12), attempts: 30 },
  // The world comes back by itself.
  connection: { firstMs: minutes(1), maxMs: minutes(30), attempts: 200 },
  throttle: { firstMs: minutes(2), maxMs: hours(1), attempts: 200 },
  conflict: { firstMs: minutes(1), maxMs: hours(1), attempts: 30 },
  // Released at once when the record it waits for passes; the clock is only the net below.
  waiting: { firstMs: minutes(15), maxMs: hours(6), attempts: 200 },
  // It was sent and no answer came: look in the target soon, while it is easy to tell.
  uncertain: { firstMs: seconds(30), maxMs: minutes(15), attempts: 60 },
};
