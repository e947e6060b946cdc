/** Migrations: what the files say is what the schema says, and what is applied stays as it is. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findProductRoot, migrationsFolder } from "../places.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-server.ts";
import { migrate } from "./migrate.ts";

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(path.join(tmpdir(), "fieldbridge-migrations-"));
  cpSync(migrationsFolder(), folder, { recursive: true });
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

const add = (name: string, sql: string) => {
  mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, name, "migration.sql"), sql);
};
const tables = async () =>
  (
    await database.db.pool.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public'",
    )
  ).rows;

test("the migrations bring a database to exactly the schema of prisma/schema.prisma", () => {
  expect(() =>
    execFileSync(process.execPath, [path.join(findProductRoot(), "scripts", "migration-diff.mjs")], {
      stdio: "pipe",
    }),
  ).not.toThrow();
}, 60_000);

test("a second start applies nothing, also where many start at once", async () => {
  const { pool } = database.db;
  add("20990101000000_more", "create table more (text text default 'a;b')");
  const applied = await Promise.all([migrate(pool, folder), migrate(pool, folder), migrate(pool, folder)]);
  expect(applied.flat()).toEqual(["20990101000000_more"]);
  expect(await migrate(pool, folder)).toEqual([]);
});

test("a migration that fails leaves nothing behind, not even of those before it", async () => {
  add("20990102000000_good", "create table good (id int)");
  add("20990103000000_bad", "create table bad (id int); select broken");
  await expect(migrate(database.db.pool, folder)).rejects.toThrow("broken");
  const names = (await tables()).map((table) => table.name);
  expect(names).not.toContain("good");
  expect(names).not.toContain("bad");
  rmSync(path.join(folder, "20990102000000_good"), { recursive: true });
  rmSync(path.join(folder, "20990103000000_bad"), { recursive: true });
});

test("a migration that was edited after it was applied, and a database of a newer version, are refused", async () => {
  add("20990101000000_more", "create table more (text text default 'changed')");
  await expect(migrate(database.db.pool, folder)).rejects.toThrow("was edited after it was applied");
  rmSync(path.join(folder, "20990101000000_more"), { recursive: true });
  await expect(migrate(database.db.pool, folder)).rejects.toThrow("migrated by a newer Fieldbridge");
});
