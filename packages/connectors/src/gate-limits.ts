/**
 * How much each kind of system lets one user call, as its vendor documents it. Sources: Salesforce "API Request
 * Limits and Allocations" (long calls at once), Business Central "Current API limits" (calls in five minutes).
 */
import type { ConnectionConfig } from "@fieldbridge/model";
import type { ShareLimits } from "./http/gate-share.ts";

const FIVE_MINUTES_MS = 300_000;

/** For the gate of a connection: `createGate({ ...toShareLimits(config), now, sleep })`. */
export function toShareLimits(config: ConnectionConfig): ShareLimits {
  const concurrency = config.limits?.parallelCalls ?? 5;
  return config.system === "salesforce"
    ? { concurrency }
    : {
        concurrency,
        window: { calls: config.limits?.callsPerFiveMinutes ?? 6_000, perMs: FIVE_MINUTES_MS },
      };
}
