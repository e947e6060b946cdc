/** Transfers: the draft with its revision number, and the published revisions. */
import {
  issue,
  transferDefinition,
  type NamedFormula,
  type Revision,
  type Run,
  type Transfer,
  type TransferDefinition,
} from "@fieldbridge/model";
import type { UsedField } from "@fieldbridge/engine";
import type pg from "pg";
import * as z from "zod";
import type { Database } from "../db/database.ts";
import { inTransaction } from "../db/transaction.ts";
import { readJson, writeJson } from "./json-text.ts";
import { readMark, toMark, toPattern } from "./keyset.ts";
import { readFrozen, writeFrozen } from "./named-formulas.store.ts";
import { readRuns } from "./runs.store.ts";

interface TransferRow {
  readonly id: string;
  readonly name: string;
  readonly definition: string;
  readonly draft_revision: number;
  readonly published: number | null;
  readonly changed: boolean;
  readonly open_held: number;
  readonly last_run_id: string | null;
  readonly review: string | null;
  readonly updated_at: Date;
}

const columns = `transfers.id, transfers.name, transfers.definition, transfers.draft_revision, transfers.published,
  transfers.updated_at, transfers.review, coalesce(revisions.definition <> transfers.definition, true) or exists (
    select 1 from json_array_elements_text(revisions.named_formulas::json) as frozen(formula)
    where not exists (select 1 from named_formulas where named_formulas.formula = frozen.formula)) as changed,
  (select count(*)::int from held_records where transfer_id = transfers.id and state = 'open') as open_held,
  (select runs.id from runs where transfer_id = transfers.id order by number desc limit 1) as last_run_id`;
const from = `from transfers left join transfer_revisions revisions
  on revisions.transfer_id = transfers.id and revisions.number = transfers.published`;

const review = z.object({ since: z.iso.datetime(), issues: z.array(issue) });

const toTransfer = (row: TransferRow, lastRun: Run | undefined): Transfer => ({
  id: row.id,
  name: row.name,
  definition: readJson(transferDefinition, row.definition),
  draftRevision: row.draft_revision,
  published: row.published,
  changed: row.changed,
  openHeld: row.open_held,
  lastRun: lastRun ?? null,
  review: row.review === null ? null : readJson(review, row.review),
  updatedAt: row.updated_at.toISOString(),
});

async function toTransfers(db: Database, rows: readonly TransferRow[]): Promise<Transfer[]> {
  const runs = await readRuns(
    db,
    rows.flatMap((row) => row.last_run_id ?? []),
  );
  const byId = new Map(runs.map((run) => [run.id, run]));
  return rows.map((row) => toTransfer(row, row.last_run_id === null ? undefined : byId.get(row.last_run_id)));
}

/** Last changed first. */
export async function listTransfers(
  db: Database,
  filter: { search?: string | undefined; limit: number; after?: string | undefined },
): Promise<{ items: Transfer[]; next: string | null; total: number }> {
  const where = `where ($1::text is null or transfers.name ilike $1 or transfers.id ilike $1)`;
  const search = filter.search ? toPattern(filter.search) : null;
  const [before, id] =
    filter.after === undefined
      ? [null, null]
      : readMark(z.tuple([z.iso.datetime(), z.string()]), filter.after);
  const [rows, count] = await Promise.all([
    db.pool.query<TransferRow>(
      `select ${columns} ${from} ${where}
         and ($2::timestamptz is null or (transfers.updated_at, transfers.id) < ($2, $3))
       order by transfers.updated_at desc, transfers.id desc limit $4`,
      [search, before, id, filter.limit + 1],
    ),
    db.pool.query<{ total: number }>(`select count(*)::int as total from transfers ${where}`, [search]),
  ]);
  const items = await toTransfers(db, rows.rows.slice(0, filter.limit));
  const last = items.at(-1);
  return {
    items,
    next: rows.rows.length > filter.limit && last ? toMark([last.updatedAt, last.id]) : null,
    total: count.rows[0]?.total ?? 0,
  };
}

export async function findTransfer(db: Database, id: string): Promise<Transfer | undefined> {
  const { rows } = await db.pool.query<TransferRow>(`select ${columns} ${from} where transfers.id = $1`, [
    id,
  ]);
  return (await toTransfers(db, rows))[0];
}

const draftColumns = (definition: TransferDefinition) => ({
  name: definition.name,
  definition: writeJson(definition),
  sourceConnection: definition.source.connection,
  targetConnection: definition.target.connection,
});

/** False where the id is taken. */
export async function insertTransfer(db: Database, definition: TransferDefinition): Promise<boolean> {
  const { count } = await db.prisma.transfer.createMany({
    data: { id: definition.id, ...draftColumns(definition) },
    skipDuplicates: true,
  });
  return count === 1;
}

/** False where the draft is not at `draftRevision` any more, or the transfer is gone. */
export async function saveDraft(
  db: Database,
  id: string,
  definition: TransferDefinition,
  draftRevision: number,
): Promise<boolean> {
  const { count } = await db.prisma.transfer.updateMany({
    where: { id, draftRevision },
    data: { ...draftColumns(definition), draftRevision: { increment: 1 } },
  });
  return count === 1;
}

/** Changes every draft that `change` makes something else of; whoever edits one meanwhile has to load it again. */
export async function rewriteDrafts(
  client: pg.ClientBase,
  change: (definition: TransferDefinition) => TransferDefinition,
): Promise<void> {
  const { rows } = await client.query<{ id: string; definition: string }>(
    "select id, definition from transfers order by id for update",
  );
  for (const { id, definition } of rows) {
    const before = readJson(transferDefinition, definition);
    const after = writeJson(change(before));
    if (after === writeJson(before)) continue;
    await client.query(
      "update transfers set definition = $2, draft_revision = draft_revision + 1, updated_at = now() where id = $1",
      [id, after],
    );
  }
}

export async function removeTransfer(db: Database, id: string): Promise<void> {
  await db.prisma.transfer.deleteMany({ where: { id } });
}

interface RevisionRow {
  readonly number: number;
  readonly note: string;
  readonly definition: string;
  readonly named_formulas: string;
  readonly published_at: Date;
}

const toRevision = (row: RevisionRow): Revision => ({
  number: row.number,
  note: row.note,
  publishedAt: row.published_at.toISOString(),
  definition: readJson(transferDefinition, row.definition),
  namedFormulas: readFrozen(row.named_formulas),
});

/** What a publish adds to the definition. */
export interface Frozen {
  readonly note: string;
  readonly usedFields: readonly UsedField[];
  readonly namedFormulas: readonly NamedFormula[];
}

const insertRevision = async (
  client: pg.ClientBase,
  id: string,
  number: number,
  definition: TransferDefinition,
  more: Frozen,
): Promise<Revision> => {
  const { rows } = await client.query<RevisionRow>(
    `insert into transfer_revisions (transfer_id, number, definition, note, source_connection, source_object,
       target_connection, target_object, used_fields, named_formulas)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning *`,
    [
      id,
      number,
      writeJson(definition),
      more.note,
      definition.source.connection,
      definition.source.object,
      definition.target.connection,
      definition.target.object,
      writeJson(more.usedFields),
      writeFrozen(more.namedFormulas),
    ],
  );
  const row = rows[0];
  if (row === undefined) throw new Error("the revision just stored did not come back");
  return toRevision(row);
};

/** Freezes the draft as the next revision, which ends a review; undefined where it is not at `draftRevision` any more. */
export const publishDraft = (
  db: Database,
  id: string,
  draftRevision: number,
  more: Frozen,
): Promise<Revision | undefined> =>
  inTransaction(db.pool, async (client) => {
    const { rows } = await client.query<{ definition: string; published: number | null }>(
      "select definition, published from transfers where id = $1 and draft_revision = $2 for update",
      [id, draftRevision],
    );
    const draft = rows[0];
    if (draft === undefined) return undefined;
    const number = (draft.published ?? 0) + 1;
    const revision = await insertRevision(
      client,
      id,
      number,
      readJson(transferDefinition, draft.definition),
      more,
    );
    await client.query("update transfers set published = $2, review = null where id = $1", [id, number]);
    return revision;
  });

/** Newest first. */
export async function listRevisions(db: Database, id: string): Promise<Revision[]> {
  const { rows } = await db.pool.query<RevisionRow>(
    "select * from transfer_revisions where transfer_id = $1 order by number desc",
    [id],
  );
  return rows.map(toRevision);
}

export async function findRevision(db: Database, id: string, number: number): Promise<Revision | undefined> {
  const { rows } = await db.pool.query<RevisionRow>(
    "select * from transfer_revisions where transfer_id = $1 and number = $2",
    [id, number],
  );
  return rows.map(toRevision)[0];
}

/** Named formulas of the revisions in force, by transfer. */
export async function listFrozenFormulas(db: Database): Promise<ReadonlyMap<string, NamedFormula[]>> {
  const { rows } = await db.pool.query<{ id: string; named_formulas: string }>(
    `select transfers.id, transfer_revisions.named_formulas from transfer_revisions
     join transfers on transfers.id = transfer_id and published = number`,
  );
  return new Map(rows.map((row) => [row.id, readFrozen(row.named_formulas)]));
}

/** Definitions in force: every draft and every published revision, for "used by". */
export async function listDefinitionsInForce(
  db: Database,
): Promise<{ id: string; name: string; definition: TransferDefinition }[]> {
  const { rows } = await db.pool.query<{ id: string; name: string; definition: string }>(
    `select id, name, definition from transfers
     union select transfers.id, name, transfer_revisions.definition from transfer_revisions
       join transfers on transfers.id = transfer_id and published = number`,
  );
  return rows.map((row) => ({ ...row, definition: readJson(transferDefinition, row.definition) }));
}
