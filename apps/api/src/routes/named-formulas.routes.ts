/** Named formulas of the library. */
import type { AppContext } from "../app-context.ts";
import type { Handlers } from "../http/handlers.ts";
import {
  deleteNamedFormula,
  listFormulaUsers,
  saveNamedFormula,
  testNamedFormula,
} from "../library/named-formulas.ts";
import { notValid, orNotFound } from "../problem.ts";
import { findNamedFormula, listNamedFormulas } from "../stores/named-formulas.store.ts";

export const namedFormulaHandlers = (
  context: AppContext,
): Pick<
  Handlers,
  | "listNamedFormulas"
  | "getNamedFormula"
  | "saveNamedFormula"
  | "testNamedFormula"
  | "listFormulaUsers"
  | "deleteNamedFormula"
> => ({
  listNamedFormulas: async () => {
    const items = await listNamedFormulas(context.db);
    return { items, next: null, total: items.length };
  },
  getNamedFormula: async ({ params }) =>
    orNotFound(await findNamedFormula(context.db, params.name), `Named formula ${params.name}`),
  saveNamedFormula: async ({ params, body: { version, ...formula } }) => {
    if (params.name !== formula.name)
      throw notValid(`The address says "${params.name}", the formula calls itself "${formula.name}".`);
    return saveNamedFormula(context, formula, version);
  },
  testNamedFormula: ({ body }) => testNamedFormula(context, body),
  listFormulaUsers: async ({ params, body }) => {
    const items = await listFormulaUsers(context, params.name, body.formula);
    return { items, next: null, total: items.length };
  },
  deleteNamedFormula: async ({ params }) => {
    await deleteNamedFormula(context, params.name);
    return { ok: true };
  },
});
