/** A connection is stored access to one outside system. Secrets are written once, sealed, and never read back. */
import * as z from "zod";
import { issue } from "./issue.ts";

export const systemName = z.enum(["salesforce", "business-central"]);
export type SystemName = z.infer<typeof systemName>;

/** Lower-case words with dashes: stable in YAML and URLs. */
export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Use lower-case letters, digits and dashes.")
  .max(60);

/** Calls in flight at once, over all workers. Sources of the bounds: long calls at once, connections per user. */
const parallelCalls = z.int().min(1).max(25).optional();

export const salesforceConfig = z.strictObject({
  system: z.literal("salesforce"),
  /** Origin of the org, for example `https://example.my.salesforce.com`. */
  instanceUrl: z.url(),
  apiVersion: z
    .string()
    .regex(/^\d{2}\.0$/)
    .default("66.0"),
  clientId: z.string().min(1),
  /** `refresh_token` needs the secret `refreshToken` besides `clientSecret`. */
  grant: z.enum(["client_credentials", "refresh_token"]).default("client_credentials"),
  /** What this connection may use of the org's limits; absent ones are 5 calls at once and 90 % of the day. */
  limits: z.strictObject({ parallelCalls, dailyPercent: z.int().min(1).max(100).optional() }).optional(),
});

export const businessCentralConfig = z.strictObject({
  system: z.literal("business-central"),
  /** API root, for example `https://api.businesscentral.dynamics.com/v2.0/{tenant}/{environment}/api/v2.0`. */
  apiUrl: z.url(),
  tokenUrl: z.url(),
  scope: z.string().default("https://api.businesscentral.dynamics.com/.default"),
  clientId: z.string().min(1),
  /** Name of the company whose records are read and written. */
  company: z.string().min(1),
  /** What this connection may use of the user's limits; absent ones are 5 calls at once and 6,000 in five minutes. */
  limits: z
    .strictObject({ parallelCalls, callsPerFiveMinutes: z.int().min(10).max(6_000).optional() })
    .optional(),
});

/** Whether a connection to the system leads to one of several companies, so that a transfer may choose another. */
export const hasCompanies = (system: SystemName): boolean => system === "business-central";

export const connectionConfig = z.discriminatedUnion("system", [salesforceConfig, businessCentralConfig]);
export type ConnectionConfig = z.infer<typeof connectionConfig>;

/** Secrets by name; write-only in the API. */
export const connectionSecrets = z.strictObject({
  clientSecret: z.string().min(1).optional(),
  refreshToken: z.string().min(1).optional(),
});
export type ConnectionSecrets = z.infer<typeof connectionSecrets>;

export const connectionState = z.enum(["unknown", "ok", "needs-sign-in", "unreachable"]);

/** Why nobody calls the system now: it asked for a pause, or it does not answer and is tried again after a pause. */
export const connectionClosure = z.object({
  kind: z.enum(["throttled", "broken"]),
  since: z.iso.datetime(),
  until: z.iso.datetime(),
  issue,
});
export type ConnectionClosure = z.infer<typeof connectionClosure>;

export const connection = z.object({
  id: slug,
  name: z.string().min(1).max(100),
  environment: z.enum(["sandbox", "production"]),
  /** True for the connections to the built-in sandboxes. */
  builtIn: z.boolean(),
  config: connectionConfig,
  /** Names of the secrets that are stored; never their values. */
  secretsSet: z.array(z.string()),
  state: connectionState,
  stateSince: z.iso.datetime().nullable(),
  closure: connectionClosure.nullable(),
  /** Calls of the day as the system counts them, where it tells. */
  dailyCalls: z.object({ used: z.int(), allowed: z.int(), at: z.iso.datetime() }).nullable(),
  usedByTransfers: z.int(),
});
export type Connection = z.infer<typeof connection>;

export const connectionInput = z.strictObject({
  id: slug,
  name: z.string().min(1).max(100),
  environment: z.enum(["sandbox", "production"]).default("sandbox"),
  config: connectionConfig,
  secrets: connectionSecrets.default({}),
});
export type ConnectionInput = z.infer<typeof connectionInput>;

/** One line of a connection test: address, sign-in, permissions, read. `answer` is what the server said. */
export const connectionCheck = z.object({
  name: z.string(),
  ok: z.boolean(),
  message: z.string(),
  answer: z.string().optional(),
  durationMs: z.number(),
});
export type ConnectionCheck = z.infer<typeof connectionCheck>;
