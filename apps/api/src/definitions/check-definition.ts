/** A definition judged against the discovered schemas and the library's value maps. */
import { checkTransfer } from "@fieldbridge/engine";
import type { Issue, TransferDefinition, ValueMap } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { findConnection } from "../stores/connections.store.ts";
import { listValueMaps } from "../stores/value-maps.store.ts";
import { loadTransferContext } from "./load-transfer-context.ts";

type Context = Pick<AppContext, "db" | "systems">;

/** Value maps of the library; `given` ones, not stored yet, come first. */
export async function mergeValueMaps(context: Context, given: readonly ValueMap[] = []): Promise<ValueMap[]> {
  const names = new Set(given.map((map) => map.name));
  const stored = await listValueMaps(context.db);
  return [...given, ...stored.filter((map) => !names.has(map.name))];
}

export async function checkDefinition(
  context: Context,
  definition: TransferDefinition,
  valueMaps?: readonly ValueMap[],
): Promise<readonly Issue[]> {
  const schemas = await loadTransferContext(context, definition);
  const source = await findConnection(context.db, definition.source.connection);
  const sourceDialect =
    source === undefined ? null : (await context.systems.openPort(source.id)).filterDialect;
  return checkTransfer(definition, {
    ...schemas,
    valueMaps: await mergeValueMaps(context, valueMaps),
    sourceDialect,
  });
}
