/**
 * Starts the real product for a test: the built server with its embedded database and both sandboxes, on free ports and
 * a fresh data folder, so that tests neither share state nor need one another.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

export interface Product {
  readonly url: string;
  readonly salesforceUrl: string;
  readonly businessCentralUrl: string;
  /** Starts the server again over the same data and ports. */
  start(): Promise<void>;
  /** SIGKILL: no chance to clean up. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Clean stop. */
  stop(): Promise<void>;
  /** Stops the product and removes its data. */
  dispose(): Promise<void>;
}

export async function createProduct(name: string): Promise<Product> {
  const [port, salesforcePort, businessCentralPort] = [await freePort(), await freePort(), await freePort()];
  const data = path.join(root, "e2e", "test-results", "data", `${name}-${port}`);
  mkdirSync(data, { recursive: true });
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let said = "";

  const end = async (signal: NodeJS.Signals) => {
    const running = child;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const gone = new Promise((resolve) => running.once("exit", resolve));
    running.kill(signal);
    await gone;
  };

  const isHealthy = async (): Promise<boolean> => {
    try {
      const response = await fetch(`${url}/api/health`);
      return response.ok && ((await response.json()) as { ok: boolean }).ok;
    } catch {
      return false;
    }
  };

  const start = async () => {
    child = spawn(process.execPath, [path.join(root, "apps/api/dist/server.mjs")], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        FIELDBRIDGE_DATA: data,
        FIELDBRIDGE_PORT: String(port),
        FIELDBRIDGE_SALESFORCE_PORT: String(salesforcePort),
        FIELDBRIDGE_BUSINESS_CENTRAL_PORT: String(businessCentralPort),
      },
    });
    const listen = (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000));
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    const started = child;
    for (
      const deadline = Date.now() + 60_000;
      !(await isHealthy());
      await new Promise((r) => setTimeout(r, 50))
    )
      if (started.exitCode !== null || Date.now() > deadline)
        throw new Error(`The product did not start:\n${said}`);
  };

  return {
    url,
    salesforceUrl: `http://127.0.0.1:${salesforcePort}`,
    businessCentralUrl: `http://127.0.0.1:${businessCentralPort}`,
    start,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
    dispose: async () => {
      await end("SIGTERM");
      rmSync(data, { recursive: true, force: true });
    },
  };
}
