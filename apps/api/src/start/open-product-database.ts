/** Which PostgreSQL it is, is decided here and nowhere else: the one of `DATABASE_URL`, else the embedded one. */
import type { Config } from "../config.ts";
import { openDatabase, type Database } from "../db/database.ts";
import { openEmbeddedPostgres } from "../db/embedded/index.ts";
import { migrate } from "../db/migrate.ts";
import { migrationsFolder } from "../places.ts";
import { StartProblem } from "../start-problem.ts";
import type { Closers } from "./closers.ts";

const OLDEST_POSTGRES = 150_000;

async function checkReachable(db: Database, url: string): Promise<void> {
  // The address without the password that may be in it.
  const place = URL.canParse(url) ? new URL(url).host : "DATABASE_URL";
  try {
    const { rows } = await db.pool.query<{ version: string }>(
      "select current_setting('server_version_num') as version",
    );
    if (Number(rows[0]?.version) >= OLDEST_POSTGRES) return;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem(`The database at ${place} cannot be used: ${reason}.`);
  }
  throw new StartProblem(`The database at ${place} is older than PostgreSQL 15.`);
}

/** Opened and migrated. `embedded` means that nobody else can be using it. */
export async function openProductDatabase(
  config: Config,
  closers: Closers,
  tell: (line: string) => void,
  onError: (error: Error) => void,
): Promise<{ db: Database; embedded: boolean }> {
  const url = config.databaseUrl;
  let db: Database;
  if (url === undefined) {
    const server = await openEmbeddedPostgres({ dataDir: config.dataDir, log: tell });
    closers.add(() => server.stop());
    db = openDatabase(server.address, onError);
  } else db = openDatabase({ connectionString: url }, onError);
  closers.add(() => db.close());
  if (url !== undefined) await checkReachable(db, url);
  const applied = await migrate(db.pool, migrationsFolder());
  if (applied.length > 0) tell(`Database prepared (${applied.length} migrations applied).`);
  return { db, embedded: url === undefined };
}
