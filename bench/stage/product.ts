/**
 * The product without its web server: the real database, connections, transfers and the real run job, driven by
 * hand. Ports may be wrapped on their way to the engine, to count, to shrink pages or to strike at a call.
 */
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { compileTransfer, runTransfer, type Clock, type SystemPort } from "@fieldbridge/engine";
import type { ConnectionInput, Run, RunScope, TransferDefinition, ValueMap } from "@fieldbridge/model";
import type { AppContext } from "../../apps/api/src/app-context.ts";
import type { Database } from "../../apps/api/src/db/database.ts";
import type { PostgresAddress } from "../../apps/api/src/db/embedded/index.ts";
import { loadTransferContext } from "../../apps/api/src/definitions/load-transfer-context.ts";
import { publishTransfer } from "../../apps/api/src/definitions/publish-transfer.ts";
import { inTransaction } from "../../apps/api/src/db/transaction.ts";
import { executeRun, type RunJob } from "../../apps/api/src/runs/execute-run.ts";
import { createRunJob } from "../../apps/api/src/runs/run-job.ts";
import { openSealer } from "../../apps/api/src/secrets/open-key.ts";
import type { Sealer } from "../../apps/api/src/secrets/seal.ts";
import { insertConnection } from "../../apps/api/src/stores/connections.store.ts";
import { createRunStore } from "../../apps/api/src/stores/run-page.store.ts";
import { findRun, insertRun } from "../../apps/api/src/stores/runs.store.ts";
import { findRevision, insertTransfer } from "../../apps/api/src/stores/transfers.store.ts";
import { insertValueMap } from "../../apps/api/src/stores/value-maps.store.ts";
import { createSystems } from "../../apps/api/src/systems/create-systems.ts";
import type { Systems } from "../../apps/api/src/systems/systems.ts";
import { createDatabase } from "./database.ts";

export type WrapPort = (connection: string, port: SystemPort) => SystemPort;

export interface HeldRow {
  readonly sourceKey: string;
  readonly label: string;
  readonly step: string;
  readonly class: string;
  readonly issues: readonly { readonly code: string; readonly message: string; readonly hint: string }[];
}

export interface Product {
  readonly db: Database;
  readonly address: PostgresAddress;
  /** Base64 of the key that seals the connections' secrets. */
  readonly key: string;
  /** A new process a day later: no token, no calls counted, no daily limit; a pause of seconds still holds. */
  restart(): Promise<void>;
  addConnection(input: ConnectionInput): Promise<void>;
  addValueMaps(maps: readonly ValueMap[]): Promise<void>;
  /** Stores and publishes. */
  addTransfer(definition: TransferDefinition): Promise<void>;
  /** Stores a run that waits for a worker; answers its id. */
  queueRun(transferId: string, scope?: RunScope): Promise<string>;
  /** Executes a stored run here, as a worker does. */
  execute(runId: string): Promise<Run>;
  /** A run from its beginning to its end. */
  run(transferId: string, scope?: RunScope): Promise<Run>;
  /** The same beside it, with gates and tokens of its own, as a second worker on the same database has. */
  runElsewhere(transferId: string): Promise<Run>;
  /** The same at another time. */
  runWithClock(transferId: string, clock: Clock): Promise<Run>;
  /** Open held records, oldest first. */
  held(transferId: string): Promise<readonly HeldRow[]>;
  /** Lets the retry clock of every open held record strike now. */
  makeHeldDue(transferId: string): Promise<void>;
  readonly close: () => Promise<void>;
}

/** Connections as a fresh process opens them: all runs it executes share their gates and tokens. */
export const openSystems = (db: Database, sealer: Sealer): ReturnType<typeof createSystems> =>
  createSystems({ db, sealer }, { loopback: true, privateNetworks: false });

/** The work of a run on a clock of ours: as the real job, but for the check of drift. */
const createTimedJob =
  (db: Database, systems: Systems, wrapPort: WrapPort, clock: Clock): RunJob =>
  async ({ runId, workerId, signal, stop }) => {
    const run = await findRun(db, runId);
    const revision = run && (await findRevision(db, run.transferId, run.revision));
    if (!run || !revision) throw new Error(`Run ${runId} is gone.`);
    const { definition } = revision;
    const source = wrapPort("source", await systems.openPort(definition.source.connection, { clock }));
    const target = wrapPort("target", await systems.openPort(definition.target.connection, { clock }));
    const schemas = await loadTransferContext({ db, systems }, definition);
    const compiled = compileTransfer(definition, { ...schemas, sourceDialect: source.filterDialect });
    if (!compiled.ok) return { state: "failed", issues: compiled.issues };
    const { transferId, scope } = run;
    const targetConnection = definition.target.connection;
    return runTransfer({
      plan: compiled.plan,
      source,
      target,
      store: createRunStore(db, {
        runId,
        transferId,
        parameters: "",
        workerId,
        scope,
        targetConnection,
        onStopRequested: stop,
      }),
      clock,
      valueMaps: [],
      runStartedAt: clock.now(),
      scope,
      stopSignal: signal,
    });
  };

/** Executes a stored run with the real job; used by the product of a stage and by processes that get killed. */
export async function executeStoredRun(
  parts: {
    readonly db: Database;
    readonly systems: Systems;
    readonly wrapPort?: WrapPort | undefined;
    /** Undefined runs on the machine's clock, with the real job. */
    readonly clock?: Clock | undefined;
  },
  runId: string,
): Promise<Run> {
  const { db, systems, wrapPort = (_id, port) => port, clock } = parts;
  const wrapped: Systems = {
    ...systems,
    openPort: async (id, options) => wrapPort(id, await systems.openPort(id, options)),
  };
  const job =
    clock === undefined
      ? createRunJob({ db, systems: wrapped })
      : createTimedJob(db, systems, wrapPort, clock);
  let bug: unknown;
  const mine = await executeRun(
    {
      db,
      workerId: `bench-${randomBytes(4).toString("hex")}`,
      shutdown: new AbortController().signal,
      job,
      logError: (error) => (bug = error),
    },
    runId,
  );
  if (bug !== undefined) throw bug;
  if (!mine) throw new Error(`Run ${runId} could not be claimed.`);
  const run = await findRun(db, runId);
  if (run === undefined) throw new Error(`Run ${runId} is gone.`);
  return run;
}

export async function openProduct(
  server: PostgresAddress,
  options: { readonly wrapPort?: WrapPort } = {},
): Promise<Product> {
  const { db, address, drop } = await createDatabase(server);
  const key = randomBytes(32).toString("base64");
  const sealer = openSealer(tmpdir(), key);
  const queueRun: Product["queueRun"] = (transferId, scope = { kind: "changes" }) =>
    inTransaction(db.pool, (client) =>
      insertRun(client, { transferId, revision: 1, scope, trigger: "manual", parameters: {} }),
    );
  let systems = openSystems(db, sealer);
  const toContext = (): AppContext => ({
    db,
    sealer,
    systems,
    get queue(): never {
      throw new Error("Nothing is queued here.");
    },
    templates: [],
    version: "bench",
    sandboxes: [],
    isWorking: () => false,
  });
  const execute: Product["execute"] = (runId) =>
    executeStoredRun({ db, systems, wrapPort: options.wrapPort }, runId);
  return {
    db,
    address,
    key,
    restart: async () => {
      await systems.close();
      await db.pool.query("delete from connection_gates where closed_until > now() + interval '1 minute'");
      for (const table of ["call_leases", "connection_tokens"]) await db.pool.query(`delete from ${table}`);
      systems = openSystems(db, sealer);
    },
    queueRun,
    execute,
    addConnection: async (input) => void (await insertConnection(db, sealer, { ...input, builtIn: true })),
    async addValueMaps(maps) {
      for (const map of maps) await insertValueMap(db, map);
    },
    async addTransfer(definition) {
      await insertTransfer(db, definition);
      await publishTransfer(toContext(), definition.id, { draftRevision: 1, note: "" });
    },
    run: async (transferId, scope) => execute(await queueRun(transferId, scope)),
    runElsewhere: async (transferId) => {
      const elsewhere = openSystems(db, sealer);
      try {
        const parts = { db, systems: elsewhere, wrapPort: options.wrapPort };
        return await executeStoredRun(parts, await queueRun(transferId));
      } finally {
        await elsewhere.close();
      }
    },
    runWithClock: async (transferId, clock) =>
      executeStoredRun({ db, systems, wrapPort: options.wrapPort, clock }, await queueRun(transferId)),
    async held(transferId) {
      const { rows } = await db.pool.query<Omit<HeldRow, "issues"> & { issues: string }>(
        `select source_key as "sourceKey", label, step, class, issues from held_records
         where transfer_id = $1 and state = 'open' order by id`,
        [transferId],
      );
      return rows.map((row) => ({ ...row, issues: JSON.parse(row.issues) as HeldRow["issues"] }));
    },
    makeHeldDue: async (transferId) =>
      void (await db.pool.query(
        "update held_records set next_attempt_at = now() where transfer_id = $1 and state = 'open'",
        [transferId],
      )),
    close: async () => {
      await systems.close();
      await drop();
    },
  };
}
