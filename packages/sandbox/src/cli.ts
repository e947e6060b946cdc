// Starts both sandboxes from the command line and says where they are:
// `cli.ts [--salesforce-port 4401] [--business-central-port 4402] [--data <folder>] [--reset]`.
// With --data the records survive a restart; --reset puts them back to the start first.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startBusinessCentralSandbox, startSalesforceSandbox } from "./index.ts";

const { values } = parseArgs({
  options: {
    "salesforce-port": { type: "string", default: "4401" },
    "business-central-port": { type: "string", default: "4402" },
    data: { type: "string" },
    reset: { type: "boolean", default: false },
  },
});

function fileFor(name: string): { dataFile?: string } {
  if (values.data === undefined) return {};
  const dataFile = join(values.data, `${name}.jsonl`);
  if (values.reset) rmSync(dataFile, { force: true });
  return { dataFile };
}

const salesforce = await startSalesforceSandbox({
  port: Number(values["salesforce-port"]),
  ...fileFor("salesforce"),
});
console.log(`Salesforce-like sandbox: ${salesforce.url}`);
const businessCentral = await startBusinessCentralSandbox({
  port: Number(values["business-central-port"]),
  ...fileFor("business-central"),
});
console.log(`Business-Central-like sandbox: ${businessCentral.url}`);

async function stop(): Promise<void> {
  await Promise.all([salesforce.close(), businessCentral.close()]);
  process.exit(0);
}
process.once("SIGINT", () => void stop());
process.once("SIGTERM", () => void stop());
