/** Value maps. A map in use cannot be deleted: the transfers that read it would hold every record. */
import type { AppContext } from "../app-context.ts";
import { usesValueMap } from "../definitions/collect-formulas.ts";
import type { Handlers } from "../http/handlers.ts";
import { inUse, notValid, orNotFound } from "../problem.ts";
import { listDefinitionsInForce } from "../stores/transfers.store.ts";
import {
  addValueMapEntry,
  findValueMap,
  listValueMaps,
  removeValueMap,
  saveValueMap,
} from "../stores/value-maps.store.ts";

export const valueMapHandlers = (
  context: AppContext,
): Pick<
  Handlers,
  "listValueMaps" | "getValueMap" | "saveValueMap" | "addValueMapEntry" | "deleteValueMap"
> => {
  const { db } = context;
  return {
    listValueMaps: async () => {
      const items = await listValueMaps(db);
      return { items, next: null, total: items.length };
    },
    getValueMap: async ({ params }) =>
      orNotFound(await findValueMap(db, params.name), `Value map ${params.name}`),
    saveValueMap: async ({ params, body }) => {
      if (params.name !== body.name)
        throw notValid(`The address says "${params.name}", the value map calls itself "${body.name}".`);
      return saveValueMap(db, body);
    },
    addValueMapEntry: async ({ params, body }) =>
      orNotFound(await addValueMapEntry(db, params.name, body), `Value map ${params.name}`),
    deleteValueMap: async ({ params }) => {
      orNotFound(await findValueMap(db, params.name), `Value map ${params.name}`);
      const users = (await listDefinitionsInForce(db)).filter((each) =>
        usesValueMap(each.definition, params.name),
      );
      if (users.length > 0)
        throw inUse(
          `"${params.name}" is used by ${[...new Set(users.map((each) => each.name))].join(", ")}.`,
        );
      await removeValueMap(db, params.name);
      return { ok: true };
    },
  };
};
