/** Value maps: one document each, shared by transfers. */
import { valueMap, type ValueMap } from "@fieldbridge/model";
import type { Database } from "../db/database.ts";
import { inTransaction } from "../db/transaction.ts";
import { readJson, writeJson } from "./json-text.ts";

export async function listValueMaps(db: Database): Promise<ValueMap[]> {
  const rows = await db.prisma.valueMap.findMany({ orderBy: { name: "asc" } });
  return rows.map((row) => readJson(valueMap, row.document));
}

export async function findValueMap(db: Database, name: string): Promise<ValueMap | undefined> {
  const row = await db.prisma.valueMap.findUnique({ where: { name } });
  return row === null ? undefined : readJson(valueMap, row.document);
}

export async function saveValueMap(db: Database, map: ValueMap): Promise<ValueMap> {
  const document = writeJson(map);
  await db.prisma.valueMap.upsert({
    where: { name: map.name },
    create: { name: map.name, document },
    update: { document },
  });
  return map;
}

/** Adds maps whose name is free; maps that exist stay as they are. */
export async function addMissingValueMaps(db: Database, maps: readonly ValueMap[]): Promise<void> {
  await db.prisma.valueMap.createMany({
    data: maps.map((map) => ({ name: map.name, document: writeJson(map) })),
    skipDuplicates: true,
  });
}

/** Adds or changes one entry under a lock, so that two people adding at once both succeed. */
export const addValueMapEntry = (
  db: Database,
  name: string,
  entry: { from: string; to: string },
): Promise<ValueMap | undefined> =>
  inTransaction(db.pool, async (client) => {
    const { rows } = await client.query<{ document: string }>(
      "select document from value_maps where name = $1 for update",
      [name],
    );
    const row = rows[0];
    if (row === undefined) return undefined;
    const map = readJson(valueMap, row.document);
    const at = map.entries.findIndex((each) => each.from === entry.from);
    const entries = at < 0 ? [...map.entries, entry] : map.entries.with(at, { ...map.entries[at], ...entry });
    const changed = valueMap.parse({ ...map, entries });
    await client.query("update value_maps set document = $2, updated_at = now() where name = $1", [
      name,
      writeJson(changed),
    ]);
    return changed;
  });

export async function removeValueMap(db: Database, name: string): Promise<void> {
  await db.prisma.valueMap.deleteMany({ where: { name } });
}
