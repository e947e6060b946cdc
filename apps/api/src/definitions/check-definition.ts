/** A definition judged against the discovered schemas and the library's value maps. */
import { checkTransfer } from "@fieldbridge/engine";
import { toIssue, type Issue, type TransferDefinition, type ValueMap } from "@fieldbridge/model";
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

/** Connections that are named but do not exist: the engine would only miss their objects. */
async function checkConnections(
  context: Context,
  { source, target }: TransferDefinition,
): Promise<{ readonly issues: readonly Issue[]; readonly replaced: ReadonlySet<string> }> {
  const ends = [
    { code: "SRC-002", path: "source", id: source.connection },
    { code: "TGT-002", path: "target", id: target.connection },
  ] as const;
  const issues: Issue[] = [];
  for (const { code, path, id } of ends)
    if (id !== "" && (await findConnection(context.db, id)) === undefined)
      issues.push(
        toIssue(code, path, `The connection "${id}" does not exist.`, { hint: "Choose another connection." }),
      );
  return { issues, replaced: new Set(issues.map((each) => each.code)) };
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
  const found = checkTransfer(definition, {
    ...schemas,
    valueMaps: await mergeValueMaps(context, valueMaps),
    sourceDialect,
  });
  const { issues, replaced } = await checkConnections(context, definition);
  return [...issues, ...found.filter((each) => !replaced.has(each.code))];
}
