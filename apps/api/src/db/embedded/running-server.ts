/** The server process: found where one was left behind, started and watched by a supervisor of its own. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export interface RunningServer {
  readonly pid: number;
  readonly port: number;
}

/** The live server of this folder, if one was left behind. Line 1 of the file is its process, line 4 its port. */
export function findRunningServer(clusterDir: string): RunningServer | undefined {
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

export interface Supervisor {
  readonly process: ChildProcess;
  /** Resolves with what the server said when it ended by itself. */
  readonly ended: Promise<string>;
}

/** `order` is what postgres-supervisor.mjs documents. */
export function startSupervisor(order: object): Supervisor {
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
