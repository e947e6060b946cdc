/** Where a person sees a record in the web client of Business Central online. Source: "Web client URL". */
import type { BusinessCentralConfig } from "./business-central-config.ts";

const API_HOST = "api.businesscentral.dynamics.com";

/** List page of each object; the filter narrows it to one record. */
const PAGES: Readonly<Record<string, number>> = {
  customers: 22,
  items: 31,
  vendors: 27,
  contacts: 5052,
  salesOrders: 9305,
  salesInvoices: 9301,
  salesQuotes: 9300,
};

/** Undefined for servers whose web address is not known, and for objects without a page. */
export function toWebUrl(config: BusinessCentralConfig, object: string, key: string): string | undefined {
  const api = new URL(config.apiUrl);
  const page = PAGES[object];
  const [, tenant, environment] = /^\/v2\.0\/([^/]+)\/([^/]+)\/api\//.exec(api.pathname) ?? [];
  if (api.host !== API_HOST || page === undefined || tenant === undefined || environment === undefined)
    return undefined;
  const url = new URL(`https://businesscentral.dynamics.com/${tenant}/${environment}`);
  url.searchParams.set("company", config.company);
  url.searchParams.set("page", String(page));
  url.searchParams.set("filter", `SystemId IS '${key}'`);
  return url.href;
}
