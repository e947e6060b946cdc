/** The part of one process in the gate of one connection: its slots, what others tell, and what it tells them. */
import type { Closure, DailyUsage, GateShare, ShareLimits } from "@fieldbridge/connectors";
import type { Database } from "../db/database.ts";
import {
  claimSlots,
  readClosure,
  saveClosure,
  saveUsage,
  SLOT_LEASE_MS,
} from "../stores/connection-gates.store.ts";
import { createCallBudget } from "./call-budget.ts";

export interface SharedGate {
  readonly connectionId: string;
  readonly share: GateShare;
  /** Whether somebody called lately: only then it takes part. */
  isUsed(): boolean;
  /** Reads what others told and claims slots anew. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

type GateEnd = Parameters<GateShare["listen"]>[0];

/** A gate nobody enters for so long gives its slots back. */
const IDLE_MS = 5_000;
/** The lease is taken to end that much earlier, so that two processes never hold one slot. */
const LEASE_MARGIN_MS = 1_000;
const RECLAIM_MS = 50;

export function createSharedGate(
  db: Database,
  options: {
    readonly connectionId: string;
    readonly holder: string;
    readonly limits: ShareLimits;
    readonly onError: (error: unknown) => void;
  },
): SharedGate {
  const { connectionId, holder, limits, onError } = options;
  const { concurrency: total, window } = limits;
  const budget = window && createCallBudget(db, { connectionId, window, onError });
  let gate: GateEnd | undefined;
  let held = { slots: 0, untilMs: 0 };
  // Whoever opens a gate is about to call.
  let [usedAtMs, claimedAtMs] = [Date.now(), 0];
  let claiming: Promise<void> | undefined;
  let heard: Closure | null = null;
  let usage: DailyUsage | undefined;
  let isClosed = false;
  /** What is told goes out in the order it happened. */
  let telling: Promise<void> = Promise.resolve();
  let untold = 0;

  const isUsed = (): boolean => !isClosed && Date.now() - usedAtMs < IDLE_MS;

  async function claim(wanted: boolean): Promise<void> {
    const startedAt = Date.now();
    claimedAtMs = startedAt;
    const active = gate?.active() ?? 0;
    const slots = await claimSlots(db, { connectionId, holder, total, active, wanted: wanted || active > 0 });
    held = { slots, untilMs: startedAt + SLOT_LEASE_MS - LEASE_MARGIN_MS };
    gate?.onRoom();
  }

  const claimOnce = (): Promise<void> => {
    claiming ??= claim(isUsed()).finally(() => (claiming = undefined));
    return claiming;
  };

  async function hearClosure(): Promise<void> {
    const told = await readClosure(db, connectionId);
    const now = Date.now();
    heard = told && { ...told, sinceMs: now + told.sinceInMs, untilMs: now + told.untilInMs };
    if (heard !== null || untold === 0) gate?.onClosure(heard);
  }

  function tell(work: () => Promise<void>): void {
    untold += 1;
    telling = telling
      .then(work)
      .catch(onError)
      .finally(() => (untold -= 1));
  }

  const share: GateShare = {
    slots() {
      const now = Date.now();
      usedAtMs = now;
      const slots = now < held.untilMs ? held.slots : 0;
      if (slots === 0 && now - claimedAtMs > RECLAIM_MS) claimOnce().catch(onError);
      return slots;
    },
    takeCall: () => budget?.takeCall() ?? 0,
    tellClosure(closure: Closure | null) {
      const toldAt = Date.now();
      tell(() => {
        const late = Date.now() - toldAt;
        const shared = closure && {
          ...closure,
          sinceInMs: closure.sinceMs - toldAt - late,
          untilInMs: closure.untilMs - toldAt - late,
        };
        return saveClosure(db, connectionId, holder, shared);
      });
    },
    tellUsage(told) {
      usage = told;
    },
    listen(end) {
      gate = end;
      // Before its first call a process knows of a pause that others were told of.
      end.onClosure(heard);
    },
  };

  async function saveTold(): Promise<void> {
    const told = usage;
    usage = undefined;
    if (told !== undefined) await saveUsage(db, connectionId, told);
  }

  return {
    connectionId,
    share,
    isUsed: () => isUsed() || held.slots > 0,
    renew: async () => {
      await Promise.all([hearClosure(), claimOnce(), saveTold()]);
    },
    close: async () => {
      isClosed = true;
      await telling;
      await saveTold();
      await claiming;
      await claim(false);
    },
  };
}
