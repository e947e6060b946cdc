/** A fresh, migrated database of the product on the server of a bench. */
import { randomBytes } from "node:crypto";
import { openDatabase, type Database } from "../../apps/api/src/db/database.ts";
import type { PostgresAddress } from "../../apps/api/src/db/embedded/index.ts";
import { migrate } from "../../apps/api/src/db/migrate.ts";
import { migrationsFolder } from "../../apps/api/src/places.ts";

export interface StageDatabase {
  readonly db: Database;
  readonly address: PostgresAddress;
  readonly drop: () => Promise<void>;
}

export async function createDatabase(server: PostgresAddress): Promise<StageDatabase> {
  const name = `fieldbridge_bench_${randomBytes(5).toString("hex")}`;
  const admin = openDatabase(server, () => undefined);
  await admin.pool.query(`create database ${name}`);
  const address = { ...server, database: name };
  const db = openDatabase(address, () => undefined);
  await migrate(db.pool, migrationsFolder());
  return {
    db,
    address,
    drop: async () => {
      await db.close();
      await admin.pool.query(`drop database ${name} with (force)`);
      await admin.close();
    },
  };
}
