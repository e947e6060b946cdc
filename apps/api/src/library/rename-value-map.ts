/**
 * A value map gets another name: drafts and named formulas are rewritten with it in one transaction. Published revisions never change
 * (I6), so the former name stays with the map and leads to it.
 */
import { renameValueMap as renameInFormula } from "@fieldbridge/formula";
import { mapFormulas, type StoredValueMap } from "@fieldbridge/model";
import type { Database } from "../db/database.ts";
import { inTransaction } from "../db/transaction.ts";
import { inUse, orNotFound } from "../problem.ts";
import { rewriteBodies } from "../stores/named-formulas.store.ts";
import { rewriteDrafts } from "../stores/transfers.store.ts";
import { lockValueMap, updateValueMap } from "../stores/value-maps.store.ts";
import { refuseUnreachableName } from "./save-value-map.ts";

export const renameValueMap = (db: Database, from: string, to: string): Promise<StoredValueMap> =>
  inTransaction(db.pool, async (client) => {
    refuseUnreachableName(to);
    const map = orNotFound(await lockValueMap(client, from), `Value map ${from}`);
    if (map.name === to) return map;
    const holder = await lockValueMap(client, to);
    if (holder !== undefined && holder.name !== map.name)
      throw inUse(
        holder.name === to
          ? `There is a value map "${to}" already.`
          : `Published transfers still call the value map "${holder.name}" by the name "${to}".`,
      );
    const names = [...map.formerNames, map.name];
    const rename = (formula: string): string =>
      names.reduce((text, name) => renameInFormula(text, name, to), formula);
    await rewriteDrafts(client, (definition) => mapFormulas(definition, rename));
    await rewriteBodies(client, rename);
    return updateValueMap(client, map.name, {
      ...map,
      name: to,
      formerNames: names.filter((name) => name !== to),
    });
  });
