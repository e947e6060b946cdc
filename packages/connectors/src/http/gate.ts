/**
 * The one door of a connection: how many calls run at once, how many in a span of time, and until when nobody may
 * call at all. All runs and workers of a process that use a connection share its gate.
 */
import { Fault } from "@fieldbridge/engine";
import { toIssue, type Issue } from "@fieldbridge/model";

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
   * pause is longer than `maxWaitMs`. `sleep` is the caller's own where it can be woken by a stop.
   */
  enter(maxWaitMs: number, sleep?: (ms: number) => Promise<void>): Promise<() => void>;
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

function stoppedFault(retryAfterMs: number): Fault {
  const issue = toIssue("CON-605", "", "The call was stopped while it waited for its turn.");
  return new Fault(issue, { retryable: true, sent: false, retryAfterMs });
}

export function createGate(options: GateOptions): Gate {
  const { concurrency, window, now } = options;
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
  async function rest(ms: number, sleep: GateOptions["sleep"]): Promise<boolean> {
    const startedAt = now();
    await sleep(ms);
    return now() - startedAt >= ms / 2;
  }

  async function waitForPause(issue: Issue, maxWaitMs: number, sleep: GateOptions["sleep"]): Promise<void> {
    const left = pausedUntil - now();
    if (left > maxWaitMs || !(await rest(left, sleep))) throw pauseFault(issue);
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
    async enter(maxWaitMs, sleep = options.sleep) {
      for (;;) {
        if (pauseIssue !== undefined && pausedUntil > now()) {
          await waitForPause(pauseIssue, maxWaitMs, sleep);
          continue;
        }
        if (probe === "out" || active >= concurrency) {
          await changed.wait;
          continue;
        }
        const windowMs = windowLeftMs();
        if (windowMs > 0) {
          if (!(await rest(windowMs, sleep))) throw stoppedFault(windowMs);
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
