/** A clock that stands still until somebody sleeps or moves it. */
import type { Clock } from "../ports.ts";
import { addMs } from "../values/instants.ts";

export interface MemoryClock extends Clock {
  /** Moves the clock on. */
  readonly advance: (ms: number) => void;
  /** Milliseconds slept so far. */
  readonly sleptMs: () => number;
}

export function createMemoryClock(startsAt = "2026-11-20T08:00:00.000Z"): MemoryClock {
  let now = startsAt;
  let slept = 0;
  return {
    now: () => now,
    sleep: (ms) => {
      now = addMs(now, ms);
      slept += ms;
      return Promise.resolve();
    },
    advance: (ms) => {
      now = addMs(now, ms);
    },
    sleptMs: () => slept,
  };
}
