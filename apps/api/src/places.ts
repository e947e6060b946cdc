/** Where the product's own files are, the same for the sources and for the built server. */
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the workspace: the first one upwards that holds `pnpm-workspace.yaml`. */
export function findProductRoot(from: string = path.dirname(fileURLToPath(import.meta.url))): string {
  if (existsSync(path.join(from, "pnpm-workspace.yaml"))) return from;
  const parent = path.dirname(from);
  if (parent === from) throw new Error("the product's own folder was not found");
  return findProductRoot(parent);
}

export const migrationsFolder = (): string => path.join(findProductRoot(), "prisma", "migrations");
export const webFolder = (): string => path.join(findProductRoot(), "apps", "web", "dist");
