/** Links of a transfer: which record became which. */
import { writeCsv } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Handlers } from "../http/handlers.ts";
import { findRecordUrls } from "../links/find-record-urls.ts";
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
      const { definition } = await getTransfer(params.id);
      const toUrl = await findRecordUrls(context, definition);
      const links = await listLinks(db, params.id, query);
      return { ...links, items: links.items.map((link) => ({ ...link, ...toUrl(link) })) };
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
