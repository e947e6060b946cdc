/**
 * A worker in a process of its own that kills itself where it is told to. It takes one order after the other: first
 * to finish what a killed process left behind, then to be killed in turn.
 */
import { fork } from "node:child_process";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { openDatabase, type Database } from "../../apps/api/src/db/database.ts";
import type { PostgresAddress } from "../../apps/api/src/db/embedded/index.ts";
import { openSealer } from "../../apps/api/src/secrets/open-key.ts";
import { listRunnable } from "../../apps/api/src/stores/run-lease.store.ts";
import { createKillPoints, type KillPoint } from "./kill-points.ts";
import { executeStoredRun, openSystems } from "./product.ts";

export interface Limits {
  readonly readPage: number;
  readonly writeBatch: number;
}

export interface Order {
  readonly address: PostgresAddress;
  readonly key: string;
  /** Null takes up every run that was left behind, as a worker does at its start. */
  readonly runId: string | null;
  readonly limits: Limits;
  /** Number of the kill point to die at; null lives. */
  readonly killAt: number | null;
  /** For kills during a call: this long after its start. */
  readonly duringMs: number;
}

export type Reply = { readonly points: readonly KillPoint[] } | { readonly error: string };

/** The endpoints work at once; a search this long after a write finds it. */
const settleMs = 150;

async function obey(order: Order, db: Database): Promise<Reply> {
  const systems = openSystems(db, openSealer(tmpdir(), order.key));
  const points = createKillPoints(order.killAt, order.duringMs);
  const runIds = order.runId === null ? await listRunnable(db, true) : [order.runId];
  for (const runId of runIds)
    await executeStoredRun(
      {
        db: points.wrapDatabase(db),
        systems,
        wrapPort: (id, port) =>
          points.wrapPort(id, { ...port, limits: { ...port.limits, ...order.limits, settleMs } }),
      },
      runId,
    );
  return { points: points.passed };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  let db: Database | undefined;
  process.on("message", (order) => {
    const given = order as Order;
    db ??= openDatabase(given.address, () => undefined);
    obey(given, db).then(
      (reply) => process.send?.(reply),
      (error: unknown) => process.send?.({ error: String(error instanceof Error ? error.stack : error) }),
    );
  });
  process.on("disconnect", () => process.exit());
  process.send?.("ready");
}

export interface MortalProcess {
  /** Undefined where the process was killed. */
  obey(order: Order): Promise<Reply | undefined>;
  readonly isAlive: () => boolean;
  readonly close: () => Promise<void>;
}

/** Starts at once; the first order waits until it is up. */
export function startMortalProcess(): MortalProcess {
  const child = fork(fileURLToPath(import.meta.url), [], { execArgv: ["--import", "tsx"] });
  const gone = new Promise<undefined>((resolve) => child.once("exit", () => resolve(undefined)));
  const next = (): Promise<unknown> =>
    Promise.race([gone, new Promise((resolve) => child.once("message", resolve))]);
  const ready = next();
  return {
    async obey(order) {
      await ready;
      const reply = next();
      child.send(order);
      return (await reply) as Reply | undefined;
    },
    isAlive: () => child.exitCode === null && child.signalCode === null,
    async close() {
      child.kill();
      await gone;
    },
  };
}
