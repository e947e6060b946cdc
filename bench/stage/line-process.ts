/**
 * One run in a fresh process, as a worker has it, so that time and memory are those of the line alone. Without a
 * store the engine forgets everything, which shows what durability costs.
 */
import { fork } from "node:child_process";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { compileTransfer, runTransfer, type RunStore, type SystemPort } from "@fieldbridge/engine";
import type { RunCounts } from "@fieldbridge/model";
import { loadTransferContext } from "../../apps/api/src/definitions/load-transfer-context.ts";
import { openDatabase, type Database } from "../../apps/api/src/db/database.ts";
import type { PostgresAddress } from "../../apps/api/src/db/embedded/index.ts";
import { openSealer } from "../../apps/api/src/secrets/open-key.ts";
import { findRun } from "../../apps/api/src/stores/runs.store.ts";
import { findRevision } from "../../apps/api/src/stores/transfers.store.ts";
import { executeStoredRun, openSystems } from "./product.ts";

export interface LineOrder {
  readonly address: PostgresAddress;
  readonly key: string;
  readonly runId: string;
  /** False lets the engine forget outcomes, links and cursor. */
  readonly durable: boolean;
}

export interface LineReport {
  readonly state: string;
  readonly counts: RunCounts;
  readonly ms: number;
  readonly phaseMs: Readonly<Record<string, number>>;
  /** Time of the processor spent by the process since its start. */
  readonly cpuMs: number;
  /** Largest resident set of the process, in bytes. */
  readonly mostMemory: number;
}

/** Remembers nothing. */
export const forgetful: RunStore = {
  readCursor: async () => null,
  readLinks: async () => [],
  savePendingLinks: async () => undefined,
  commitPage: async () => undefined,
  readPendingLinks: async () => [],
  readReported: async () => [],
  readDueRecords: async () => [],
  readLinksInOrder: async () => [],
  readDueRemovals: async () => [],
  readTargetsInUse: async () => [],
  countLinks: async () => ({ linked: 0, gone: 0 }),
  findLinked: async () => ({}),
};

const readUsage = (): Pick<LineReport, "cpuMs" | "mostMemory"> => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpuMs: (userCPUTime + systemCPUTime) / 1_000, mostMemory: maxRSS * 1_024 };
};

async function runForgetfully(db: Database, order: LineOrder): Promise<LineReport> {
  const systems = openSystems(db, openSealer(tmpdir(), order.key));
  const run = await findRun(db, order.runId);
  const revision = run && (await findRevision(db, run.transferId, run.revision));
  if (!run || !revision) throw new Error(`Run ${order.runId} is gone.`);
  const { definition } = revision;
  const [source, target]: SystemPort[] = await Promise.all([
    systems.openPort(definition.source.connection),
    systems.openPort(definition.target.connection),
  ]);
  if (source === undefined || target === undefined) throw new Error("no ports");
  const schemas = await loadTransferContext({ db, systems }, definition, { refresh: true });
  const compiled = compileTransfer(definition, { ...schemas, sourceDialect: source.filterDialect });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues));
  const startedAt = performance.now();
  const summary = await runTransfer({
    plan: compiled.plan,
    source,
    target,
    store: forgetful,
    clock: {
      now: () => new Date().toISOString(),
      sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
    },
    valueMaps: [],
    runStartedAt: new Date().toISOString(),
    scope: run.scope,
  });
  return {
    ...summary,
    ms: performance.now() - startedAt,
    ...readUsage(),
  };
}

async function runDurably(db: Database, order: LineOrder): Promise<LineReport> {
  const systems = openSystems(db, openSealer(tmpdir(), order.key));
  const startedAt = performance.now();
  const run = await executeStoredRun({ db, systems }, order.runId);
  return {
    state: run.state,
    counts: run.counts,
    phaseMs: run.phaseMs,
    ms: performance.now() - startedAt,
    ...readUsage(),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.on("message", (message) => {
    const order = message as LineOrder;
    const db = openDatabase(order.address, () => undefined);
    (order.durable ? runDurably : runForgetfully)(db, order).then(
      (report) => process.send?.(report, () => process.exit()),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.on("disconnect", () => process.exit());
  process.send?.("ready");
}

/** Runs a stored run in a process of its own. */
export function runInProcess(order: LineOrder): Promise<LineReport> {
  const child = fork(fileURLToPath(import.meta.url), [], { execArgv: ["--import", "tsx"] });
  return new Promise((resolve, reject) => {
    child.on("message", (message) => {
      if (message === "ready") child.send(order);
      else resolve(message as LineReport);
    });
    child.once("exit", (code) => reject(new Error(`The line's process ended with ${code ?? "a signal"}.`)));
  });
}
