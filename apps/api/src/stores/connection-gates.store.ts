/**
 * What the gates of one connection share between processes: whether it is closed, the calls of the day, slots for
 * calls at once, and leases on the calls of a span of time. All times are those of the database's clock; callers say
 * and hear durations, so that clocks of processes may differ.
 */
import type { Closure, DailyUsage } from "@fieldbridge/connectors";
import { issue } from "@fieldbridge/model";
import { randomUUID } from "node:crypto";
import type pg from "pg";
import { lockForTransaction } from "../db/advisory-lock.ts";
import type { Database } from "../db/database.ts";
import { inTransaction } from "../db/transaction.ts";
import { readJson, writeJson } from "./json-text.ts";

/** Channel on which changes are told: the id of the connection and, behind a space, who told. */
export const GATE_CHANNEL = "fieldbridge_gate";

/** How long a process that does not renew keeps its slots. */
export const SLOT_LEASE_MS = 10_000;
/** With fewer slots than processes, each has one for so long. */
const TURN_MS = 2_000;

/** Instants as milliseconds from now. */
export type SharedClosure = Omit<Closure, "sinceMs" | "untilMs"> & {
  readonly sinceInMs: number;
  readonly untilInMs: number;
};

const notify = (client: pg.Pool | pg.ClientBase, connectionId: string, teller: string) =>
  client.query("select pg_notify($1, $2)", [GATE_CHANNEL, `${connectionId} ${teller}`]);

/**
 * A shorter pause never replaces a longer one; what is found broken does. Null, the system answers, ends a closure for
 * brokenness only and lets the runs that wait for the connection go on now.
 */
export async function saveClosure(
  db: Database,
  connectionId: string,
  teller: string,
  closure: SharedClosure | null,
): Promise<void> {
  if (closure === null)
    await db.pool.query(
      `with opened as (
         update connection_gates set closed_kind = null, closed_since = null, closed_until = null,
           closed_issue = null, closed_round = 0
         where connection_id = $1 and closed_kind = 'broken'
         returning connection_id
       ) update runs set resume_at = now() from opened, transfers
         where transfers.id = runs.transfer_id and runs.state = 'queued' and runs.resume_at > now()
           and opened.connection_id in (transfers.source_connection, transfers.target_connection)`,
      [connectionId],
    );
  else
    await db.pool.query(
      `insert into connection_gates (connection_id, closed_kind, closed_since, closed_until, closed_issue, closed_round)
       select id, $2, now() + make_interval(secs => $3), now() + make_interval(secs => $4), $5, $6
         from connections where id = $1
       on conflict (connection_id) do update set closed_kind = excluded.closed_kind,
         closed_since = excluded.closed_since, closed_until = excluded.closed_until,
         closed_issue = excluded.closed_issue, closed_round = excluded.closed_round
       where connection_gates.closed_until is null or connection_gates.closed_until < excluded.closed_until
         or connection_gates.closed_kind = 'broken'`,
      [
        connectionId,
        closure.kind,
        closure.sinceInMs / 1_000,
        closure.untilInMs / 1_000,
        writeJson(closure.issue),
        closure.round,
      ],
    );
  await notify(db.pool, connectionId, teller);
}

interface ClosureRow {
  readonly closed_kind: string | null;
  readonly since_ms: number;
  readonly until_ms: number;
  readonly closed_issue: string | null;
  readonly closed_round: number;
}

export async function readClosure(db: Database, connectionId: string): Promise<SharedClosure | null> {
  const { rows } = await db.pool.query<ClosureRow>(
    `select closed_kind, closed_issue, closed_round,
       (extract(epoch from closed_since - now()) * 1000)::float8 as since_ms,
       (extract(epoch from closed_until - now()) * 1000)::float8 as until_ms
     from connection_gates where connection_id = $1 and closed_kind is not null`,
    [connectionId],
  );
  const row = rows[0];
  if (row?.closed_issue == null) return null;
  return {
    kind: row.closed_kind === "broken" ? "broken" : "throttled",
    sinceInMs: row.since_ms,
    untilInMs: row.until_ms,
    issue: readJson(issue, row.closed_issue),
    round: row.closed_round,
  };
}

export async function saveUsage(db: Database, connectionId: string, usage: DailyUsage): Promise<void> {
  await db.pool.query(
    `insert into connection_gates (connection_id, calls_used, calls_allowed, calls_told_at)
     select id, $2, $3, now() from connections where id = $1
     on conflict (connection_id) do update set calls_used = excluded.calls_used,
       calls_allowed = excluded.calls_allowed, calls_told_at = excluded.calls_told_at`,
    [connectionId, usage.used, usage.allowed],
  );
}

/**
 * Claims a fair share of `total` calls at once and answers it. What other holders have not given back is not given
 * twice; they are told, and give back with their next claim. `active` calls in flight stay claimed in any case.
 */
export async function claimSlots(
  db: Database,
  claim: {
    readonly connectionId: string;
    readonly holder: string;
    readonly total: number;
    readonly active: number;
    readonly wanted: boolean;
  },
): Promise<number> {
  const { connectionId, holder, total, active, wanted } = claim;
  return inTransaction(db.pool, async (client) => {
    await lockForTransaction(client, "slots", connectionId);
    if (!wanted) {
      await client.query("delete from call_slots where connection_id = $1 and holder = $2", [
        connectionId,
        holder,
      ]);
      return 0;
    }
    await client.query("delete from call_slots where connection_id = $1 and lease_until < now()", [
      connectionId,
    ]);
    const { rows } = await client.query<{ holder: string; slots: number; turn: number }>(
      `select holder, slots, floor(extract(epoch from now()) * 1000 / $3)::int8::int4 as turn
       from call_slots where connection_id = $1 and holder <> $2
       union all select $2, 0, floor(extract(epoch from now()) * 1000 / $3)::int8::int4`,
      [connectionId, holder, TURN_MS],
    );
    const holders = rows.map((row) => row.holder).toSorted();
    const place = (holders.indexOf(holder) + (rows[0]?.turn ?? 0)) % holders.length;
    const fair = Math.floor(total / holders.length) + (place < total % holders.length ? 1 : 0);
    const taken = rows.reduce((sum, row) => sum + row.slots, 0);
    const slots = Math.max(0, Math.min(fair, total - taken));
    await client.query(
      `insert into call_slots (connection_id, holder, slots, lease_until)
       select id, $2, $3, now() + make_interval(secs => $4) from connections where id = $1
       on conflict (connection_id, holder) do update set slots = excluded.slots, lease_until = excluded.lease_until`,
      [connectionId, holder, Math.max(slots, active), SLOT_LEASE_MS / 1_000],
    );
    if (slots < fair) await notify(client, connectionId, holder);
    return slots;
  });
}

/** A chunk of calls; `left` of 0 says to ask again in `waitMs`. */
export interface CallLease {
  readonly id: string;
  readonly calls: number;
  readonly waitMs: number;
}

/** What became of an earlier lease: calls made, and how long ago the last of them started. */
export interface SpentLease {
  readonly id: string;
  readonly calls: number;
  readonly lastAgoMs: number;
}

/**
 * Leases up to `chunk` calls to be started within `useWithinMs`. A lease counts until its last call, or the last that
 * was possible, is out of the span; so no span ever holds more than `window.calls`, whoever makes them.
 */
export async function leaseCalls(
  db: Database,
  request: {
    readonly connectionId: string;
    readonly window: { readonly calls: number; readonly perMs: number };
    readonly chunk: number;
    readonly useWithinMs: number;
    readonly spent: readonly SpentLease[];
  },
): Promise<CallLease> {
  const { connectionId, window, chunk, useWithinMs, spent } = request;
  return inTransaction(db.pool, async (client) => {
    await lockForTransaction(client, "calls", connectionId);
    for (const each of spent)
      await client.query(
        "update call_leases set calls = $2, counts_until = clock_timestamp() + make_interval(secs => $3) where id = $1",
        [each.id, each.calls, (window.perMs - each.lastAgoMs) / 1_000],
      );
    await client.query(
      "delete from call_leases where connection_id = $1 and (counts_until < clock_timestamp() or calls = 0)",
      [connectionId],
    );
    const { rows } = await client.query<{ taken: number; wait_ms: number | null }>(
      `select coalesce(sum(calls), 0)::int4 as taken,
         (extract(epoch from min(counts_until) - clock_timestamp()) * 1000)::float8 as wait_ms
       from call_leases where connection_id = $1`,
      [connectionId],
    );
    const id = randomUUID();
    const calls = Math.min(chunk, window.calls - (rows[0]?.taken ?? 0));
    if (calls <= 0) return { id, calls: 0, waitMs: Math.max(1, Math.ceil(rows[0]?.wait_ms ?? 1)) };
    await client.query(
      `insert into call_leases (id, connection_id, calls, counts_until)
       select $1, id, $3, clock_timestamp() + make_interval(secs => $4) from connections where id = $2`,
      [id, connectionId, calls, (useWithinMs + window.perMs) / 1_000],
    );
    return { id, calls, waitMs: 0 };
  });
}
