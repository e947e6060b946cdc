/** The first draft of a transfer from scratch: two ends and no mapping yet. */
import type { TransferDefinition } from "@fieldbridge/model";

export interface NewEnd {
  readonly connection: string;
  readonly object: string;
}

/** Id from the name plus a few characters of `unique`, so that equal names do not collide. */
export function toTransferId(name: string, unique: string): string {
  const words = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 48);
  return `tr_${words === "" ? "transfer" : words}_${unique.replace(/[^a-z0-9]/g, "").slice(0, 6)}`;
}

export const toNewDefinition = (
  name: string,
  source: NewEnd,
  target: NewEnd,
  unique: string,
): TransferDefinition => ({
  kind: "transfer",
  version: 1,
  id: toTransferId(name, unique),
  name: name.trim(),
  source: { connection: source.connection, object: source.object },
  target: { connection: target.connection, object: target.object },
  changes: { by: "all" },
  mappings: {},
});
