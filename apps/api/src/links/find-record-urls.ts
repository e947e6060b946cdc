/** Where a person sees the two records of a link, by the ports of the transfer's systems; nothing is asked of them. */
import type { SystemPort } from "@fieldbridge/engine";
import type { TransferDefinition, TransferLink } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { findConnection } from "../stores/connections.store.ts";
import type { StoredLink } from "../stores/links.store.ts";

/** A connection that was deleted leaves its links without addresses. */
export async function findRecordUrls(
  { db, systems }: Pick<AppContext, "db" | "systems">,
  { source, target }: Pick<TransferDefinition, "source" | "target">,
): Promise<(link: StoredLink) => Pick<TransferLink, "sourceUrl" | "targetUrl">> {
  const open = async (id: string): Promise<SystemPort | undefined> =>
    (await findConnection(db, id)) && systems.openPort(id);
  const [from, to] = await Promise.all([open(source.connection), open(target.connection)]);
  return ({ sourceKey, targetKey }) => ({
    sourceUrl: from?.recordUrl(source.object, sourceKey) ?? null,
    targetUrl: (targetKey === null ? undefined : to?.recordUrl(target.object, targetKey)) ?? null,
  });
}
