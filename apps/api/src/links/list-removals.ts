/** Records found missing in the source whose target records are not removed yet, named as the target names them. */
import { Fault } from "@fieldbridge/engine";
import {
  toParameterSet,
  type Cell,
  type PendingRemovals,
  type RunParameters,
  type TransferDefinition,
} from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { orNotFound } from "../problem.ts";
import { fillParameters } from "../runs/fill-parameters.ts";
import { countLinks, listGoneLinks } from "../stores/run-removals.store.ts";
import { findRevision, findTransfer } from "../stores/transfers.store.ts";
import { callSystem, loadSchema } from "../systems/discover.ts";

type Context = Pick<AppContext, "db" | "systems">;

/** A person judges by the first ones. */
const SAMPLE_SIZE = 20;

const textOf = (cell: Cell | undefined): string => (typeof cell === "string" ? cell : "");

/** Names by target key; none where the target cannot be asked now, because the keys alone say enough. */
async function readNames(
  context: Context,
  { target }: TransferDefinition,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  try {
    const schema = await loadSchema(context, target.connection, target.object);
    if (schema?.nameField === undefined || keys.length === 0) return new Map();
    const { keyField, nameField, name: object } = schema;
    const shape = { object, fields: [keyField, nameField], one: {}, many: {} };
    const rows = await callSystem(context, target.connection, (port) =>
      port.readByKeys(shape, keyField, keys),
    );
    return new Map(rows.map((row) => [textOf(row[keyField]), textOf(row[nameField])]));
  } catch (error) {
    if (error instanceof Fault) return new Map();
    throw error;
  }
}

export async function listRemovals(
  context: Context,
  transferId: string,
  given: RunParameters,
): Promise<PendingRemovals> {
  const { db } = context;
  const transfer = orNotFound(await findTransfer(db, transferId), `Transfer ${transferId}`);
  const { published } = transfer;
  const revision = published === null ? undefined : await findRevision(db, transferId, published);
  const mode = revision?.definition.removals?.mode ?? "ignore";
  const parameters = toParameterSet(await fillParameters(context, transfer, given));
  const memory = { transferId, parameters };
  const counts = await countLinks(db, memory);
  if (revision === undefined || mode === "ignore") return { ...counts, mode: null, sample: [] };
  const links = await listGoneLinks(db, memory, SAMPLE_SIZE);
  const names = await readNames(
    context,
    revision.definition,
    links.map((link) => link.targetKey),
  );
  return {
    ...counts,
    mode,
    sample: links.map((link) => ({ ...link, label: names.get(link.targetKey) || link.sourceKey })),
  };
}
