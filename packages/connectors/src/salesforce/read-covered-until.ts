/**
 * The time up to which Salesforce promises that no change will appear any more: the start of its oldest running
 * transaction. Source: REST API Developer Guide, "sObject Get Updated".
 */
import { Fault } from "@fieldbridge/engine";
import { textOf } from "../http/json.ts";
import { toInstant } from "../values.ts";
import type { SalesforceApi } from "./salesforce-api.ts";
import { toName } from "./soql.ts";

const MINUTE_MS = 60_000;

/** Seconds and offset as the replication calls want them. */
export function toQueryInstant(ms: number): string {
  return encodeURIComponent(new Date(ms).toISOString().replace(/\.\d{3}Z$/, "+00:00"));
}

async function askCovered(api: SalesforceApi, object: string, endMs: number): Promise<number | null> {
  const span = `start=${toQueryInstant(endMs - 5 * MINUTE_MS)}&end=${toQueryInstant(endMs)}`;
  try {
    const covered = textOf(
      await api.get(`/sobjects/${toName(object)}/updated/?${span}`),
      "latestDateCovered",
    );
    const coveredMs = Date.parse(toInstant(covered ?? ""));
    return Number.isNaN(coveredMs) ? null : coveredMs;
  } catch (error) {
    if (error instanceof Fault && error.issue.code === "CON-610") return null;
    throw error;
  }
}

/**
 * Null for objects without replication. Seconds of the span are ignored, so it ends in the coming minute to cover
 * this one; whatever comes back is never taken beyond the server's own time.
 */
export async function readCoveredUntil(api: SalesforceApi, object: string): Promise<string | null> {
  const serverMs = (): number => Math.floor((api.resilience.now() + api.clockSkewMs()) / 1000) * 1000;
  const endMs = serverMs();
  const coveredMs =
    (await askCovered(api, object, endMs + MINUTE_MS)) ?? (await askCovered(api, object, endMs));
  return coveredMs === null ? null : new Date(Math.min(coveredMs, serverMs())).toISOString();
}
