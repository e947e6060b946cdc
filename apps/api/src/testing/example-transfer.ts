/** A small transfer for tests: accounts to customers, by number. */
import type { TransferDefinition } from "@fieldbridge/model";

export const exampleTransfer = (more: Partial<TransferDefinition> = {}): TransferDefinition => ({
  kind: "transfer",
  version: 1,
  id: "tr_accounts",
  name: "Accounts to customers",
  source: { connection: "crm", object: "Account" },
  target: { connection: "shop", object: "Customer" },
  changes: { by: "all" },
  match: { by: "keys", keys: { number: "Number" }, found: "update", missing: "create" },
  mappings: { number: { value: "Number" }, name: { value: "Name" } },
  ...more,
});
