/** Starts the whole product in the right order and knows how to stop it again. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { templates } from "@fieldbridge/templates";
import type { AppContext } from "../app-context.ts";
import type { Config } from "../config.ts";
import { buildApp } from "../http/build-app.ts";
import { openLog } from "../log.ts";
import { findProductRoot, webFolder } from "../places.ts";
import { allHandlers } from "../routes/all-routes.ts";
import { watchRuns } from "../runs/run-changes.ts";
import { createRunJob } from "../runs/run-job.ts";
import { openRunQueue } from "../runs/run-queue.ts";
import { startWorker } from "../runs/worker.ts";
import { openSealer } from "../secrets/open-key.ts";
import { createSystems } from "../systems/create-systems.ts";
import { ensureBuiltInConnections, startSandboxes } from "../systems/sandboxes.ts";
import { checkPort } from "./check-port.ts";
import { createClosers } from "./closers.ts";
import { openProductDatabase } from "./open-product-database.ts";

export interface Product {
  /** Where a person opens it; undefined for a worker alone. */
  readonly url: string | undefined;
  stop(): Promise<void>;
}

const readVersion = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(path.join(findProductRoot(), "package.json"), "utf8"));
  const version =
    typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : "";
  return String(version);
};

async function checkPorts({ host, port, sandboxes }: Config): Promise<void> {
  await checkPort(host, port, "Fieldbridge", "FIELDBRIDGE_PORT");
  if (sandboxes === undefined) return;
  const off = "(or FIELDBRIDGE_SANDBOXES=off)";
  const local = "127.0.0.1";
  await checkPort(
    local,
    sandboxes.salesforcePort,
    "the field service sandbox",
    `FIELDBRIDGE_SALESFORCE_PORT ${off}`,
  );
  await checkPort(
    local,
    sandboxes.businessCentralPort,
    "the ERP sandbox",
    `FIELDBRIDGE_BUSINESS_CENTRAL_PORT ${off}`,
  );
}

/**
 * `parts: "worker"` executes runs only: no pages, no sandboxes. Throws `StartProblem` with one sentence where the
 * product cannot start; whatever was started by then is stopped again.
 */
export async function startProduct(
  config: Config,
  options: { readonly parts: "all" | "worker"; readonly tell: (line: string) => void },
): Promise<Product> {
  const { tell } = options;
  const serves = options.parts === "all";
  const closers = createClosers();
  let logError: (error: unknown) => void = () => {};
  const stop = () => closers.closeAll((error) => logError(error));
  try {
    if (serves) await checkPorts(config);
    const sealer = openSealer(config.dataDir, config.key);
    const log = openLog(config.dataDir);
    closers.add(() => log.close());
    logError = log.error;

    tell("Starting the database ...");
    const { db, embedded } = await openProductDatabase(config, closers, tell, log.error);
    const sandboxes: AppContext["sandboxes"][number][] = [];
    if (serves && config.sandboxes !== undefined) {
      tell("Starting the sandboxes ...");
      const { salesforce, businessCentral } = await startSandboxes(config.sandboxes, config.dataDir, closers);
      sandboxes.push(salesforce, businessCentral);
      await ensureBuiltInConnections(
        { db, sealer },
        { salesforce: salesforce.url, businessCentral: businessCentral.url },
      );
    }

    const works = config.worker || !serves;
    const queue = await openRunQueue(db, { supervise: works, onError: log.error });
    closers.add(() => queue.close());
    const systems = createSystems(
      { db, sealer },
      // The server answers to this machine only: whoever reaches it reaches loopback addresses anyway.
      { loopback: true, privateNetworks: config.allowPrivateAddresses },
      log.error,
    );
    closers.add(() => systems.close());
    const worker = works
      ? await startWorker(
          { db, queue },
          { job: createRunJob({ db, systems }), takeOverAll: embedded, logError: log.error },
        )
      : undefined;
    if (worker !== undefined) closers.add(() => worker.stop());
    if (!serves) return { url: undefined, stop };

    const changes = await watchRuns(db, log.error);
    closers.add(() => changes.close());
    const app = await buildApp({
      handlers: allHandlers({
        db,
        sealer,
        systems,
        queue,
        templates,
        version: readVersion(),
        sandboxes,
        isWorking: () => worker !== undefined,
      }),
      changes,
      version: readVersion(),
      webFolder: webFolder(),
      logger: { level: "warn", stream: log.stream },
    });
    closers.add(() => app.close());
    await app.listen({ host: config.host, port: config.port });
    const host = config.host.includes(":") ? `[${config.host}]` : config.host;
    return { url: `http://${host}:${config.port}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
