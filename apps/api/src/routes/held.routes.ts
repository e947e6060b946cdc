/** Held records: list, look into, run again, let go. */
import type { AppContext } from "../app-context.ts";
import type { Handlers } from "../http/handlers.ts";
import { inUse, notValid, orNotFound } from "../problem.ts";
import { editHeld } from "../runs/edit-held.ts";
import { rerunHeld } from "../runs/start-run.ts";
import { settleHeld } from "../runs/settle-held.ts";
import { countHeld, listHeld } from "../stores/held-list.store.ts";
import { assignHeld, findHeld, ignoreHeld, reopenHeld } from "../stores/held.store.ts";

export const heldHandlers = (
  context: AppContext,
): Pick<
  Handlers,
  | "listHeld"
  | "countHeld"
  | "getHeld"
  | "rerunHeld"
  | "editHeld"
  | "assignHeld"
  | "reopenHeld"
  | "ignoreHeld"
  | "assignManyHeld"
  | "ignoreManyHeld"
  | "settleHeld"
> => {
  const { db } = context;
  const getHeld = async (id: string) => orNotFound(await findHeld(db, id), `Held record ${id}`);
  return {
    listHeld: ({ query }) => listHeld(db, query),
    countHeld: ({ query }) => countHeld(db, query),
    getHeld: ({ params }) => getHeld(params.id),
    rerunHeld: async ({ body }) => {
      const runs = await rerunHeld(context, body.ids);
      if (runs.length === 0) throw notValid("None of these held records is open any more.");
      return { runs };
    },
    editHeld: ({ params, body }) => editHeld(context, params.id, body),
    assignHeld: async ({ params, body }) => {
      await assignHeld(db, [params.id], body.assignee);
      return getHeld(params.id);
    },
    reopenHeld: async ({ params }) => {
      const held = await getHeld(params.id);
      if (held.state !== "ignored")
        throw notValid(`The record is ${held.state}; only an ignored one is opened again.`);
      if (!(await reopenHeld(db, params.id)))
        throw inUse("The record failed again since it was ignored; that held record is open.");
      return getHeld(params.id);
    },
    ignoreHeld: async ({ params, body }) => {
      const held = await getHeld(params.id);
      if ((await ignoreHeld(db, [params.id], body.reason)) === 0)
        throw notValid(`The record is ${held.state} already.`);
      return getHeld(params.id);
    },
    assignManyHeld: async ({ body }) => ({ changed: await assignHeld(db, body.ids, body.assignee) }),
    ignoreManyHeld: async ({ body }) => ({ changed: await ignoreHeld(db, body.ids, body.reason) }),
    settleHeld: ({ params, body }) => settleHeld(context, params.id, body.targetKey),
  };
};
