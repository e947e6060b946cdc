/** The port for a stored connection, whatever system it leads to. */
import type { SystemPort } from "@fieldbridge/engine";
import type { ConnectionConfig, ConnectionSecrets } from "@fieldbridge/model";
import { createBusinessCentralPort } from "./business-central/create-business-central-port.ts";
import type { PortEnvironment } from "./port-environment.ts";
import { createSalesforcePort } from "./salesforce/create-salesforce-port.ts";

export interface SystemPortOptions {
  readonly config: ConnectionConfig;
  readonly secrets: ConnectionSecrets;
  readonly environment?: PortEnvironment | undefined;
}

/** Throws `Fault` where the configuration cannot be used; makes no call yet. */
export function createSystemPort({ config, secrets, environment }: SystemPortOptions): SystemPort {
  switch (config.system) {
    case "salesforce":
      return createSalesforcePort({ config, secrets, environment });
    case "business-central":
      return createBusinessCentralPort({ config, secrets, environment });
  }
}
