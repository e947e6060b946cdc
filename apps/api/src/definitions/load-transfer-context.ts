/** The schemas a definition needs to be checked or compiled: its two objects and what its formulas reach from there. */
import type { TransferContext } from "@fieldbridge/engine";
import type { ObjectSchema, TransferDefinition } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { findConnection } from "../stores/connections.store.ts";
import { loadObjects, loadSchema } from "../systems/discover.ts";
import { collectNames } from "./collect-formulas.ts";

type Context = Pick<AppContext, "db" | "systems">;
type Schemas = Record<string, ObjectSchema>;

/** More relations in a row than anybody writes. */
const DEPTH_LIMIT = 6;

/** Follows the relations named in `names` from `start`; `extra` objects are loaded besides. */
async function loadSide(
  context: Context,
  connectionId: string,
  start: string,
  names: ReadonlySet<string>,
  extra: ReadonlySet<string>,
  refresh: boolean,
): Promise<{ root: ObjectSchema | null; objects: Schemas }> {
  const objects: Schemas = {};
  if (connectionId === "" || start === "" || (await findConnection(context.db, connectionId)) === undefined)
    return { root: null, objects };
  const offered = new Set((await loadObjects(context, connectionId, refresh)).map((each) => each.name));
  let wanted = [start, ...[...extra].filter((name) => offered.has(name))];
  for (let depth = 0; wanted.length > 0 && depth < DEPTH_LIMIT; depth += 1) {
    const loaded = await Promise.all(wanted.map((name) => loadSchema(context, connectionId, name, refresh)));
    for (const schema of loaded) if (schema !== undefined) objects[schema.name] = schema;
    const reached = loaded.flatMap((schema) =>
      (schema?.relations ?? []).filter((each) => names.has(each.name)).map((each) => each.object),
    );
    wanted = [...new Set(reached)].filter((name) => objects[name] === undefined && offered.has(name));
  }
  return { root: objects[start] ?? null, objects };
}

/** `refresh` asks the systems again instead of the cache. A side whose connection or object is unknown is null. */
export async function loadTransferContext(
  context: Context,
  definition: TransferDefinition,
  refresh = false,
): Promise<TransferContext> {
  const { source, target } = definition;
  const { words, texts } = collectNames(definition);
  const sourceNames = new Set([
    ...words,
    ...(source.include ?? []).flatMap((path) => path.split(".")),
    ...(definition.lines ?? []).map((lines) => lines.source),
    ...(definition.writeBacks ?? []).flatMap((writeBack) => writeBack.to ?? []),
  ]);
  const targetNames = new Set([...words, ...(definition.lines ?? []).map((lines) => lines.target)]);
  const [from, to] = await Promise.all([
    loadSide(context, source.connection, source.object, sourceNames, texts, refresh),
    loadSide(context, target.connection, target.object, targetNames, texts, refresh),
  ]);
  return { source: from.root, target: to.root, sourceObjects: from.objects, targetObjects: to.objects };
}
