/** Lets one process at a time do something for one connection, to the end of the transaction. */
import type pg from "pg";

export const lockForTransaction = (client: pg.ClientBase, what: string, connectionId: string) =>
  client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`${what} ${connectionId}`]);
