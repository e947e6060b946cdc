/**
 * Compares `prisma/migrations` with `prisma/schema.prisma` and, given a name, writes the missing SQL migration.
 *   node scripts/migration-diff.mjs          exit 2 and the SQL where the schema has moved on, else exit 0
 *   node scripts/migration-diff.mjs <name>   writes prisma/migrations/<stamp>_<name>/migration.sql
 * Existing migrations are replayed on an in-memory database, so nothing is downloaded and no server is needed.
 */
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const schemaFile = path.join(root, "prisma", "schema.prisma");
const migrations = path.join(root, "prisma", "migrations");
const name = process.argv[2];

// The packages belong to apps/api; resolving from there keeps them out of the root.
const require = createRequire(path.join(root, "apps", "api", "package.json"));
const load = (specifier) => import(pathToFileURL(require.resolve(specifier)).href);
const { bindMigrationAwareSqlAdapterFactory } = await load("@prisma/driver-adapter-utils");
const { PGlite } = await load("@electric-sql/pglite");
const { PrismaPGlite } = await load("pglite-prisma-adapter");

const engineFolder = path.dirname(require.resolve("@prisma/schema-engine-wasm"));
const glue = await import(pathToFileURL(path.join(engineFolder, "schema_engine_bg.js")).href);
const wasm = new WebAssembly.Module(fs.readFileSync(path.join(engineFolder, "schema_engine_bg.wasm")));
const { exports } = new WebAssembly.Instance(wasm, { "./schema_engine_bg.js": glue });
glue.__wbg_set_wasm(exports);
exports.__wbindgen_start();

const shadow = await PGlite.create();
for (const folder of fs.readdirSync(migrations).sort()) {
  const file = path.join(migrations, folder, "migration.sql");
  if (fs.existsSync(file)) await shadow.exec(fs.readFileSync(file, "utf8"));
}

const files = [{ path: schemaFile, content: fs.readFileSync(schemaFile, "utf8") }];
const engine = await glue.SchemaEngine.new(
  { datamodels: files.map((file) => [file.path, file.content]) },
  () => {},
  bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(shadow)),
);
const { stdout } = await engine.diff({
  from: { tag: "schemaDatasource", files, configDir: root },
  to: { tag: "schemaDatamodel", files },
  script: true,
  exitCode: true,
  filters: { externalTables: [], externalEnums: [] },
});

const same = stdout.trim().startsWith("-- This is an empty migration");
if (name === undefined) {
  if (!same) console.log(stdout);
  process.exit(same ? 0 : 2);
}
if (!same) {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = path.join(migrations, `${stamp}_${name}`);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "migration.sql"), stdout);
  console.log(`wrote ${path.relative(root, folder)}`);
}
process.exit(0);
