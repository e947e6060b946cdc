/**
 * What changed since a moment, by the replication calls: a token is the time up to which Salesforce promised completeness.
 * Source: REST API Developer Guide, "sObject Get Updated" and "sObject Get Deleted".
 */
import { Fault, type FeedAnswer } from "@fieldbridge/engine";
import { toIssue } from "@fieldbridge/model";
import { listOf, textOf, type Json } from "../http/json.ts";
import { toInstant } from "../values.ts";
import { readCoveredUntil, toQueryInstant } from "./read-covered-until.ts";
import type { SalesforceApi } from "./salesforce-api.ts";
import { toName } from "./soql.ts";

const MINUTE_MS = 60_000;

interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

const isRefusedAs = (error: unknown, code: string): boolean =>
  error instanceof Fault && error.issue.code === "CON-610" && error.issue.message.includes(code);

/** A span of more than 600,000 ids is refused and asked in halves. */
async function ask(
  api: SalesforceApi,
  object: string,
  kind: "updated" | "deleted",
  span: Span,
): Promise<readonly Json[]> {
  const { startMs, endMs } = span;
  const query = `start=${toQueryInstant(startMs)}&end=${toQueryInstant(endMs)}`;
  try {
    return [await api.get(`/sobjects/${toName(object)}/${kind}/?${query}`)];
  } catch (error) {
    const middleMs = startMs + Math.floor((endMs - startMs) / 2 / MINUTE_MS) * MINUTE_MS;
    if (!isRefusedAs(error, "EXCEEDED_ID_LIMIT") || middleMs === startMs) throw error;
    return [
      ...(await ask(api, object, kind, { startMs, endMs: middleMs })),
      ...(await ask(api, object, kind, { startMs: middleMs, endMs })),
    ];
  }
}

const earliest = (answers: readonly Json[]): number =>
  Math.min(...answers.map((answer) => Date.parse(toInstant(textOf(answer, "latestDateCovered") ?? ""))));

const isText = (value: Json | undefined): value is string => typeof value === "string";

async function tokenOfNow(api: SalesforceApi, object: string): Promise<string> {
  const covered = await readCoveredUntil(api, object);
  if (covered !== null) return covered;
  throw new Fault(toIssue("CON-610", "changes", `Salesforce does not list changes of ${object}.`), {
    retryable: false,
  });
}

/**
 * Spans are whole minutes: the minute of the token is asked once more, and the coming one ends the span. Deletions are
 * listed for 15 days, changes for 30; beyond, or where the list was purged earlier, the token is forgotten.
 */
export async function readFeed(
  api: SalesforceApi,
  object: string,
  token: string | null,
): Promise<FeedAnswer> {
  if (token === null)
    return { state: "listed", changedKeys: [], removedKeys: [], token: await tokenOfNow(api, object) };
  const nowMs = Math.floor((api.resilience.now() + api.clockSkewMs()) / 1_000) * 1_000;
  const sinceMs = Date.parse(token);
  const expired: FeedAnswer = {
    state: "expired",
    reason: `Salesforce does not list any more what changed since ${token}.`,
  };
  if (Number.isNaN(sinceMs) || sinceMs > nowMs) return expired;
  const toMinute = (ms: number): number => Math.floor(ms / MINUTE_MS) * MINUTE_MS;
  const span = { startMs: toMinute(sinceMs), endMs: toMinute(nowMs) + MINUTE_MS };
  try {
    const updated = await ask(api, object, "updated", span);
    const deleted = await ask(api, object, "deleted", span);
    const purgedMs = Math.max(
      ...deleted.map((answer) => Date.parse(toInstant(textOf(answer, "earliestDateAvailable") ?? "")) || 0),
    );
    const coveredMs = Math.min(earliest([...updated, ...deleted]), nowMs);
    if (purgedMs > sinceMs || Number.isNaN(coveredMs)) return expired;
    return {
      state: "listed",
      changedKeys: updated.flatMap((answer) => listOf(answer, "ids").filter(isText)),
      removedKeys: deleted.flatMap((answer) =>
        listOf(answer, "deletedRecords").flatMap((record) => textOf(record, "id") ?? []),
      ),
      token: new Date(coveredMs).toISOString(),
    };
  } catch (error) {
    if (isRefusedAs(error, "INVALID_REPLICATION_DATE")) return expired;
    throw error;
  }
}
