/**
 * The one door of a connection: how many calls run at once, how many in a span of time, and until when nobody may
 * call at all. All runs and workers of a process that use a connection share its gate.
 */
import { Fault } from "@fieldbridge/engine";
import type { Issue } from "@fieldbridge/model";

export interface GateOptions {
  /** Calls in flight at once. */
  readonly concurrency: number;
  /** At most so many calls in any span of so many milliseconds. */
  readonly window?: { readonly calls: number; readonly perMs: number } | undefined;
  readonly now: () => number;
  /** May resolve early where the run is asked to stop; the waiting call then fails with a retryable fault. */
  readonly sleep: (ms: number) => Promise<void>;
}

export interface Gate {
  /**
   * Resolves when the call may be made; call the result when it ended. Throws a retryable `Fault` at once where the
   * pause is longer than `maxWaitMs`.
   */
  enter(maxWaitMs: number): Promise<() => void>;
  /** Nobody calls before `untilMs`; afterwards one call goes first and the others follow when it has ended. */
  pause(untilMs: number, issue: Issue): void;
}

interface Signal {
  readonly wait: Promise<void>;
  readonly give: () => void;
}

function createSignal(): Signal {
  const gives: (() => void)[] = [];
  const wait = new Promise<void>((resolve) => gives.push(resolve));
  return { wait, give: () => gives.forEach((give) => give()) };
}

export function createGate(options: GateOptions): Gate {
  const { concurrency, window, now, sleep } = options;
  let active = 0;
  let pausedUntil = 0;
  let pauseIssue: Issue | undefined;
  let probe: "none" | "due" | "out" = "none";
  let changed = createSignal();
  const starts: number[] = [];

  function announce(): void {
    const before = changed;
    changed = createSignal();
    before.give();
  }

  function pauseFault(issue: Issue): Fault {
    return new Fault(issue, { retryable: true, sent: false, retryAfterMs: Math.max(0, pausedUntil - now()) });
  }

  /** False where the sleep ended early, that is, on a stop. */
  async function rest(ms: number): Promise<boolean> {
    const startedAt = now();
    await sleep(ms);
    return now() - startedAt >= ms / 2;
  }

  async function waitForPause(issue: Issue, maxWaitMs: number): Promise<void> {
    const left = pausedUntil - now();
    if (left > maxWaitMs || !(await rest(left))) throw pauseFault(issue);
  }

  function windowLeftMs(): number {
    if (window === undefined) return 0;
    const at = now();
    while (starts.length > 0 && (starts[0] ?? 0) <= at - window.perMs) starts.shift();
    const oldest = starts[0];
    return starts.length < window.calls || oldest === undefined ? 0 : oldest + window.perMs - at;
  }

  function start(): () => void {
    active += 1;
    if (window !== undefined) starts.push(now());
    const isProbe = probe === "due";
    if (isProbe) probe = "out";
    let left = false;
    return () => {
      if (left) return;
      left = true;
      active -= 1;
      if (isProbe && probe === "out") probe = "none";
      announce();
    };
  }

  return {
    async enter(maxWaitMs) {
      for (;;) {
        if (pauseIssue !== undefined && pausedUntil > now()) {
          await waitForPause(pauseIssue, maxWaitMs);
          continue;
        }
        if (probe === "out" || active >= concurrency) {
          await changed.wait;
          continue;
        }
        const windowMs = windowLeftMs();
        if (windowMs > 0) {
          await sleep(windowMs);
          continue;
        }
        return start();
      }
    },
    pause(untilMs, issue) {
      if (untilMs > pausedUntil) {
        pausedUntil = untilMs;
        pauseIssue = issue;
      }
      probe = "due";
      announce();
    },
  };
}
