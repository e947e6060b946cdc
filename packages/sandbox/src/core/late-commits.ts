// Transactions that take their time: rows are stamped when the transaction runs and become visible only when it
// commits, which is how a naive watermark loses records. A transaction that is still open when the process dies is gone.
import type { Clock } from "./clock.ts";
import type { Change, SandboxStore } from "./store.ts";

export interface LateCommits {
  /** Commits at `startedAtMs` + `seconds` by the server's clock; resolves then. */
  hold(changes: readonly Change[], startedAtMs: number, seconds: number): Promise<void>;
  /** When the oldest open transaction began, or null when none is open. */
  readonly oldestStartMs: () => number | null;
  /** Whether an open transaction has changed this row. */
  isHeld(table: string, key: string): boolean;
  close(): void;
}

interface OpenTransaction {
  readonly changes: readonly Change[];
  readonly startedAtMs: number;
  readonly dueAtMs: number;
  readonly settle: (committed: Promise<void>) => void;
}

export function createLateCommits(store: SandboxStore, clock: Clock): LateCommits {
  let open: OpenTransaction[] = [];
  let timer: NodeJS.Timeout | undefined;

  function settleDue(): void {
    clearTimeout(timer);
    const now = clock.now();
    const due = open.filter((each) => each.dueAtMs <= now);
    open = open.filter((each) => each.dueAtMs > now);
    for (const each of due) each.settle(store.commit(each.changes));
    if (open.length === 0) return;
    const nextMs = Math.min(...open.map((each) => each.dueAtMs)) - now;
    timer = setTimeout(settleDue, Math.min(nextMs, 60_000));
    timer.unref();
  }

  const stopListening = clock.onMove(settleDue);
  return {
    hold(changes, startedAtMs, seconds) {
      return new Promise((resolve) => {
        open.push({ changes, startedAtMs, dueAtMs: startedAtMs + seconds * 1000, settle: resolve });
        settleDue();
      });
    },
    oldestStartMs: () => (open.length === 0 ? null : Math.min(...open.map((each) => each.startedAtMs))),
    isHeld: (table, key) =>
      open.some((each) => each.changes.some((change) => change.table === table && change.key === key)),
    close() {
      clearTimeout(timer);
      stopListening();
      open = [];
    },
  };
}
