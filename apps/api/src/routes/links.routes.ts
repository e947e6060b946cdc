/** Links of a transfer: which record became which. */
import type { AppContext } from "../app-context.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Handlers } from "../http/handlers.ts";
import { writeCsv } from "../links/csv.ts";
import { importLinks } from "../links/import-links.ts";
import { notFound, orNotFound } from "../problem.ts";
import { refuseWhileActive } from "../runs/start-run.ts";
import { listLinks, readAllLinks, removeLink } from "../stores/links.store.ts";
import { findTransfer } from "../stores/transfers.store.ts";

export const linkHandlers = (
  context: AppContext,
): Pick<Handlers, "listLinks" | "exportLinks" | "importLinks" | "deleteLink"> => {
  const { db } = context;
  const getTransfer = async (id: string) => orNotFound(await findTransfer(db, id), `Transfer ${id}`);
  return {
    listLinks: async ({ params, query }) => {
      await getTransfer(params.id);
      return listLinks(db, params.id, query);
    },
    exportLinks: async ({ params }) => {
      await getTransfer(params.id);
      const links = await readAllLinks(db, params.id);
      const rows = links.map((link) => [link.sourceKey, link.targetKey ?? "", link.state, link.at]);
      return { csv: writeCsv([["sourceKey", "targetKey", "state", "at"], ...rows]) };
    },
    importLinks: ({ params, body }) => importLinks(context, params.id, body),
    deleteLink: async ({ params }) => {
      const transfer = await getTransfer(params.id);
      const removed = await inTransaction(db.pool, async (client) => {
        await refuseWhileActive(transfer)(client);
        return removeLink(client, params.id, params.sourceKey);
      });
      if (!removed) throw notFound(`A link of ${params.sourceKey} does not exist.`);
      return { ok: true };
    },
  };
};
