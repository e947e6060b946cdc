/** Where a person sees the two records of a link, by the ports of the transfer's systems; nothing is asked of them. */
import { chooseCompany, type SystemPort } from "@fieldbridge/engine";
import type { TransferDefinition, TransferLink } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { findConnection } from "../stores/connections.store.ts";
import type { StoredLink } from "../stores/links.store.ts";

type RecordUrls = Pick<TransferLink, "sourceUrl" | "targetUrl">;

/**
 * A record is in the company its link's parameters choose. A connection that was deleted, and parameters that no longer
 * choose a company, leave their links without addresses.
 */
export function findRecordUrls(
  { db, systems }: Pick<AppContext, "db" | "systems">,
  definition: TransferDefinition,
): (link: StoredLink) => Promise<RecordUrls> {
  const ports = new Map<string, Promise<SystemPort | undefined>>();

  async function open(id: string, company: string | undefined): Promise<SystemPort | undefined> {
    const connection = await findConnection(db, id);
    if (connection === undefined) return undefined;
    const hasCompanies = connection.config.system === "business-central";
    return systems.openPort(id, hasCompanies ? { company } : {});
  }

  async function toUrl(
    side: "source" | "target",
    key: string | null,
    link: StoredLink,
  ): Promise<string | null> {
    const chosen = chooseCompany(definition, side, link.parameters, link.at);
    if (key === null || !chosen.ok) return null;
    const { connection, object } = definition[side];
    const place = JSON.stringify([connection, chosen.company]);
    const port = ports.get(place) ?? open(connection, chosen.company);
    ports.set(place, port);
    return (await port)?.recordUrl(object, key) ?? null;
  }

  return async (link) => ({
    sourceUrl: await toUrl("source", link.sourceKey, link),
    targetUrl: await toUrl("target", link.targetKey, link),
  });
}
