/** A template becomes transfers of one's own: roles replaced by connections, ids and names made unique. */
import type { Run, Template, Transfer, TransferDefinition, ValueMap } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { notReady, notValid, orNotFound } from "../problem.ts";
import { startRun } from "../runs/start-run.ts";
import { findConnection } from "../stores/connections.store.ts";
import { findTransfer, insertTransfer } from "../stores/transfers.store.ts";
import { addMissingValueMaps } from "../stores/value-maps.store.ts";
import { checkDefinition } from "./check-definition.ts";
import { publishTransfer } from "./publish-transfer.ts";

/** Every role must be played by a connection of the right system. */
async function checkRoles(
  context: AppContext,
  template: Template,
  connections: Readonly<Record<string, string>>,
): Promise<void> {
  for (const end of template.ends) {
    const id = connections[end.role];
    if (id === undefined) throw notValid(`Choose a connection for "${end.label}".`);
    const connection = orNotFound(await findConnection(context.db, id), `Connection ${id}`);
    if (connection.config.system !== end.system)
      throw notValid(`"${connection.name}" is not a ${end.system} connection, which "${end.label}" needs.`);
  }
}

/** Nothing is created where a transfer could not be published afterwards. */
async function checkAll(
  context: AppContext,
  definitions: readonly TransferDefinition[],
  valueMaps: readonly ValueMap[],
): Promise<void> {
  for (const definition of definitions) {
    const issues = await checkDefinition(context, definition, { valueMaps });
    if (issues.some((each) => each.severity === "error"))
      throw notReady(`"${definition.name}" does not fit these connections.`, issues);
  }
}

/** Stores the draft under the first free id and name: `tr_x`, `tr_x_2`, … */
async function insertUnique(context: AppContext, wanted: TransferDefinition): Promise<string> {
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? wanted.id : `${wanted.id.slice(0, 57)}_${n}`;
    const name = n === 1 ? wanted.name : `${wanted.name} ${n}`;
    if (await insertTransfer(context.db, { ...wanted, id, name })) return id;
  }
}

export async function useTemplate(
  context: AppContext,
  template: Template,
  choice: {
    readonly connections: Readonly<Record<string, string>>;
    readonly valueMaps: readonly ValueMap[];
    readonly publish: boolean;
    readonly run: boolean;
  },
): Promise<{ transfers: Transfer[]; runs: Run[] }> {
  await checkRoles(context, template, choice.connections);
  if (choice.run && !choice.publish) throw notValid("A transfer must be published before it can run.");
  const reviewed = new Map(choice.valueMaps.map((map) => [map.name, map]));
  const valueMaps = [...reviewed.values(), ...template.valueMaps.filter((map) => !reviewed.has(map.name))];
  const toConnection = (role: string) => choice.connections[role] ?? role;
  const definitions = template.transfers.map((definition) => ({
    ...definition,
    source: { ...definition.source, connection: toConnection(definition.source.connection) },
    target: { ...definition.target, connection: toConnection(definition.target.connection) },
  }));
  if (choice.publish) await checkAll(context, definitions, valueMaps);
  await addMissingValueMaps(context.db, valueMaps);

  const transfers: Transfer[] = [];
  const runs: Run[] = [];
  for (const definition of definitions) {
    const id = await insertUnique(context, definition);
    if (choice.publish)
      await publishTransfer(context, id, { draftRevision: 1, note: `From the template "${template.name}"` });
    if (choice.run) runs.push(await startRun(context, id, { kind: "changes" }));
    transfers.push(orNotFound(await findTransfer(context.db, id), `Transfer ${id}`));
  }
  return { transfers, runs };
}
