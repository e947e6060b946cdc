/**
 * The default database: a real PostgreSQL server from npm packages, over a folder of our own. One product owns a
 * folder at a time; the server ends with the product, and a server left behind by a crash is taken over.
 */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { StartProblem } from "../../start-problem.ts";
import { findBinaries } from "./binaries.ts";
import {
  chooseServerUser,
  choosePlaces,
  giveFolder,
  giveTree,
  type Places,
  type ServerUser,
} from "./server-user.ts";

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

const NAME = "fieldbridge";
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

const passwordFile = (dataDir: string): string => path.join(dataDir, "postgres-password");

function readPassword(dataDir: string): string {
  const file = passwordFile(dataDir);
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}

/** The first start. A marker file says that it was finished; an unfinished one is made anew. */
async function createCluster(places: Places, dataDir: string, user: ServerUser): Promise<void> {
  const { clusterDir, binaries } = places;
  const marker = path.join(clusterDir, "fieldbridge-ready");
  if (existsSync(marker)) return;
  if (existsSync(path.join(clusterDir, "PG_VERSION")) && existsSync(path.join(clusterDir, "postmaster.pid")))
    throw new StartProblem(
      `${clusterDir} holds a database that Fieldbridge did not make; move it away or set FIELDBRIDGE_DATA.`,
    );
  rmSync(clusterDir, { recursive: true, force: true });
  mkdirSync(path.dirname(clusterDir), { recursive: true, mode: 0o755 });
  mkdirSync(clusterDir, { mode: 0o700 });
  giveFolder(clusterDir, user);
  const handedOver = path.join(path.dirname(clusterDir), `.password-${process.pid}`);
  writeFileSync(handedOver, readPassword(dataDir), { mode: 0o600 });
  giveFolder(handedOver, user);
  try {
    await promisify(execFile)(
      binaries.initdb,
      [
        "--pgdata",
        clusterDir,
        "--username",
        NAME,
        "--pwfile",
        handedOver,
        "--auth",
        "scram-sha-256",
        "--encoding",
        "UTF8",
        "--locale",
        "C",
      ],
      {
        cwd: "/",
        env: serverEnv(places),
        ...(user.uid === undefined ? {} : { uid: user.uid, gid: user.gid }),
      },
    );
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new StartProblem(`The database folder ${clusterDir} could not be made: ${said}`);
  } finally {
    rmSync(handedOver, { force: true });
  }
  writeFileSync(marker, "");
  giveFolder(marker, user);
}

const serverEnv = (places: Places): Record<string, string> => ({
  LD_LIBRARY_PATH: path.join(places.binaries.root, "lib"),
  LC_ALL: "C",
  TZ: "UTC",
  ...(isWindows ? { PATH: path.join(places.binaries.root, "bin"), SystemRoot: "C:\\Windows" } : {}),
});

function checkMajorVersion(places: Places): void {
  const file = path.join(places.clusterDir, "PG_VERSION");
  if (!existsSync(file)) return;
  const found = readFileSync(file, "utf8").trim();
  const { major } = places.binaries;
  if (found !== major)
    throw new StartProblem(
      `${places.clusterDir} was made by PostgreSQL ${found}, this is ${major}; nothing was touched. Dump it with PostgreSQL ${found} ` +
        `(pg_dump -Fc ${NAME} > ${NAME}.dump), move the folder away, start once, and restore it (pg_restore -d ${NAME} ${NAME}.dump).`,
    );
}

interface RunningServer {
  readonly pid: number;
  readonly port: number;
}

/** The live server of this folder, if one was left behind. Line 1 of the file is its process, line 4 its port. */
function findRunningServer(clusterDir: string): RunningServer | undefined {
  const file = path.join(clusterDir, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Number(lines[0]);
  try {
    process.kill(pid, 0);
    return { pid, port: Number(lines[3]) };
  } catch (error) {
    // EPERM: alive, but of another user.
    return error instanceof Error && "code" in error && error.code === "EPERM"
      ? { pid, port: Number(lines[3]) }
      : undefined;
  }
}

interface Supervisor {
  readonly process: ChildProcess;
  /** Resolves with what the server said when it ended by itself. */
  readonly ended: Promise<string>;
}

function startSupervisor(order: object): Supervisor {
  const file = fileURLToPath(new URL("./postgres-supervisor.mjs", import.meta.url));
  const child = spawn(process.execPath, [file, JSON.stringify(order)], {
    stdio: ["pipe", "pipe", "ignore"],
    detached: true,
    windowsHide: true,
  });
  let said = "";
  const ended = new Promise<string>((resolve) => {
    child.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.once("exit", () => resolve(said));
  });
  // Neither the process nor its pipes keep ours alive; that is the product's own business.
  child.unref();
  for (const stream of [child.stdin, child.stdout])
    if (stream && "unref" in stream) (stream as { unref(): void }).unref();
  return { process: child, ended };
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
