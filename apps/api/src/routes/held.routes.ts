/** Held records: list, look into, run again, let go. */
import type { AppContext } from "../app-context.ts";
import type { Handlers } from "../http/handlers.ts";
import { notValid, orNotFound } from "../problem.ts";
import { rerunHeld } from "../runs/start-run.ts";
import { findHeld, ignoreHeld, listHeld } from "../stores/held.store.ts";

export const heldHandlers = (
  context: AppContext,
): Pick<Handlers, "listHeld" | "getHeld" | "rerunHeld" | "ignoreHeld"> => {
  const { db } = context;
  const getHeld = async (id: string) => orNotFound(await findHeld(db, id), `Held record ${id}`);
  return {
    listHeld: ({ query }) => listHeld(db, query),
    getHeld: ({ params }) => getHeld(params.id),
    rerunHeld: async ({ body }) => {
      const runs = await rerunHeld(context, body.ids);
      if (runs.length === 0) throw notValid("None of these held records is open any more.");
      return { runs };
    },
    ignoreHeld: async ({ params, body }) => {
      const held = await getHeld(params.id);
      if (!(await ignoreHeld(db, params.id, body.reason)))
        throw notValid(`The record is ${held.state} already.`);
      return getHeld(params.id);
    },
  };
};
