/**
 * The access token processes share for one connection: sealed by the caller, and held by one process at a time while
 * it looks and renews. The clock is the database's; callers say and hear durations.
 */
import pg from "pg";
import { lockForTransaction } from "../db/advisory-lock.ts";
import type { Database } from "../db/database.ts";

export interface SharedToken {
  /** Another one with each renewal. */
  readonly id: string;
  readonly sealed: string;
  /** Null where the system does not say when it ends. */
  readonly expiresInMs: number | null;
}

export interface TokenHold {
  readonly stored: SharedToken | undefined;
  save(token: SharedToken): Promise<void>;
  /** Lets the next process look. */
  release(): Promise<void>;
}

const CONNECT_MS = 5_000;
/** Longer than a sign-in with all its retries takes; a process that vanished holds up the others no longer. */
const LONGEST_HOLD_MS = 600_000;

/**
 * Waits until no other process holds the token. On a connection of its own: it stays open during the request to the
 * system, and the pool must not run dry of those the request itself needs.
 */
export async function holdToken(db: Database, connectionId: string): Promise<TokenHold> {
  const client = new pg.Client({
    ...db.address,
    application_name: "fieldbridge token",
    connectionTimeoutMillis: CONNECT_MS,
    idle_in_transaction_session_timeout: LONGEST_HOLD_MS,
  });
  // A connection that breaks while nothing is asked is found broken by the next query.
  client.on("error", () => {});
  const release = (): Promise<void> => client.end();
  try {
    await client.connect();
    await client.query("begin");
    await lockForTransaction(client, "token", connectionId);
    const { rows } = await client.query<SharedToken>(
      `select id, sealed, (extract(epoch from expires_at - clock_timestamp()) * 1000)::float8 as "expiresInMs"
       from connection_tokens where connection_id = $1`,
      [connectionId],
    );
    return {
      stored: rows[0],
      async save({ id, sealed, expiresInMs }) {
        await client.query(
          `insert into connection_tokens (connection_id, id, sealed, expires_at)
           select id, $2, $3, clock_timestamp() + make_interval(secs => $4) from connections where id = $1
           on conflict (connection_id) do update set id = excluded.id, sealed = excluded.sealed,
             expires_at = excluded.expires_at`,
          [connectionId, id, sealed, expiresInMs === null ? null : expiresInMs / 1_000],
        );
        await client.query("commit");
      },
      release,
    };
  } catch (error) {
    await release().catch(() => {});
    throw error;
  }
}
