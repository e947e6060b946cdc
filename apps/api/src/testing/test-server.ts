/** How tests reach the server that `database-server.ts` started, and how each file gets a database of its own. */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { openDatabase, type Database, type PoolConfig } from "../db/database.ts";
import type { PostgresAddress } from "../db/embedded/index.ts";

export type TestServer = { readonly url: string } | { readonly parts: PostgresAddress };

export const TEMPLATE = "fieldbridge_test_template";

/** `database` defaults to the one the server was given with. */
export function toAddress(server: TestServer, database?: string): PoolConfig {
  if ("parts" in server) return { ...server.parts, database: database ?? server.parts.database };
  const url = new URL(server.url);
  if (database !== undefined) url.pathname = `/${database}`;
  return { connectionString: url.href };
}

export interface TestDatabase {
  readonly db: Database;
  readonly address: PoolConfig;
  drop(): Promise<void>;
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject("testServer");
  const name = `fieldbridge_test_${randomBytes(6).toString("hex")}`;
  const admin = new pg.Client(toAddress(server));
  await admin.connect();
  // One clone at a time: the template may have no other visitor.
  await admin.query("select pg_advisory_lock(4400001)");
  await admin.query(`create database ${name} template ${TEMPLATE}`);
  await admin.query("select pg_advisory_unlock(4400001)");
  const address = toAddress(server, name);
  const db = openDatabase(address, () => {});
  return {
    db,
    address,
    drop: async () => {
      await db.close();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
