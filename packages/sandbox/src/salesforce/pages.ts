// What the page for people shows of this system.
import type { SandboxServer } from "../core/server.ts";
import type { Database } from "./rows/transaction.ts";
import type { Schema } from "./schema/schema.ts";

export function registerSalesforcePages(
  server: SandboxServer,
  parts: { database: Database; schema: Schema },
): void {
  server.app.get("/", async () => parts.schema.objects.map((each) => each.name));
}
