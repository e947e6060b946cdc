/** Saving a value map refuses what was changed from an older version: a save replaces everything. */
import type { StoredValueMap, ValueMap } from "@fieldbridge/model";
import type { Database } from "../db/database.ts";
import { inTransaction } from "../db/transaction.ts";
import { changedMeanwhile, inUse, notValid } from "../problem.ts";
import { findValueMap, insertValueMap, lockValueMap, updateValueMap } from "../stores/value-maps.store.ts";

/** An address cannot end in them: programs take them for "this folder" and "the folder above". */
const UNREACHABLE = new Set([".", ".."]);

export function refuseUnreachableName(name: string): void {
  if (UNREACHABLE.has(name) || name.trim() !== name)
    throw notValid("A name cannot be one or two dots alone, nor begin or end with a space.");
}

async function createValueMap(db: Database, map: ValueMap): Promise<StoredValueMap> {
  refuseUnreachableName(map.name);
  const known = await findValueMap(db, map.name);
  if (known !== undefined && known.name !== map.name)
    throw inUse(`Published transfers still call the value map "${known.name}" by the name "${map.name}".`);
  const created = await insertValueMap(db, map);
  if (created === undefined) throw changedMeanwhile(`There is a value map "${map.name}" already.`);
  return created;
}

/** `version` is that of the map it was changed from, 0 for a new one; without it the map is replaced in any case. */
export async function saveStoredValueMap(
  db: Database,
  map: ValueMap,
  version: number | undefined,
): Promise<StoredValueMap> {
  if (version === 0) return createValueMap(db, map);
  const saved = await inTransaction(db.pool, async (client) => {
    const known = await lockValueMap(client, map.name);
    if (known === undefined || known.name !== map.name) return undefined;
    if (version !== undefined && version !== known.version)
      throw changedMeanwhile(`"${map.name}" was changed by somebody else since you opened it.`);
    return updateValueMap(client, map.name, {
      ...map,
      version: known.version,
      formerNames: known.formerNames,
    });
  });
  if (saved !== undefined) return saved;
  if (version !== undefined) throw changedMeanwhile(`"${map.name}" was deleted or renamed meanwhile.`);
  return createValueMap(db, map);
}
