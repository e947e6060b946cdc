// Tells subscribers what changed: the first change starts a timer, then one POST carries everything since. A receiver
// that is busy is told again later; one that refuses loses its subscription.
import type { Database, RecordChange } from "../data/database.ts";
import { openTransaction } from "../data/transaction.ts";
import { textOf } from "../entities/entity.ts";
import type { Row } from "../entities/entity.ts";
import { placeOfResource, SUBSCRIPTIONS } from "./subscriptions.ts";

/** More changes of one resource than this are told as one `collection` entry. */
const MOST_ENTRIES = 1000;
const FIRST_RETRY_MS = 5000;
const LAST_RETRY_MS = 36 * 3600 * 1000;
const ANSWER_TIMEOUT_MS = 10_000;

export interface Notifier {
  /** Forgets what has not been told and stops. */
  close(): void;
}

type Pending = Map<string, RecordChange>;

export function startNotifier(database: Database, delayMs: number): Notifier {
  const pending = new Map<string, Pending>();
  const timers = new Set<NodeJS.Timeout>();

  function later(ms: number, work: () => Promise<void>): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      void work();
    }, ms);
    timer.unref();
    timers.add(timer);
  }

  database.onChanged((changes) => {
    for (const [id, row] of subscriptions(database)) {
      const place = placeOfResource(textOf(row, "resource"));
      const mine = changes.filter(
        (change) => change.set === place?.set && change.companyId === place.companyId,
      );
      if (mine.length === 0) continue;
      const waiting = pending.get(id);
      const collected: Pending = waiting ?? new Map();
      for (const change of mine) collected.set(change.id, collapse(collected.get(change.id), change));
      pending.set(id, collected);
      if (waiting === undefined) later(delayMs, () => send(id, take(id), FIRST_RETRY_MS));
    }
  });

  function take(id: string): RecordChange[] {
    const changes = [...(pending.get(id)?.values() ?? [])];
    pending.delete(id);
    return changes;
  }

  async function send(id: string, changes: readonly RecordChange[], retryMs: number): Promise<void> {
    const row = new Map(subscriptions(database)).get(id);
    if (row === undefined || changes.length === 0) return;
    const status = await post(textOf(row, "notificationUrl"), {
      value: entries(row, changes, database.clock.now()),
    });
    if (status >= 200 && status < 300) return;
    if (status !== 408 && status !== 429 && status < 500) return drop(database, row);
    if (retryMs < LAST_RETRY_MS) later(retryMs, () => send(id, changes, retryMs * 2));
  }

  return {
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      pending.clear();
    },
  };
}

/** Subscriptions whose three days are not over. */
function subscriptions(database: Database): (readonly [id: string, row: Row])[] {
  const tx = openTransaction(database, []);
  const now = new Date(database.clock.now()).toISOString();
  return [...tx.rows(SUBSCRIPTIONS)]
    .filter((row) => textOf(row, "expirationDateTime") > now)
    .map((row) => [textOf(row, "id"), row] as const);
}

/** A record created and then changed within one window is told as created. */
function collapse(before: RecordChange | undefined, change: RecordChange): RecordChange {
  return before?.kind === "created" && change.kind === "updated" ? before : change;
}

function entries(row: Row, changes: readonly RecordChange[], now: number): Record<string, string>[] {
  const common = {
    subscriptionId: textOf(row, "id"),
    clientState: textOf(row, "clientState"),
    expirationDateTime: textOf(row, "expirationDateTime"),
  };
  const lastModifiedDateTime = new Date(now).toISOString();
  const resourceOf = (change: RecordChange): string =>
    `api/v2.0/companies(${change.companyId})/${change.set}`;
  const [first] = changes;
  if (first !== undefined && changes.length > MOST_ENTRIES) {
    return [{ ...common, resource: resourceOf(first), changeType: "collection", lastModifiedDateTime }];
  }
  return changes.map((change) => ({
    ...common,
    resource: `${resourceOf(change)}(${change.id})`,
    changeType: change.kind,
    lastModifiedDateTime,
  }));
}

/** The status of the receiver's answer; 503 when there was none. */
async function post(url: string, body: unknown): Promise<number> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
  })
    .then((response) => response.status)
    .catch(() => 503);
}

async function drop(database: Database, row: Row): Promise<void> {
  const tx = openTransaction(database, []);
  tx.remove(SUBSCRIPTIONS, row);
  await database.commit(tx.changes(), []);
}
