/** The configuration of a Salesforce connection, as stored. */
import type { ConnectionConfig } from "@fieldbridge/model";

export type SalesforceConfig = Extract<ConnectionConfig, { system: "salesforce" }>;
