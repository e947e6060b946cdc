/** When a connection that is not called now is called again, in the same words everywhere. */
import type { ConnectionClosure } from "@fieldbridge/model";
import { formatShortInstant } from "./time.ts";

export function describeNextTry({ kind, until }: ConnectionClosure, now: number): string {
  const what = kind === "broken" ? "tried again" : "called again";
  return Date.parse(until) <= now
    ? `${what} by the next run`
    : `${what} at ${formatShortInstant(until, now)}`;
}
