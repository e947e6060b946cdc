/** The settings of the product, read once from the environment. No other file reads `process.env`. */
import path from "node:path";
import * as z from "zod";
import { StartProblem } from "./start-problem.ts";

const port = (fallback: number) => z.coerce.number().int().min(1).max(65_535).default(fallback);

const environment = z.object({
  FIELDBRIDGE_HOST: z.enum(["127.0.0.1", "::1", "localhost"]).default("127.0.0.1"),
  FIELDBRIDGE_PORT: port(4400),
  FIELDBRIDGE_DATA: z.string().min(1).default(".fieldbridge"),
  DATABASE_URL: z.string().min(1).optional(),
  FIELDBRIDGE_KEY: z.string().min(1).optional(),
  FIELDBRIDGE_WORKER: z.enum(["on", "off"]).default("on"),
  FIELDBRIDGE_SANDBOXES: z.enum(["on", "off"]).default("on"),
  FIELDBRIDGE_SALESFORCE_PORT: port(4401),
  FIELDBRIDGE_BUSINESS_CENTRAL_PORT: port(4402),
  FIELDBRIDGE_ALLOW_PRIVATE_ADDRESSES: z.enum(["on", "off"]).default("off"),
});

export interface Config {
  /** A loopback address: without sign-in the product answers to this machine only. */
  readonly host: string;
  readonly port: number;
  /** Absolute. Holds the key, the embedded database and the sandboxes' data. */
  readonly dataDir: string;
  /** A PostgreSQL server of the user's own; undefined starts the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Base64 of the 32-byte key that seals secrets; undefined takes the key file. */
  readonly key: string | undefined;
  /** Whether this process also executes runs. */
  readonly worker: boolean;
  readonly sandboxes: { readonly salesforcePort: number; readonly businessCentralPort: number } | undefined;
  /** Whether connections may lead into private networks, as to a system inside the company. */
  readonly allowPrivateAddresses: boolean;
}

const hints: Readonly<Record<string, string>> = {
  FIELDBRIDGE_HOST:
    "must be 127.0.0.1, ::1 or localhost: without sign-in the product answers to this machine only",
  FIELDBRIDGE_WORKER: "must be on or off",
  FIELDBRIDGE_SANDBOXES: "must be on or off",
  FIELDBRIDGE_ALLOW_PRIVATE_ADDRESSES: "must be on or off",
};

/** Empty variables count as absent. Throws `StartProblem` naming the variable. */
export function readConfig(variables: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const result = environment.safeParse(given);
  if (!result.success) {
    const name = String(result.error.issues[0]?.path[0]);
    throw new StartProblem(`${name} ${hints[name] ?? "must be a port between 1 and 65535"}.`);
  }
  const read = result.data;
  return {
    host: read.FIELDBRIDGE_HOST,
    port: read.FIELDBRIDGE_PORT,
    dataDir: path.resolve(read.FIELDBRIDGE_DATA),
    databaseUrl: read.DATABASE_URL,
    key: read.FIELDBRIDGE_KEY,
    worker: read.FIELDBRIDGE_WORKER === "on",
    sandboxes:
      read.FIELDBRIDGE_SANDBOXES === "on"
        ? {
            salesforcePort: read.FIELDBRIDGE_SALESFORCE_PORT,
            businessCentralPort: read.FIELDBRIDGE_BUSINESS_CENTRAL_PORT,
          }
        : undefined,
    allowPrivateAddresses: read.FIELDBRIDGE_ALLOW_PRIVATE_ADDRESSES === "on",
  };
}
