/**
 * How a connection behaves when the world does not: time and chance are injected, so that tests neither sleep nor
 * guess, and the gate is shared by everybody in this process who uses the connection.
 */
import type { ShareLimits } from "./gate-share.ts";
import { createGate, type Gate } from "./gate.ts";

export interface ResilienceOptions {
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** May resolve early when the run is asked to stop. */
  readonly sleep?: ((ms: number) => Promise<void>) | undefined;
  /** From 0 up to 1, for the jitter. */
  readonly random?: (() => number) | undefined;
  /** The gate of the connection; without it the port makes its own. */
  readonly gate?: Gate | undefined;
  /** Tries of a safe call in all. */
  readonly attempts?: number | undefined;
  /** Longest time one call waits for a throttled system before it fails with a retryable fault. */
  readonly maxWaitMs?: number | undefined;
  /** Share of the daily calls of a Salesforce org after which to stop calling, instead of the connection's own. */
  readonly dailyShare?: number | undefined;
}

export interface Resilience {
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly gate: Gate;
  readonly attempts: number;
  readonly maxWaitMs: number;
  readonly dailyShare: number | undefined;
  /** Wait before try number `attempt` + 1, growing and with jitter. */
  backOffMs(attempt: number): number;
}

const FIRST_BACK_OFF_MS = 500;
const LONGEST_BACK_OFF_MS = 30_000;

/** `defaults` are those of the kind of system: calls at once, calls per span of time. */
export function toResilience(options: ResilienceOptions, defaults: ShareLimits): Resilience {
  const now = options.now ?? (() => Date.now());
  const sleep = options.sleep ?? ((ms) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  const random = options.random ?? (() => Math.random());
  return {
    now,
    sleep,
    gate: options.gate ?? createGate({ ...defaults, now, sleep, random }),
    attempts: options.attempts ?? 6,
    maxWaitMs: options.maxWaitMs ?? 120_000,
    dailyShare: options.dailyShare,
    backOffMs(attempt) {
      const full = Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** (attempt - 1));
      return Math.round(full * (0.5 + random() / 2));
    },
  };
}
