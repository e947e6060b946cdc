/** Calls of a span of time, taken from leases that are asked for in the background before the last one is used up. */
import type { Database } from "../db/database.ts";
import { leaseCalls, type SpentLease } from "../stores/connection-gates.store.ts";

interface Lease {
  readonly id: string;
  readonly calls: number;
  readonly useUntilMs: number;
  used: number;
  lastMs: number;
}

/** A span is leased in so many chunks: the share that may lie unused in the hands of a process. */
const CHUNKS = 50;
const SHORTEST_USE_MS = 100;
const ASK_AGAIN_MS = 5;
const LONGEST_WAIT_MS = 1_000;

export function createCallBudget(
  db: Database,
  options: {
    readonly connectionId: string;
    readonly window: { readonly calls: number; readonly perMs: number };
    readonly onError: (error: unknown) => void;
  },
): { takeCall(): number } {
  const { connectionId, window, onError } = options;
  const chunk = Math.ceil(window.calls / CHUNKS);
  const useWithinMs = Math.max(SHORTEST_USE_MS, window.perMs / CHUNKS);
  let current: Lease | undefined;
  let next: Lease | undefined;
  let spent: Lease[] = [];
  let isAsking = false;
  let askAtMs = 0;

  const toSpent = ({ id, used, lastMs }: Lease): SpentLease => ({
    id,
    calls: used,
    lastAgoMs: Date.now() - lastMs,
  });

  async function ask(): Promise<void> {
    const startedAt = Date.now();
    const reported = spent;
    const lease = await leaseCalls(db, {
      connectionId,
      window,
      chunk,
      useWithinMs,
      spent: reported.map(toSpent),
    });
    spent = spent.filter((each) => !reported.includes(each));
    if (lease.calls > 0) next = { ...lease, used: 0, lastMs: startedAt, useUntilMs: startedAt + useWithinMs };
    else askAtMs = Date.now() + Math.min(lease.waitMs, LONGEST_WAIT_MS);
  }

  function askOnce(): void {
    if (isAsking || Date.now() < askAtMs) return;
    isAsking = true;
    ask()
      .catch((error: unknown) => {
        askAtMs = Date.now() + LONGEST_WAIT_MS;
        onError(error);
      })
      .finally(() => (isAsking = false));
  }

  const isUsable = (lease: Lease, at: number): boolean => lease.used < lease.calls && at < lease.useUntilMs;

  return {
    takeCall() {
      const at = Date.now();
      if (current !== undefined && !isUsable(current, at)) {
        spent.push(current);
        [current, next] = [next, undefined];
      }
      current ??= next;
      if (current === next) next = undefined;
      if (current === undefined || !isUsable(current, at)) {
        askOnce();
        return Math.max(ASK_AGAIN_MS, askAtMs - at);
      }
      current.used += 1;
      current.lastMs = at;
      if (next === undefined && current.used * 2 >= current.calls) askOnce();
      return 0;
    },
  };
}
