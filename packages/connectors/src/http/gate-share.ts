/**
 * What the gates of one connection have in common, whichever process they stand in: how many calls each may make and
 * whether anybody may call at all. The one here serves a single process; the app has one for many.
 */
import type { Issue } from "@fieldbridge/model";

/** Nobody calls before `untilMs`. */
export interface Closure {
  /** `throttled`: the system asked for the pause. `broken`: it does not answer, and one call at a time tries it. */
  readonly kind: "throttled" | "broken";
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly issue: Issue;
  /** How often in a row the system was found broken; 0 for a pause. */
  readonly round: number;
}

/** Calls of the day, as the system itself counts them for everybody who calls it. */
export interface DailyUsage {
  readonly used: number;
  readonly allowed: number;
}

export interface GateShare {
  /** Calls this gate may have in flight now. */
  readonly slots: () => number;
  /** 0 where a call may start, which is counted at once; else the milliseconds after which to ask again. */
  readonly takeCall: () => number;
  /** Tells the other gates; null where the system answers again. */
  readonly tellClosure: (closure: Closure | null) => void;
  readonly tellUsage: (usage: DailyUsage) => void;
  /** `onClosure` gets what other gates told, `onRoom` is called when there may be more slots. */
  readonly listen: (gate: {
    onClosure(closure: Closure | null): void;
    onRoom(): void;
    /** Calls in flight. */
    active(): number;
  }) => void;
}

export interface ShareLimits {
  /** Calls in flight at once. */
  readonly concurrency: number;
  /** At most so many calls in any span of so many milliseconds. */
  readonly window?: { readonly calls: number; readonly perMs: number } | undefined;
}

export function createLocalShare({ concurrency, window }: ShareLimits, now: () => number): GateShare {
  const starts: number[] = [];
  return {
    slots: () => concurrency,
    takeCall() {
      if (window === undefined) return 0;
      const at = now();
      while (starts.length > 0 && (starts[0] ?? 0) <= at - window.perMs) starts.shift();
      const oldest = starts[0];
      if (starts.length >= window.calls && oldest !== undefined) return oldest + window.perMs - at;
      starts.push(at);
      return 0;
    },
    tellClosure: () => undefined,
    tellUsage: () => undefined,
    listen: () => undefined,
  };
}
