export {
  openEmbeddedPostgres,
  type EmbeddedPostgres,
  type PostgresAddress,
} from "./open-embedded-postgres.ts";
