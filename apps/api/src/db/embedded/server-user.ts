/**
 * PostgreSQL refuses to run as root. Started by root, the server runs as `nobody`, over a folder that user owns
 * and with binaries it can reach; everybody else runs it as themselves.
 */
import { execFileSync } from "node:child_process";
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { createHash } from "node:crypto";
import { binariesAt, type PostgresBinaries } from "./binaries.ts";

export interface ServerUser {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}

const idOf = (flag: string): number =>
  Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }).trim());

export const chooseServerUser = (): ServerUser =>
  process.getuid?.() === 0 ? { uid: idOf("-u"), gid: idOf("-g") } : { uid: undefined, gid: undefined };

/** Whether everybody may pass through all existing folders above and including `folder`. */
const isReachable = (folder: string): boolean => {
  for (let each = path.resolve(folder); ; each = path.dirname(each)) {
    if (existsSync(each) && (statSync(each).mode & 0o001) === 0) return false;
    if (each === path.dirname(each)) return true;
  }
};

export const giveFolder = (folder: string, user: ServerUser): void => {
  if (user.uid === undefined || user.gid === undefined) return;
  chownSync(folder, user.uid, user.gid);
};

/** Hands a whole folder to the server's user; needed once, for a folder made before the server ran as that user. */
export const giveTree = (folder: string, user: ServerUser): void => {
  giveFolder(folder, user);
  for (const name of readdirSync(folder)) {
    const child = path.join(folder, name);
    const info = lstatSync(child);
    if (info.isDirectory()) giveTree(child, user);
    else if (info.isFile()) giveFolder(child, user);
  }
};

export interface Places {
  readonly clusterDir: string;
  readonly binaries: PostgresBinaries;
  /** Set where the folders had to move out of a private home. */
  readonly movedTo: string | undefined;
}

/** Where cluster and binaries can be used by `user`: in place, or in `/var/lib/fieldbridge` when a private home is in the way. */
export function choosePlaces(dataDir: string, binaries: PostgresBinaries, user: ServerUser): Places {
  const inPlace = path.join(dataDir, "postgres");
  if (user.uid === undefined) return { clusterDir: inPlace, binaries, movedTo: undefined };
  const shared = "/var/lib/fieldbridge";
  let usable = binaries;
  if (!isReachable(binaries.root)) {
    const copy = path.join(shared, `postgresql-${binaries.major}`);
    if (!existsSync(path.join(copy, "bin"))) {
      mkdirSync(shared, { recursive: true, mode: 0o755 });
      cpSync(binaries.root, copy, { recursive: true, verbatimSymlinks: true });
    }
    usable = binariesAt(copy, binaries.major);
  }
  if (isReachable(dataDir)) return { clusterDir: inPlace, binaries: usable, movedTo: undefined };
  const clusterDir = path.join(
    shared,
    createHash("sha256").update(path.resolve(dataDir)).digest("hex").slice(0, 16),
  );
  return { clusterDir, binaries: usable, movedTo: clusterDir };
}
