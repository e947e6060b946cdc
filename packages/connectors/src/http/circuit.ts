/**
 * Notices that a system is broken: so many calls in a row without an answer. From then on it is tried by one call
 * after pauses that grow, instead of every record and page going through all its retries.
 */
import { toIssue, type Issue } from "@fieldbridge/model";
import type { Closure } from "./gate-share.ts";

/** Calls in a row without an answer after which a system counts as broken. */
export const FAILURES_TO_OPEN = 5;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** `random` is from 0 up to 1; half of each pause is left to chance, so that not all come back at once. */
export function toCircuitPauseMs(round: number, random: () => number): number {
  const full = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (round - 1));
  return Math.round(full * (0.5 + random() / 2));
}

export interface Circuit {
  /** A call found no answer; the closure where that was one too many. `before` is the closure there was. */
  failed(cause: Issue, before: Closure | undefined): Closure | undefined;
  answered(): void;
}

/** `name` is what people call the connection. */
export function createCircuit(options: {
  readonly name: string;
  readonly now: () => number;
  readonly random: () => number;
}): Circuit {
  const { name, now, random } = options;
  let failures = 0;
  let sinceMs = 0;
  return {
    failed(cause, before) {
      const broken = before?.kind === "broken" ? before : undefined;
      if (failures === 0) sinceMs = now();
      failures += 1;
      if (failures < FAILURES_TO_OPEN && broken === undefined) return undefined;
      const round = (broken?.round ?? 0) + 1;
      return {
        kind: "broken",
        sinceMs: broken?.sinceMs ?? sinceMs,
        untilMs: now() + toCircuitPauseMs(round, random),
        issue: broken?.issue ?? toIssue("CON-611", "", describe(name, failures, cause)),
        round,
      };
    },
    answered() {
      failures = 0;
    },
  };
}

const describe = (name: string, failures: number, cause: Issue): string =>
  `${name} has not answered ${failures} calls in a row. The last time: ${cause.message}`;
