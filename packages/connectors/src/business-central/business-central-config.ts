/** The configuration of a Business Central connection, as stored. */
import type { ConnectionConfig } from "@fieldbridge/model";

export type BusinessCentralConfig = Extract<ConnectionConfig, { system: "business-central" }>;
