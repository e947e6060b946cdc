/** The built product as a process of its own, as a person starts it, on free ports and a folder of its own. */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { findProductRoot } from "../places.ts";

const apiFolder = () => path.join(findProductRoot(), "apps", "api");

/** Built once per test file, beside `dist`, so that a product somebody is running is left alone. */
export function buildProduct(): string {
  const folder = path.join(apiFolder(), "test-results", "dist");
  execFileSync(process.execPath, ["build.mjs", folder], { cwd: apiFolder(), stdio: "inherit" });
  if (!existsSync(path.join(folder, "server.mjs"))) throw new Error("the build left no server");
  return path.join(folder, "server.mjs");
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });

export interface Installation {
  readonly dataDir: string;
  readonly ports: { readonly product: number; readonly salesforce: number; readonly businessCentral: number };
  remove(): void;
}

export async function createInstallation(): Promise<Installation> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "fieldbridge-product-"));
  chmodSync(dataDir, 0o755);
  const [product, salesforce, businessCentral] = [await freePort(), await freePort(), await freePort()];
  return {
    dataDir,
    ports: { product, salesforce, businessCentral },
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

export interface ProductProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** What it printed so far. */
  output(): string;
  /** Resolves with the exit code, null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** Resolves when it says that it is ready, or has ended. */
export function startProcess(
  server: string,
  { dataDir, ports }: Installation,
  more: Readonly<Record<string, string>> = {},
): Promise<ProductProcess> {
  const child = spawn(process.execPath, [server], {
    env: {
      PATH: process.env["PATH"],
      FIELDBRIDGE_DATA: dataDir,
      FIELDBRIDGE_PORT: String(ports.product),
      FIELDBRIDGE_SALESFORCE_PORT: String(ports.salesforce),
      FIELDBRIDGE_BUSINESS_CENTRAL_PORT: String(ports.businessCentral),
      ...more,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  return new Promise((resolve) => {
    const product = { child, url: `http://127.0.0.1:${ports.product}`, output: () => output, ended };
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes("Fieldbridge is ready")) resolve(product);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    void ended.then(() => resolve(product));
  });
}
