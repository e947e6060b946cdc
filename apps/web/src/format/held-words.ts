/** Attempts of a held record in words: how often it was tried and when it is tried next. */
import type { HeldRecord } from "@fieldbridge/model";
import { formatCount } from "./number.ts";
import { formatShortInstant } from "./time.ts";

const describeTries = (attempts: number): string =>
  attempts === 1 ? "tried once" : attempts === 2 ? "tried twice" : `tried ${formatCount(attempts)} times`;

/** "tried 3 times, next at 14:05", without a full stop. */
export function describeAttempts(
  held: Pick<HeldRecord, "attempts" | "nextAttemptAt" | "state">,
  now: number,
): string {
  const tries = describeTries(held.attempts);
  if (held.state !== "open") return tries;
  if (held.nextAttemptAt === null) return `${tries}, waits for a person now`;
  return Date.parse(held.nextAttemptAt) <= now
    ? `${tries}, due now`
    : `${tries}, next at ${formatShortInstant(held.nextAttemptAt, now)}`;
}
