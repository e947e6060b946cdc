/** The built product as a process of its own on free ports and a folder of its own, to be timed and to be killed. */
import {
  createInstallation,
  startProcess,
  type Installation,
  type ProductProcess,
} from "../../apps/api/src/testing/product-process.ts";
import { existsSync } from "node:fs";
import path from "node:path";
import { findProductRoot } from "../../apps/api/src/places.ts";

export interface RunningProduct {
  readonly installation: Installation;
  readonly url: string;
  readonly salesforceUrl: string;
  readonly businessCentralUrl: string;
  /** Milliseconds from the start of the process until it listened. */
  start(): Promise<number>;
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
  api<T>(method: string, route: string, body?: unknown): Promise<T>;
  readonly remove: () => Promise<void>;
}

const local = (port: number): string => `http://127.0.0.1:${port}`;

async function isListening(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/health`)).ok;
  } catch {
    return false;
  }
}

export async function createRunningProduct(): Promise<RunningProduct> {
  const server = path.join(findProductRoot(), "apps", "api", "dist", "server.mjs");
  if (!existsSync(server)) throw new Error("The product is not built. npm run bench builds it first.");
  const installation = await createInstallation();
  const { ports } = installation;
  const url = local(ports.product);
  let running: ProductProcess | undefined;

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    running?.child.kill(signal);
    await running?.ended;
    running = undefined;
  };
  return {
    installation,
    url,
    salesforceUrl: local(ports.salesforce),
    businessCentralUrl: local(ports.businessCentral),
    async start() {
      const startedAt = performance.now();
      let listenedAt: number | undefined;
      const asking = (async () => {
        while (listenedAt === undefined) {
          if (await isListening(url)) listenedAt = performance.now();
          else await new Promise((done) => setTimeout(done, 20));
        }
      })();
      const started = await startProcess(server, installation);
      if (started.child.exitCode !== null) throw new Error(`It did not start:\n${started.output()}`);
      running = started;
      await asking;
      return (listenedAt ?? performance.now()) - startedAt;
    },
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
    async api<T>(method: string, route: string, body?: unknown): Promise<T> {
      const answer = await fetch(`${url}/api${route}`, {
        method,
        ...(body === undefined
          ? {}
          : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${route} answered ${answer.status}: ${text}`);
      return JSON.parse(text) as T;
    },
    async remove() {
      await end("SIGTERM");
      installation.remove();
    },
  };
}
