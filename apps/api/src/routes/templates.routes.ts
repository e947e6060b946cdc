/** The gallery, and a template put to use. */
import type { AppContext } from "../app-context.ts";
import type { Handlers } from "../http/handlers.ts";
import { orNotFound } from "../problem.ts";
import { useTemplate } from "../definitions/use-template.ts";

export const templateHandlers = (
  context: AppContext,
): Pick<Handlers, "listTemplates" | "getTemplate" | "useTemplate"> => {
  const getTemplate = (id: string) =>
    orNotFound(
      context.templates.find((template) => template.id === id),
      `Template ${id}`,
    );
  return {
    listTemplates: async () => {
      const items = [...context.templates];
      return { items, next: null, total: items.length };
    },
    getTemplate: async ({ params }) => getTemplate(params.id),
    useTemplate: ({ params, body }) => useTemplate(context, getTemplate(params.id), body),
  };
};
