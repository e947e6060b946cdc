/**
 * Applies the SQL migrations, all pending ones in one transaction, and keeps Prisma's own table of them, so that
 * `prisma migrate deploy` stays possible. Many processes may start at once: a lock lets one do it.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type pg from "pg";
import { inTransaction } from "./transaction.ts";
import { StartProblem } from "../start-problem.ts";

const MIGRATION_LOCK = 72_707_369;

const historyTable = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz,
  migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

/** Answers the names of the migrations applied now, in order. */
export const migrate = (pool: pg.Pool, folder: string): Promise<readonly string[]> =>
  inTransaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await client.query(historyTable);
    const history = await client.query<{ name: string; checksum: string }>(
      `select migration_name as name, checksum from _prisma_migrations
       where rolled_back_at is null and finished_at is not null`,
    );
    const done = new Map(history.rows.map((row) => [row.name, row.checksum]));
    const names = readdirSync(folder)
      .filter((name) => existsSync(path.join(folder, name, "migration.sql")))
      .sort();
    const newer = [...done.keys()].find((name) => !names.includes(name));
    if (newer !== undefined)
      throw new StartProblem(
        `The database was migrated by a newer Fieldbridge (${newer}); start that version, nothing was touched.`,
      );
    const applied: string[] = [];
    for (const name of names) {
      const sql = readFileSync(path.join(folder, name, "migration.sql"), "utf8");
      const checksum = createHash("sha256").update(sql).digest("hex");
      const before = done.get(name);
      if (before === checksum) continue;
      if (before !== undefined) throw new StartProblem(`Migration ${name} was edited after it was applied.`);
      await client.query(sql);
      await client.query(
        `insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
         values (gen_random_uuid()::text, $1, now(), $2, 1)`,
        [checksum, name],
      );
      applied.push(name);
    }
    return applied;
  });
