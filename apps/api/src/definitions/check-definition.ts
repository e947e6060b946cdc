/** A definition judged against the discovered schemas and the library's value maps. */
import { checkTransfer, compileTransfer, type TransferContext, type UsedField } from "@fieldbridge/engine";
import {
  hasCompanies,
  toIssue,
  underAllNames,
  type Issue,
  type NamedFormula,
  type TransferDefinition,
  type ValueMap,
} from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { findConnection } from "../stores/connections.store.ts";
import { listValueMaps } from "../stores/value-maps.store.ts";
import { collectFormulas, collectNamedFormulas } from "./collect-formulas.ts";
import { loadTransferContext } from "./load-transfer-context.ts";

type Context = Pick<AppContext, "db" | "systems">;

/** Value maps of the library; `given` ones, not stored yet, come first. */
export async function mergeValueMaps(context: Context, given: readonly ValueMap[] = []): Promise<ValueMap[]> {
  const names = new Set(given.map((map) => map.name));
  const stored = underAllNames(await listValueMaps(context.db));
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

/** What counts instead of the library, or before it. */
export interface GivenLibrary {
  readonly valueMaps?: readonly ValueMap[] | undefined;
  readonly namedFormulas?: readonly NamedFormula[] | undefined;
}

/** Everything a check and a compilation need; a source that is unknown evaluates no filter. */
export async function loadCheckContext(
  context: Context,
  definition: TransferDefinition,
  given: GivenLibrary = {},
): Promise<TransferContext> {
  const { namedFormulas } = given;
  const schemas = await loadTransferContext(context, definition, { namedFormulas });
  const [source, target] = await Promise.all([
    findConnection(context.db, definition.source.connection),
    findConnection(context.db, definition.target.connection),
  ]);
  const isWithCompanies = (connection: typeof source) =>
    connection === undefined || hasCompanies(connection.config.system);
  const sourceDialect =
    source === undefined ? null : (await context.systems.openPort(source.id)).filterDialect;
  return {
    ...schemas,
    valueMaps: await mergeValueMaps(context, given.valueMaps),
    sourceDialect,
    hasCompanies: { source: isWithCompanies(source), target: isWithCompanies(target) },
  };
}

async function check(
  context: Context,
  definition: TransferDefinition,
  loaded: TransferContext,
): Promise<readonly Issue[]> {
  const found = checkTransfer(definition, loaded);
  const { issues, replaced } = await checkConnections(context, definition);
  return [...issues, ...found.filter((each) => !replaced.has(each.code))];
}

export const checkDefinition = async (
  context: Context,
  definition: TransferDefinition,
  given?: GivenLibrary,
): Promise<readonly Issue[]> =>
  check(context, definition, await loadCheckContext(context, definition, given));

interface PublishCheck {
  readonly issues: readonly Issue[];
  readonly usedFields: readonly UsedField[];
  readonly namedFormulas: readonly NamedFormula[];
}

/** The check before a publish; without errors it also answers the fields and named formulas the transfer relies on. */
export async function checkForPublish(
  context: Context,
  definition: TransferDefinition,
): Promise<PublishCheck> {
  const loaded = await loadCheckContext(context, definition);
  const issues = await check(context, definition, loaded);
  const refused = { usedFields: [], namedFormulas: [] };
  if (issues.some((each) => each.severity === "error")) return { issues, ...refused };
  const compiled = compileTransfer(definition, loaded);
  if (!compiled.ok) return { issues: compiled.issues, ...refused };
  const namedFormulas = collectNamedFormulas(collectFormulas(definition), loaded.namedFormulas ?? []);
  return { issues, usedFields: compiled.plan.usedFields, namedFormulas };
}
