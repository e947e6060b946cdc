/** Value maps: one document each, shared by transfers; every change counts its version up. */
import { storedValueMap, valueMap, type StoredValueMap, type ValueMap } from "@fieldbridge/model";
import type pg from "pg";
import type { Database } from "../db/database.ts";
import { inTransaction } from "../db/transaction.ts";
import { readJson, writeJson } from "./json-text.ts";
import { toColumns } from "./set-columns.ts";

interface MapRow {
  readonly document: string;
  readonly version: number;
  readonly former_names: string[];
}

const columns = "document, version, former_names";

const toMap = (row: MapRow): StoredValueMap => ({
  ...readJson(valueMap, row.document),
  version: row.version,
  formerNames: row.former_names,
});

/** The document alone, without what the library keeps beside it. */
const toDocument = (map: ValueMap): string => writeJson(valueMap.strip().parse(map));

/** A name of today comes before a former one. */
const byAnyName = `from value_maps where name = $1 or $1 = any(former_names) order by name = $1 desc limit 1`;

export async function listValueMaps(db: Database): Promise<StoredValueMap[]> {
  const { rows } = await db.pool.query<MapRow>(`select ${columns} from value_maps order by name`);
  return rows.map(toMap);
}

export async function findValueMap(db: Database, name: string): Promise<StoredValueMap | undefined> {
  const { rows } = await db.pool.query<MapRow>(`select ${columns} ${byAnyName}`, [name]);
  return rows.map(toMap)[0];
}

/** Locks the map until the transaction ends, so that two changes at once both count. */
export async function lockValueMap(client: pg.ClientBase, name: string): Promise<StoredValueMap | undefined> {
  const { rows } = await client.query<MapRow>(`select ${columns} ${byAnyName} for update`, [name]);
  return rows.map(toMap)[0];
}

/** Stores a locked map, under another name where `map` has one. */
export async function updateValueMap(
  client: pg.ClientBase,
  name: string,
  map: StoredValueMap,
): Promise<StoredValueMap> {
  const { rows } = await client.query<MapRow>(
    `update value_maps set name = $2, document = $3, former_names = $4, version = version + 1, updated_at = now()
     where name = $1 returning ${columns}`,
    [name, map.name, toDocument(map), map.formerNames],
  );
  const row = rows[0];
  if (row === undefined) throw new Error("the value map just locked is gone");
  return toMap(row);
}

/** Undefined where the name is taken. */
export async function insertValueMap(db: Database, map: ValueMap): Promise<StoredValueMap | undefined> {
  const { rows } = await db.pool.query<MapRow>(
    `insert into value_maps (name, document, updated_at) values ($1, $2, now())
     on conflict (name) do nothing returning ${columns}`,
    [map.name, toDocument(map)],
  );
  return rows.map(toMap)[0];
}

/** Adds maps whose name is free; maps that exist, also those that had the name before, stay as they are. */
export async function addMissingValueMaps(db: Database, maps: readonly ValueMap[]): Promise<void> {
  await db.pool.query(
    `insert into value_maps (name, document, updated_at)
     select name, document, now() from unnest($1::text[], $2::text[]) as given(name, document)
     where not exists (select 1 from value_maps known where given.name = any(known.former_names))
     on conflict (name) do nothing`,
    toColumns(maps, (map) => map.name, toDocument),
  );
}

/** Adds or changes entries; undefined where there is no such map. */
export const addValueMapEntries = (
  db: Database,
  name: string,
  given: ValueMap["entries"],
): Promise<StoredValueMap | undefined> =>
  inTransaction(db.pool, async (client) => {
    const map = await lockValueMap(client, name);
    if (map === undefined) return undefined;
    const entries = new Map(map.entries.map((entry) => [entry.from, entry]));
    for (const entry of given) entries.set(entry.from, { ...entries.get(entry.from), ...entry });
    const changed = storedValueMap.parse({ ...map, entries: [...entries.values()] });
    return updateValueMap(client, map.name, changed);
  });

export async function removeValueMap(db: Database, name: string): Promise<void> {
  await db.prisma.valueMap.deleteMany({ where: { name } });
}
