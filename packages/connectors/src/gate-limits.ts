/**
 * How much each kind of system lets one user call, as its vendor documents it. Sources: Salesforce "API Request
 * Limits and Allocations" (long calls at once), Business Central "Current API limits" (calls in five minutes).
 */
import type { SystemName } from "@fieldbridge/model";
import type { ShareLimits } from "./http/gate-share.ts";

/** For the gate of a connection: `createGate({ ...gateLimits[system], now, sleep })`. */
export const gateLimits: Readonly<Record<SystemName, ShareLimits>> = {
  salesforce: { concurrency: 5 },
  "business-central": { concurrency: 5, window: { calls: 6_000, perMs: 300_000 } },
};
