/**
 * The keys that seal secrets. They come from `FIELDBRIDGE_KEY`, else from the file `key` in the data folder, made
 * at the first start. One base64 key per line: the first seals, older ones below it still open.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { StartProblem } from "../start-problem.ts";
import { createSealer, type Sealer } from "./seal.ts";

function parseKeys(text: string, place: string): [Buffer, ...Buffer[]] {
  const keys = text
    .split(/[\s,]+/)
    .filter((line) => line !== "")
    .map((line) => Buffer.from(line, "base64"));
  const [first, ...others] = keys;
  if (first === undefined || keys.some((key) => key.length !== 32))
    throw new StartProblem(`${place} must hold base64 keys of 32 bytes (openssl rand -base64 32 makes one).`);
  return [first, ...others];
}

function readKeyFile(dataDir: string): [Buffer, ...Buffer[]] {
  const file = path.join(dataDir, "key");
  try {
    if (!existsSync(file)) {
      mkdirSync(dataDir, { recursive: true });
      // "wx": two products that start at once must not each make a key.
      writeFileSync(file, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600, flag: "wx" });
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST"))
      throw new StartProblem(
        `The folder ${dataDir} cannot be written. Set FIELDBRIDGE_DATA to a folder that can.`,
      );
  }
  return parseKeys(readFileSync(file, "utf8"), file);
}

export const openSealer = (dataDir: string, given: string | undefined): Sealer =>
  createSealer(given === undefined ? readKeyFile(dataDir) : parseKeys(given, "FIELDBRIDGE_KEY"));
