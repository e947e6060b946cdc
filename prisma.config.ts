/** Prisma's command line: where the schema lives. Only `generate`, `validate` and `format` are used; see docs/decisions. */
import { defineConfig } from "prisma/config";

// These commands never run the schema engine; without a path to some executable they would still try to download it.
if (!process.argv.some((argument) => ["migrate", "db", "studio"].includes(argument)))
  process.env["PRISMA_SCHEMA_ENGINE_BINARY"] ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env["DATABASE_URL"] ?? "postgresql://localhost/none" },
});
