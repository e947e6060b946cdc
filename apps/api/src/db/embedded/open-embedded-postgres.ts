/**
 * The default database: a real PostgreSQL server from npm packages, over a folder of our own. One product owns a
 * folder at a time; the server ends with the product, and a server left behind by a crash is taken over.
 */
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { StartProblem } from "../../start-problem.ts";
import { findBinaries } from "./binaries.ts";
import { checkMajorVersion, createCluster, NAME, readPassword, serverEnv } from "./cluster.ts";
import { findRunningServer, startSupervisor, type Supervisor } from "./running-server.ts";
import { chooseServerUser, choosePlaces, giveFolder, giveTree, type ServerUser } from "./server-user.ts";

/** What `pg` needs to connect; `host` is the socket folder except on Windows. */
export interface PostgresAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface EmbeddedPostgres {
  readonly address: PostgresAddress;
  /** Stops the server and waits until its folder is closed. */
  stop(): Promise<void>;
}

/** Holder of this session lock is the product that owns the folder. */
const OWNER_LOCK = 4_400_000;
const START_TIMEOUT_MS = 30_000;

const isWindows = process.platform === "win32";

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

/** A short path: socket paths are limited to about 100 characters. Refuses a folder somebody else made. */
function makeSocketDir(clusterDir: string, user: ServerUser): string {
  const dir = path.join(
    tmpdir(),
    `fieldbridge-${createHash("sha256").update(clusterDir).digest("hex").slice(0, 12)}`,
  );
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const owner = statSync(dir).uid;
  const ours = process.getuid?.();
  if (owner !== ours && owner !== user.uid)
    throw new StartProblem(`The folder ${dir} belongs to another user; remove it and start again.`);
  giveFolder(dir, user);
  return dir;
}

/** Connects and takes the folder, or says why not. `busy` means that another product has it. */
async function takeFolder(address: PostgresAddress): Promise<pg.Client | "busy" | "not-ready"> {
  const client = new pg.Client({
    ...address,
    database: "postgres",
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [
      OWNER_LOCK,
    ]);
    if (rows[0]?.taken) return client;
    await client.end();
    return "busy";
  } catch {
    await client.end().catch(() => {});
    return "not-ready";
  }
}

/**
 * Starts (or takes over) the server of `dataDir` and makes the database `fieldbridge`. Throws `StartProblem` with
 * one sentence where it cannot.
 */
export async function openEmbeddedPostgres(options: {
  dataDir: string;
  log: (line: string) => void;
}): Promise<EmbeddedPostgres> {
  const dataDir = path.resolve(options.dataDir);
  const user = chooseServerUser();
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path.join(dataDir, ".write-test"), "");
    rmSync(path.join(dataDir, ".write-test"));
  } catch {
    throw new StartProblem(
      `The folder ${dataDir} cannot be written. Set FIELDBRIDGE_DATA to a folder that can.`,
    );
  }
  const places = choosePlaces(dataDir, await findBinaries(), user);
  if (places.movedTo)
    options.log(`The database lives in ${places.movedTo}: the server's user cannot reach ${dataDir}.`);
  checkMajorVersion(places);
  const password = readPassword(dataDir);
  await createCluster(places, dataDir, user);
  if (user.uid !== undefined && statSync(places.clusterDir).uid !== user.uid)
    giveTree(places.clusterDir, user);

  const socketDir = isWindows ? "127.0.0.1" : makeSocketDir(places.clusterDir, user);
  const addressAt = (port: number): PostgresAddress => ({
    host: socketDir,
    port,
    user: NAME,
    password,
    database: NAME,
  });

  let supervisor: Supervisor | undefined;
  let address = addressAt(5432);
  let owner: pg.Client | undefined;
  for (const deadline = Date.now() + START_TIMEOUT_MS; owner === undefined;) {
    if (Date.now() > deadline)
      throw new StartProblem(
        `The database did not start within 30 s; see ${path.join(dataDir, "postgres.log")}.`,
      );
    const running = findRunningServer(places.clusterDir);
    if (running) {
      address = addressAt(running.port);
      const taken = await takeFolder(address);
      if (taken === "busy")
        throw new StartProblem(
          `Another Fieldbridge is using ${dataDir}. Stop it, or set FIELDBRIDGE_DATA to another folder.`,
        );
      if (taken !== "not-ready") {
        owner = taken;
        supervisor ??= startSupervisor({ adopt: running.pid });
        break;
      }
    } else if (supervisor === undefined) {
      address = addressAt(isWindows ? await freePort() : 5432);
      const network = isWindows
        ? ["-c", "listen_addresses=127.0.0.1"]
        : ["-k", socketDir, "-c", "listen_addresses="];
      supervisor = startSupervisor({
        command: places.binaries.postgres,
        args: [
          "-D",
          places.clusterDir,
          "-p",
          String(address.port),
          ...network,
          "-c",
          "shared_buffers=32MB",
          "-c",
          "max_connections=80",
          "-c",
          "timezone=UTC",
        ],
        env: serverEnv(places),
        logFile: path.join(dataDir, "postgres.log"),
        ...user,
      });
      // A server that ends at once (left-over shared memory of a killed one) is tried again until the deadline.
      const mine = supervisor;
      void mine.ended.then(() => {
        if (supervisor === mine) supervisor = undefined;
      });
    }
    await wait(25);
  }

  const exists = await owner.query("select 1 from pg_database where datname = $1", [NAME]);
  if (exists.rowCount === 0) await owner.query(`create database ${NAME}`);
  const [held, kept] = [owner, supervisor];
  return {
    address,
    stop: async () => {
      await held.end().catch(() => {});
      kept?.process.stdin?.end();
      await kept?.ended;
      if (!isWindows) rmSync(socketDir, { recursive: true, force: true });
    },
  };
}
