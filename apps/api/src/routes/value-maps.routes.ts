/** Value maps. A map in use cannot be deleted: the transfers that read it would hold every record. */
import { writeCsv } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { collectFormulas, collectValueMaps } from "../definitions/collect-formulas.ts";
import type { Handlers } from "../http/handlers.ts";
import { importValueMap } from "../library/import-value-map.ts";
import { listUnknownValues } from "../library/list-unknown-values.ts";
import { renameValueMap } from "../library/rename-value-map.ts";
import { saveStoredValueMap } from "../library/save-value-map.ts";
import { inUse, notValid, orNotFound } from "../problem.ts";
import { listNamedFormulas } from "../stores/named-formulas.store.ts";
import { listDefinitionsInForce, listFrozenFormulas } from "../stores/transfers.store.ts";
import {
  addValueMapEntries,
  findValueMap,
  listValueMaps,
  removeValueMap,
} from "../stores/value-maps.store.ts";

export const valueMapHandlers = (
  context: AppContext,
): Pick<
  Handlers,
  | "listValueMaps"
  | "getValueMap"
  | "saveValueMap"
  | "addValueMapEntry"
  | "addValueMapEntries"
  | "renameValueMap"
  | "exportValueMap"
  | "importValueMap"
  | "listUnknownValues"
  | "deleteValueMap"
> => {
  const { db } = context;
  const getMap = async (name: string) => orNotFound(await findValueMap(db, name), `Value map ${name}`);
  return {
    listValueMaps: async () => {
      const items = await listValueMaps(db);
      return { items, next: null, total: items.length };
    },
    getValueMap: ({ params }) => getMap(params.name),
    saveValueMap: async ({ params, body: { version, ...map } }) => {
      if (params.name !== map.name)
        throw notValid(`The address says "${params.name}", the value map calls itself "${map.name}".`);
      return saveStoredValueMap(db, map, version);
    },
    addValueMapEntry: async ({ params, body }) =>
      orNotFound(await addValueMapEntries(db, params.name, [body]), `Value map ${params.name}`),
    addValueMapEntries: async ({ params, body }) =>
      orNotFound(await addValueMapEntries(db, params.name, body.entries), `Value map ${params.name}`),
    renameValueMap: ({ params, body }) => renameValueMap(db, params.name, body.name),
    exportValueMap: async ({ params }) => {
      const { entries } = await getMap(params.name);
      const rows = entries.map(({ from, to, note }) => [from, to, note ?? ""]);
      return { csv: writeCsv([["from", "to", "note"], ...rows]) };
    },
    importValueMap: ({ params, body }) => importValueMap(db, params.name, body),
    listUnknownValues: async ({ params }) => listUnknownValues(db, await getMap(params.name)),
    deleteValueMap: async ({ params }) => {
      const map = await getMap(params.name);
      const names = [map.name, ...map.formerNames];
      const isUsedIn = (formulas: readonly string[]): boolean => {
        const used = collectValueMaps(formulas);
        return names.some((name) => used.has(name));
      };
      const [definitions, formulas, frozen] = await Promise.all([
        listDefinitionsInForce(db),
        listNamedFormulas(db),
        listFrozenFormulas(db),
      ]);
      const users = [
        ...definitions.filter(
          ({ id, definition }) =>
            isUsedIn(collectFormulas(definition)) ||
            isUsedIn((frozen.get(id) ?? []).map((each) => each.body)),
        ),
        ...formulas.filter(({ body }) => isUsedIn([body])),
      ];
      if (users.length > 0)
        throw inUse(`"${map.name}" is used by ${[...new Set(users.map((each) => each.name))].join(", ")}.`);
      await removeValueMap(db, map.name);
      return { ok: true };
    },
  };
};
