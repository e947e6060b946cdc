/** Groups: one document each, with the number of its last save. */
import { groupDefinition, transferDefinition, type Group, type GroupDefinition } from "@fieldbridge/model";
import type { GroupTransfer } from "@fieldbridge/engine";
import type { Database } from "../db/database.ts";
import { readLastGroupRuns } from "./group-runs.store.ts";
import { readJson, writeJson } from "./json-text.ts";

interface GroupRow {
  readonly id: string;
  readonly definition: string;
  readonly revision: number;
  readonly updatedAt: Date;
}

async function toGroups(db: Database, rows: readonly GroupRow[]): Promise<Group[]> {
  const lastRuns = await readLastGroupRuns(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    id: row.id,
    definition: readJson(groupDefinition, row.definition),
    revision: row.revision,
    lastRun: lastRuns.get(row.id) ?? null,
    updatedAt: row.updatedAt.toISOString(),
  }));
}

/** By name. */
export const listGroups = async (db: Database): Promise<Group[]> =>
  toGroups(db, await db.prisma.group.findMany({ orderBy: [{ name: "asc" }, { id: "asc" }] }));

export async function findGroup(db: Database, id: string): Promise<Group | undefined> {
  const row = await db.prisma.group.findUnique({ where: { id } });
  return row === null ? undefined : (await toGroups(db, [row]))[0];
}

const columns = (definition: GroupDefinition) => ({
  name: definition.name,
  definition: writeJson(definition),
});

/** False where the id is taken. */
export async function insertGroup(db: Database, definition: GroupDefinition): Promise<boolean> {
  const { count } = await db.prisma.group.createMany({
    data: { id: definition.id, ...columns(definition) },
    skipDuplicates: true,
  });
  return count === 1;
}

/** False where the group is not at `revision` any more, or gone. */
export async function saveGroup(
  db: Database,
  definition: GroupDefinition,
  revision: number,
): Promise<boolean> {
  const { count } = await db.prisma.group.updateMany({
    where: { id: definition.id, revision },
    data: { ...columns(definition), revision: { increment: 1 } },
  });
  return count === 1;
}

export async function removeGroup(db: Database, id: string): Promise<void> {
  await db.prisma.group.deleteMany({ where: { id } });
}

/** Groups that have the transfer as a member. */
export async function listGroupsWith(db: Database, transferId: string): Promise<GroupDefinition[]> {
  const rows = await db.prisma.group.findMany({ orderBy: { name: "asc" } });
  return rows
    .map((row) => readJson(groupDefinition, row.definition))
    .filter((group) => group.members.some((member) => member.transfer === transferId));
}

/** What the check of a group must know of its transfers; those that do not exist are left out. */
export async function readGroupTransfers(db: Database, ids: readonly string[]): Promise<GroupTransfer[]> {
  const { rows } = await db.pool.query<{ id: string; name: string; definition: string | null }>(
    `select transfers.id, transfers.name, revisions.definition
     from transfers left join transfer_revisions revisions
       on revisions.transfer_id = transfers.id and revisions.number = transfers.published
     where transfers.id = any($1)`,
    [ids],
  );
  return rows.map(({ id, name, definition }) => ({
    id,
    name,
    published: definition === null ? null : readJson(transferDefinition, definition),
  }));
}
