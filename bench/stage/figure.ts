/**
 * How a proof or a benchmark is run: alone as a command that prints its figure last and fails when short of its
 * goal, or by a test at a small size. Both run the same code.
 */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { openEmbeddedPostgres, type PostgresAddress } from "../../apps/api/src/db/embedded/index.ts";

export type Size = "full" | "small";

export interface Bench {
  readonly size: Size;
  /** A running PostgreSQL server; every stage makes a database of its own on it. */
  readonly server: PostgresAddress;
  /** One line about what is going on; silent in tests. */
  readonly say: (line: string) => void;
}

/** `text` names the measured figure and what it was measured on. */
export interface Figure {
  readonly id: string;
  readonly text: string;
  readonly met: boolean;
}

export type Measure = (bench: Bench) => Promise<Figure>;

export const toLine = ({ id, text, met }: Figure): string =>
  `${id}: ${text} — ${met ? "goal met" : "GOAL MISSED"}`;

/** Starts a server in a folder of its own; `stop` removes both. */
export async function startServer(): Promise<{ address: PostgresAddress; stop: () => Promise<void> }> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "fieldbridge-bench-"));
  // The server may run as another user than we do.
  chmodSync(dataDir, 0o755);
  const server = await openEmbeddedPostgres({ dataDir, log: () => undefined });
  return {
    address: server.address,
    stop: async () => {
      // The server's process does not keep ours alive, and here nothing else does.
      const awake = setInterval(() => undefined, 1_000);
      await server.stop();
      clearInterval(awake);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function readSize(args: readonly string[]): Size {
  const given = args.find((each) => each.startsWith("--size="))?.slice("--size=".length);
  const value = given ?? (args.includes("--size") ? args[args.indexOf("--size") + 1] : "full");
  if (value === "full" || value === "small") return value;
  throw new Error(`There is no size "${value ?? ""}"; there are full and small.`);
}

/** Runs `measure` where `moduleUrl` is the program that was started; does nothing where it was imported. */
export async function runAsCommand(moduleUrl: string, measure: Measure): Promise<void> {
  if (process.argv[1] === undefined || path.resolve(process.argv[1]) !== fileURLToPath(moduleUrl)) return;
  const startedAt = Date.now();
  const server = await startServer();
  try {
    const figure = await measure({
      size: readSize(process.argv.slice(2)),
      server: server.address,
      say: (line) => console.log(`  ${((Date.now() - startedAt) / 1000).toFixed(1).padStart(7)} s  ${line}`),
    });
    console.log(toLine(figure));
    process.exitCode = figure.met ? 0 : 1;
  } finally {
    await server.stop();
  }
}
