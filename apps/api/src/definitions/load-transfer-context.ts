/** The schemas a definition needs to be checked or compiled: its two objects and what its formulas reach from there. */
import type { SystemPort, TransferContext } from "@fieldbridge/engine";
import type { NamedFormula, ObjectSchema, TransferDefinition } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { findConnection } from "../stores/connections.store.ts";
import { listNamedFormulas } from "../stores/named-formulas.store.ts";
import { loadObjects, loadSchema, openOnce } from "../systems/discover.ts";
import { collectFormulas, collectNamedFormulas, collectNames } from "./collect-formulas.ts";

type Context = Pick<AppContext, "db" | "systems">;
type Schemas = Record<string, ObjectSchema>;

/** More relations in a row than anybody writes. */
const DEPTH_LIMIT = 6;

interface Side {
  readonly connectionId: string;
  readonly start: string;
  /** Relations named here are followed. */
  readonly names: ReadonlySet<string>;
  /** Objects named here are loaded besides, where the system offers them. */
  readonly extra: ReadonlySet<string>;
}

async function loadSide(
  context: Context,
  { connectionId, start, names, extra }: Side,
  asking: { readonly refresh: boolean; readonly port: SystemPort | undefined },
): Promise<{ root: ObjectSchema | null; objects: Schemas }> {
  const objects: Schemas = {};
  if (connectionId === "" || start === "" || (await findConnection(context.db, connectionId)) === undefined)
    return { root: null, objects };
  const { refresh } = asking;
  const open = openOnce(context, connectionId, asking.port);
  const offered = new Set((await loadObjects(context, connectionId, { open })).map((each) => each.name));
  let wanted = [start, ...[...extra].filter((name) => offered.has(name))];
  for (let depth = 0; wanted.length > 0 && depth < DEPTH_LIMIT; depth += 1) {
    const loaded = await Promise.all(
      wanted.map((name) => loadSchema(context, connectionId, name, { refresh, open })),
    );
    for (const schema of loaded) if (schema !== undefined) objects[schema.name] = schema;
    const reached = loaded.flatMap((schema) =>
      (schema?.relations ?? []).filter((each) => names.has(each.name)).map((each) => each.object),
    );
    wanted = [...new Set(reached)].filter((name) => objects[name] === undefined && offered.has(name));
  }
  return { root: objects[start] ?? null, objects };
}

/**
 * `refresh` asks the systems again instead of the cache, through `ports` where they are open already. A side whose
 * connection or object is unknown is null.
 */
export async function loadTransferContext(
  context: Context,
  definition: TransferDefinition,
  {
    refresh = false,
    ports,
    namedFormulas,
  }: {
    refresh?: boolean;
    ports?: { readonly source: SystemPort; readonly target: SystemPort };
    /** Those of a revision; without them the formulas call what the library has. */
    namedFormulas?: readonly NamedFormula[] | undefined;
  } = {},
): Promise<TransferContext> {
  const { source, target, lines = [], writeBacks = [] } = definition;
  const library = namedFormulas ?? (await listNamedFormulas(context.db));
  const formulas = collectFormulas(definition);
  const bodies = collectNamedFormulas(formulas, library).map((each) => each.body);
  const { words, texts } = collectNames([...formulas, ...bodies]);
  const sourceNames = new Set([
    ...words,
    ...(source.include ?? []).flatMap((path) => path.split(".")),
    ...lines.flatMap((each) => each.source ?? []),
    ...writeBacks.flatMap((each) => each.to ?? []),
  ]);
  const targetNames = new Set([...words, ...lines.map((each) => each.target)]);
  const [from, to] = await Promise.all([
    loadSide(
      context,
      { connectionId: source.connection, start: source.object, names: sourceNames, extra: texts },
      { refresh, port: ports?.source },
    ),
    loadSide(
      context,
      { connectionId: target.connection, start: target.object, names: targetNames, extra: texts },
      { refresh, port: ports?.target },
    ),
  ]);
  return {
    source: from.root,
    target: to.root,
    sourceObjects: from.objects,
    targetObjects: to.objects,
    namedFormulas: library,
  };
}
