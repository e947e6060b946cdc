/** One PostgreSQL server for all proofs at their small size. */
import type { TestProject } from "vitest/node";
import type { PostgresAddress } from "../../apps/api/src/db/embedded/index.ts";
import { startServer } from "../stage/figure.ts";

declare module "vitest" {
  interface ProvidedContext {
    server: PostgresAddress;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  project.provide("server", server.address);
  return server.stop;
}
