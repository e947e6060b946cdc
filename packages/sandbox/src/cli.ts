// Starts both sandboxes from the command line and says where they are:
// `cli.ts [--salesforce-port 4401] [--business-central-port 4402] [--data <folder>] [--reset]`.
// With --data the records survive a restart; --reset puts them back to the start first.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startBusinessCentralSandbox, startSalesforceSandbox, type SandboxStore } from "./index.ts";

const { values } = parseArgs({
  options: {
    "salesforce-port": { type: "string", default: "4401" },
    "business-central-port": { type: "string", default: "4402" },
    data: { type: "string" },
    reset: { type: "boolean", default: false },
  },
});

function fileFor(name: string): { dataFile?: string } {
  return values.data === undefined ? {} : { dataFile: join(values.data, `${name}.jsonl`) };
}

/** Starts one server, or ends with one sentence that says why it cannot. */
async function startOr<T extends { store: SandboxStore }>(
  name: string,
  port: string,
  start: (port: number) => Promise<T>,
): Promise<T> {
  try {
    const server = await start(Number(port));
    if (values.reset) await server.store.reset();
    return server;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    const reason =
      code === "EADDRINUSE"
        ? `port ${port} is already in use; choose another one`
        : code === "EACCES" || code === "EROFS"
          ? "it may not open its port or write its data folder"
          : String(error);
    console.error(`The ${name} sandbox cannot start: ${reason}.`);
    process.exit(1);
  }
}

const salesforce = await startOr("Salesforce-like", values["salesforce-port"], (port) =>
  startSalesforceSandbox({ port, ...fileFor("salesforce") }),
);
console.log(`Salesforce-like sandbox: ${salesforce.url}`);
const businessCentral = await startOr("Business-Central-like", values["business-central-port"], (port) =>
  startBusinessCentralSandbox({ port, ...fileFor("business-central") }),
);
console.log(`Business-Central-like sandbox: ${businessCentral.url}`);

async function stop(): Promise<void> {
  await Promise.all([salesforce.close(), businessCentral.close()]);
  process.exit(0);
}
process.once("SIGINT", () => void stop());
process.once("SIGTERM", () => void stop());
