/** The folder of the embedded database: made once, with a generated password, and refused where it is not ours. */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { StartProblem } from "../../start-problem.ts";
import { giveFolder, type Places, type ServerUser } from "./server-user.ts";

/** User and database of the product. */
export const NAME = "fieldbridge";

const passwordFile = (dataDir: string): string => path.join(dataDir, "postgres-password");

/** The generated password, made at the first call. */
export function readPassword(dataDir: string): string {
  const file = passwordFile(dataDir);
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}

/** Environment of the server's programs: their own libraries, no locale, UTC. */
export const serverEnv = (places: Places): Record<string, string> => ({
  LD_LIBRARY_PATH: path.join(places.binaries.root, "lib"),
  LC_ALL: "C",
  TZ: "UTC",
  ...(process.platform === "win32"
    ? { PATH: path.join(places.binaries.root, "bin"), SystemRoot: "C:\\Windows" }
    : {}),
});

/** The first start. A marker file says that it was finished; an unfinished one is made anew. */
export async function createCluster(places: Places, dataDir: string, user: ServerUser): Promise<void> {
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

/** Throws where the folder was made by another major version, with the way to move it. */
export function checkMajorVersion(places: Places): void {
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
