/** The built-in sandboxes, started with the product, and the two connections that lead to them. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { connectionConfig, connectionInput } from "@fieldbridge/model";
import { startBusinessCentralSandbox, startSalesforceSandbox } from "@fieldbridge/sandbox";
import type { AppContext } from "../app-context.ts";
import type { Config } from "../config.ts";
import type { Closers } from "../start/closers.ts";
import {
  findConnection,
  insertConnection,
  readConnectionSecrets,
  updateConnection,
} from "../stores/connections.store.ts";

export interface RunningSandbox {
  readonly system: string;
  readonly url: string;
}

/** Published in the README, so that any client can be pointed at the sandboxes. */
const CLIENT_ID = "fieldbridge-demo";
const CLIENT_SECRET = "fieldbridge-demo-secret";

export async function startSandboxes(
  ports: NonNullable<Config["sandboxes"]>,
  dataDir: string,
  closers: Closers,
): Promise<{ salesforce: RunningSandbox; businessCentral: RunningSandbox }> {
  const folder = path.join(dataDir, "sandboxes");
  mkdirSync(folder, { recursive: true });
  const host = "127.0.0.1";
  const salesforce = await startSalesforceSandbox({
    host,
    port: ports.salesforcePort,
    dataFile: path.join(folder, "salesforce.jsonl"),
  });
  closers.add(() => salesforce.close());
  const businessCentral = await startBusinessCentralSandbox({
    host,
    port: ports.businessCentralPort,
    dataFile: path.join(folder, "business-central.jsonl"),
  });
  closers.add(() => businessCentral.close());
  return {
    salesforce: { system: "salesforce", url: salesforce.url },
    businessCentral: { system: "business-central", url: businessCentral.url },
  };
}

/** Creates the built-in connections, or moves them where the sandboxes listen now. */
export async function ensureBuiltInConnections(
  { db, sealer }: Pick<AppContext, "db" | "sealer">,
  urls: { readonly salesforce: string; readonly businessCentral: string },
): Promise<void> {
  const inputs = [
    {
      id: "field-service",
      name: "Field service sandbox",
      config: { system: "salesforce", instanceUrl: urls.salesforce, clientId: CLIENT_ID },
    },
    {
      id: "erp",
      name: "ERP sandbox",
      config: {
        system: "business-central",
        apiUrl: `${urls.businessCentral}/v2.0/demo-tenant/Sandbox/api/v2.0`,
        tokenUrl: `${urls.businessCentral}/demo-tenant/oauth2/v2.0/token`,
        clientId: CLIENT_ID,
        company: "CRONUS",
      },
    },
  ].map((each) => connectionInput.parse({ ...each, secrets: { clientSecret: CLIENT_SECRET } }));
  for (const input of inputs) {
    if (await insertConnection(db, sealer, { ...input, builtIn: true })) continue;
    const stored = await findConnection(db, input.id);
    if (stored?.builtIn !== true) continue;
    // The limits are a person's choice; the rest is ours.
    const config = connectionConfig.parse({ ...input.config, limits: stored.config.limits });
    if (isDeepStrictEqual(JSON.parse(JSON.stringify(config)), stored.config)) continue;
    const secrets = await readConnectionSecrets(db, sealer, input.id);
    await updateConnection(db, sealer, input.id, { ...stored, config, secrets });
  }
}
