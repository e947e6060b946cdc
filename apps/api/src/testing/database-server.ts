/**
 * One PostgreSQL server for all test files: the embedded one, or that of DATABASE_URL. It holds a migrated template
 * from which each file clones a database of its own in some milliseconds.
 */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { PgBoss } from "pg-boss";
import type { TestProject } from "vitest/node";
import { openEmbeddedPostgres } from "../db/embedded/index.ts";
import { migrate } from "../db/migrate.ts";
import { migrationsFolder } from "../places.ts";
import { toAddress, TEMPLATE, type TestServer } from "./test-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

async function startServer(): Promise<{ server: TestServer; stop: () => Promise<void> }> {
  const url = process.env["DATABASE_URL"];
  if (url) return { server: { url }, stop: async () => {} };
  const dataDir = mkdtempSync(path.join(tmpdir(), "fieldbridge-api-test-"));
  chmodSync(dataDir, 0o755);
  const embedded = await openEmbeddedPostgres({ dataDir, log: () => {} });
  // Nobody reads what these tests leave behind: the disk need not be waited for.
  const client = new pg.Client(embedded.address);
  await client.connect();
  for (const setting of ["fsync", "synchronous_commit", "full_page_writes"])
    await client.query(`alter system set ${setting} = off`);
  await client.query("select pg_reload_conf()");
  await client.end();
  return {
    server: { parts: embedded.address },
    stop: async () => {
      await embedded.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, stop } = await startServer();
  const admin = new pg.Client(toAddress(server));
  await admin.connect();
  await admin.query(`drop database if exists ${TEMPLATE} with (force)`);
  await admin.query(`create database ${TEMPLATE}`);
  const pool = new pg.Pool(toAddress(server, TEMPLATE));
  await migrate(pool, migrationsFolder());
  await pool.end();
  // The queue's own tables are part of the template as well.
  const boss = new PgBoss({ ...(toAddress(server, TEMPLATE) as object), supervise: false, schedule: false });
  await boss.start();
  await boss.stop({ graceful: false });
  project.provide("testServer", server);
  return async () => {
    await admin.query(`drop database if exists ${TEMPLATE} with (force)`);
    await admin.end();
    await stop();
  };
}
