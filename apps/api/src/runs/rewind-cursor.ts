/** Going back: a transfer reads again what it has read, from an instant or from the beginning, after a preview. */
import { compileTransfer, type ReadRequest, type SystemPort, type TransferPlan } from "@fieldbridge/engine";
import { toParameterSet, type RunParameters, type TransferCursor } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { inTransaction } from "../db/transaction.ts";
import { loadCheckContext } from "../definitions/check-definition.ts";
import { notReady, notValid, orNotFound } from "../problem.ts";
import { readCursor } from "../stores/run-memory.store.ts";
import { findRevision, findTransfer } from "../stores/transfers.store.ts";
import { chooseCompanies } from "./choose-companies.ts";
import { fillParameters } from "./fill-parameters.ts";
import { refuseWhileActive } from "./start-run.ts";

type Context = Pick<AppContext, "db" | "systems">;

/** Records looked through for a preview; a person decides nothing else for a larger number. */
const MOST_COUNTED = 10_000;

/** Whose cursor is meant: each set of parameters has one. */
export interface CursorOwner {
  readonly id: string;
  readonly parameters: RunParameters;
}

/** The plan of the published revision, with the parameters filled in. */
async function loadPlan(
  context: Context,
  { id, parameters }: CursorOwner,
): Promise<{ plan: TransferPlan; values: RunParameters }> {
  const transfer = orNotFound(await findTransfer(context.db, id), `Transfer ${id}`);
  const { name, published } = transfer;
  if (published === null) throw notReady(`"${name}" was never published; it has not read anything.`);
  const { definition, namedFormulas } = orNotFound(
    await findRevision(context.db, id, published),
    `Revision ${published}`,
  );
  const values = await fillParameters(context, transfer, parameters);
  const compiled = compileTransfer(
    definition,
    await loadCheckContext(context, definition, { namedFormulas }),
  );
  if (!compiled.ok) throw notReady(`"${name}" cannot run as it was published.`, compiled.issues);
  return { plan: compiled.plan, values };
}

export async function describeCursor(context: Context, owner: CursorOwner): Promise<TransferCursor> {
  const { plan, values } = await loadPlan(context, owner);
  const { stampField } = plan;
  const cursor = await readCursor(context.db, owner.id, toParameterSet(values));
  return {
    place: cursor?.position?.stamp ?? cursor?.before ?? null,
    behindKey: cursor?.position?.key ?? null,
    stampField,
    movedAt: cursor?.movedAt ?? null,
  };
}

/** Throws a 400 problem where `from` is not behind us: going forward would leave records out for good. */
function checkBack({ place, stampField }: TransferCursor, from: string | null): void {
  if (from === null) return;
  if (stampField === null)
    throw notValid("This transfer reads all records with every run; only the beginning can be chosen.");
  if (place === null || Date.parse(from) > Date.parse(place))
    throw notValid(
      place === null
        ? "Nothing has been read yet; the next run starts at the beginning."
        : `The transfer has read up to ${place}; a later place would leave records out.`,
    );
}

/** Records between `from` and the place reached so far. */
async function countBetween(
  { plan, values }: { readonly plan: TransferPlan; readonly values: RunParameters },
  port: SystemPort,
  from: string | null,
  place: string,
): Promise<{ count: number; more: boolean }> {
  const { keyField } = plan.source;
  const stampFields = plan.stampField === null ? [] : [plan.stampField];
  const request: ReadRequest = {
    shape: { object: plan.source.name, fields: [keyField, ...stampFields], one: {}, many: {} },
    filter: plan.sourceFilterAt(new Date().toISOString(), values),
    keyField,
    stampField: plan.stampField,
    after: null,
    from,
    // The place itself was read, and stamps are finer than ours.
    before: new Date(Date.parse(place) + 1).toISOString(),
    limit: port.limits.readPage,
  };
  let page = await port.readPage(request);
  let count = page.rows.length;
  while (page.next !== null && count < MOST_COUNTED) {
    page = await port.readPage({ ...request, after: page.next, continuation: page.continuation });
    count += page.rows.length;
  }
  return { count, more: page.next !== null };
}

export async function previewRewind(
  context: Context,
  owner: CursorOwner,
  from: string | null,
): Promise<{ count: number; more: boolean }> {
  const cursor = await describeCursor(context, owner);
  checkBack(cursor, from);
  // Without a stamp every run reads all records anyway.
  if (cursor.place === null || cursor.stampField === null) return { count: 0, more: false };
  const loaded = await loadPlan(context, owner);
  const { definition } = loaded.plan;
  const { company } = chooseCompanies(definition, loaded.values, new Date().toISOString()).source;
  const port = await context.systems.openPort(definition.source.connection, { company });
  return countBetween(loaded, port, from, cursor.place);
}

export async function rewindCursor(
  context: Context,
  owner: CursorOwner,
  from: string | null,
): Promise<TransferCursor> {
  const { id } = owner;
  const transfer = orNotFound(await findTransfer(context.db, id), `Transfer ${id}`);
  checkBack(await describeCursor(context, owner), from);
  const set = toParameterSet(await fillParameters(context, transfer, owner.parameters));
  await inTransaction(context.db.pool, async (client) => {
    await refuseWhileActive(transfer)(client);
    if (from === null)
      await client.query("delete from cursors where transfer_id = $1 and parameters = $2", [id, set]);
    else
      await client.query(
        `update cursors set position = null, before = $3, updated_at = now()
         where transfer_id = $1 and parameters = $2`,
        [id, set, new Date(from).toISOString()],
      );
  });
  return describeCursor(context, owner);
}
