/**
 * The one door of a connection: how many calls run at once, how many in a span of time, and until when nobody may
 * call at all, because the system asked for a pause or does not answer. All runs of a process that use a connection
 * share its gate; the gates of several processes share through `GateShare`.
 */
import { Fault } from "@fieldbridge/engine";
import { toIssue, type Issue } from "@fieldbridge/model";
import { createCircuit } from "./circuit.ts";
import { createLocalShare, type Closure, type GateShare, type ShareLimits } from "./gate-share.ts";

export interface GateOptions extends ShareLimits {
  /** What people call the connection. */
  readonly name?: string | undefined;
  /** From 0 up to 1, for the jitter. */
  readonly random?: (() => number) | undefined;
  readonly now: () => number;
  /** May resolve early where the run is asked to stop; the waiting call then fails with a retryable fault. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Replaces the limits by what is shared with other processes. */
  readonly share?: GateShare | undefined;
}

export interface Gate {
  /**
   * Resolves when the call may be made; call the result when it ended. Throws a retryable `Fault` at once where the
   * pause is longer than `maxWaitMs` or the system is known to be broken. `sleep` is the caller's own where it can be
   * woken by a stop.
   */
  enter(maxWaitMs: number, sleep?: (ms: number) => Promise<void>): Promise<() => void>;
  /** Nobody calls before `untilMs`; afterwards one call goes first and the others follow when it has ended. */
  pause(untilMs: number, issue: Issue): void;
  /** A call got no answer, or one that says that the system itself failed; true where no further call helps now. */
  noteFailure(cause: Issue): boolean;
  /** The system answered, whatever it said. */
  noteAnswer(): void;
  readonly tellUsage: GateShare["tellUsage"];
}

interface Signal {
  readonly wait: Promise<void>;
  readonly give: () => void;
}

/** Where the call that tries a broken system is under way, the others come back after so long. */
const PROBE_MS = 2_000;
/** How long a call waits before it asks again for a slot while other processes have them all. */
const NO_SLOT_MS = 1_000;

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
  const { now } = options;
  const share = options.share ?? createLocalShare(options, now);
  const circuit = createCircuit({
    name: options.name ?? "The system",
    now,
    random: options.random ?? (() => Math.random()),
  });
  let active = 0;
  let closure: Closure | undefined;
  let probe: "none" | "due" | "out" = "none";
  let changed = createSignal();

  function announce(): void {
    const before = changed;
    changed = createSignal();
    before.give();
  }

  function close(next: Closure): void {
    closure = next;
    probe = "due";
    announce();
  }

  function open(): void {
    closure = undefined;
    probe = "none";
    announce();
  }

  share.listen({
    onClosure(told) {
      if (told === null) {
        if (closure?.kind === "broken") open();
      } else if (told.untilMs > (closure?.untilMs ?? 0)) close(told);
    },
    onRoom: announce,
    active: () => active,
  });

  /** False where the sleep ended early, that is, on a stop. */
  async function rest(ms: number, sleep: GateOptions["sleep"]): Promise<boolean> {
    const startedAt = now();
    await sleep(ms);
    return now() - startedAt >= ms / 2;
  }

  async function waitForPause(
    { kind, issue }: Closure,
    leftMs: number,
    maxWaitMs: number,
    sleep: GateOptions["sleep"],
  ): Promise<void> {
    const isLong = kind === "broken" || leftMs > maxWaitMs;
    if (isLong || !(await rest(leftMs, sleep)))
      throw new Fault(issue, { retryable: true, sent: false, retryAfterMs: leftMs, closed: isLong });
  }

  function start(): () => void {
    active += 1;
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

  /** The next call that ends makes room; where none is in flight the share has to grow, which a stop may interrupt. */
  async function waitForTurn(sleep: GateOptions["sleep"]): Promise<void> {
    if (active > 0) return changed.wait;
    const [turn, timeout] = [changed.wait.then(() => true), rest(NO_SLOT_MS, sleep)];
    if (!(await Promise.race([turn, timeout]))) throw stoppedFault(NO_SLOT_MS);
  }

  async function enter(maxWaitMs: number, sleep: GateOptions["sleep"]): Promise<() => void> {
    for (;;) {
      const leftMs = closure === undefined ? 0 : closure.untilMs - now();
      if (closure !== undefined && leftMs > 0) {
        await waitForPause(closure, leftMs, maxWaitMs, sleep);
        continue;
      }
      if (closure?.kind === "broken" && probe === "out")
        await waitForPause(closure, PROBE_MS, maxWaitMs, sleep);
      if (probe === "out" || active >= share.slots()) {
        await waitForTurn(sleep);
        continue;
      }
      const windowMs = share.takeCall();
      if (windowMs > 0) {
        if (!(await rest(windowMs, sleep))) throw stoppedFault(windowMs);
        continue;
      }
      return start();
    }
  }

  return {
    enter: (maxWaitMs, sleep = options.sleep) => enter(maxWaitMs, sleep),
    pause(untilMs, issue) {
      circuit.answered();
      if (closure?.kind !== "broken" && untilMs <= (closure?.untilMs ?? 0)) {
        probe = "due";
        announce();
        return;
      }
      close({ kind: "throttled", sinceMs: now(), untilMs, issue, round: 0 });
      if (closure !== undefined) share.tellClosure(closure);
    },
    noteFailure(cause) {
      // Calls that were under way when it closed tell nothing new.
      if (closure !== undefined && closure.untilMs > now()) return closure.kind === "broken";
      const next = circuit.failed(cause, closure);
      if (next === undefined) return false;
      close(next);
      share.tellClosure(next);
      return true;
    },
    noteAnswer() {
      circuit.answered();
      if (closure?.kind !== "broken") return;
      open();
      share.tellClosure(null);
    },
    tellUsage: share.tellUsage,
  };
}

/**
 * For the test a person asks for: it calls although the system is known to be broken, and an answer opens the gate
 * for everybody. It never calls inside a pause the system asked for.
 */
export const toTestGate = (gate: Gate): Gate => ({
  ...gate,
  async enter(maxWaitMs, sleep) {
    try {
      return await gate.enter(maxWaitMs, sleep);
    } catch (error) {
      if (error instanceof Fault && error.issue.code === "CON-611") return () => undefined;
      throw error;
    }
  },
});
