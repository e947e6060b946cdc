/** Links of a transfer: which record became which. */
import { toParameterSet, writeCsv } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { inTransaction } from "../db/transaction.ts";
import type { Handlers } from "../http/handlers.ts";
import { findRecordUrls } from "../links/find-record-urls.ts";
import { listRemovals } from "../links/list-removals.ts";
import { importLinks } from "../links/import-links.ts";
import { notFound, orNotFound } from "../problem.ts";
import { readParametersText } from "../runs/fill-parameters.ts";
import { refuseWhileActive } from "../runs/start-run.ts";
import { listLinks, readAllLinks, removeLink } from "../stores/links.store.ts";
import { findTransfer } from "../stores/transfers.store.ts";

export const linkHandlers = (
  context: AppContext,
): Pick<Handlers, "listLinks" | "exportLinks" | "importLinks" | "deleteLink" | "listRemovals"> => {
  const { db } = context;
  const getTransfer = async (id: string) => orNotFound(await findTransfer(db, id), `Transfer ${id}`);
  return {
    listLinks: async ({ params, query }) => {
      const { definition } = await getTransfer(params.id);
      const toUrls = findRecordUrls(context, definition);
      const set =
        query.parameters === undefined ? undefined : toParameterSet(readParametersText(query.parameters));
      const links = await listLinks(db, params.id, { ...query, parameters: set });
      const items = links.items.map(async (link) => ({ ...link, ...(await toUrls(link)) }));
      return { ...links, items: await Promise.all(items) };
    },
    exportLinks: async ({ params }) => {
      await getTransfer(params.id);
      const links = await readAllLinks(db, params.id);
      const rows = links.map((link) => [
        link.sourceKey,
        link.targetKey ?? "",
        link.state,
        link.at,
        toParameterSet(link.parameters),
      ]);
      return { csv: writeCsv([["sourceKey", "targetKey", "state", "at", "parameters"], ...rows]) };
    },
    importLinks: ({ params, body }) => importLinks(context, params.id, body),
    listRemovals: ({ params, query }) =>
      listRemovals(context, params.id, readParametersText(query.parameters)),
    deleteLink: async ({ params, query }) => {
      const transfer = await getTransfer(params.id);
      const parameters = toParameterSet(readParametersText(query.parameters));
      const removed = await inTransaction(db.pool, async (client) => {
        await refuseWhileActive(transfer)(client);
        return removeLink(client, { transferId: params.id, parameters }, params.sourceKey);
      });
      if (!removed) throw notFound(`A link of ${params.sourceKey} does not exist.`);
      return { ok: true };
    },
  };
};
