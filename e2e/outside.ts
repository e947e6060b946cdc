/** Looks at the two sandboxes from outside, with their own protocols, so that a test does not have to believe the product. */
import type { Product } from "./product.ts";

const credentials = {
  grant_type: "client_credentials",
  client_id: "fieldbridge-demo",
  client_secret: "fieldbridge-demo-secret",
};

const readJson = async <T>(url: string, init: RequestInit = {}): Promise<T> => {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
};

const readToken = async (
  url: string,
  more: Record<string, string> = {},
): Promise<{ authorization: string }> => {
  const body = new URLSearchParams({ ...credentials, ...more });
  const { access_token } = await readJson<{ access_token: string }>(url, { method: "POST", body });
  return { authorization: `Bearer ${access_token}` };
};

export interface WorkOrder {
  readonly Id: string;
  readonly WorkOrderNumber: string;
  readonly GrandTotal: number;
  readonly ERP_No__c: string | null;
  readonly ERP_Status__c: string | null;
}

export interface Invoice {
  readonly id: string;
  readonly number: string;
  readonly externalDocumentNumber: string;
  readonly totalAmountIncludingTax: number;
}

export async function readCompletedWorkOrders(product: Product): Promise<readonly WorkOrder[]> {
  const headers = await readToken(`${product.salesforceUrl}/services/oauth2/token`);
  const soql =
    "SELECT Id, WorkOrderNumber, GrandTotal, ERP_No__c, ERP_Status__c FROM WorkOrder WHERE Status = 'Completed' ORDER BY WorkOrderNumber";
  const url = `${product.salesforceUrl}/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
  return (await readJson<{ records: WorkOrder[] }>(url, { headers })).records;
}

export async function readInvoices(product: Product): Promise<readonly Invoice[]> {
  const scope = "https://api.businesscentral.dynamics.com/.default";
  const headers = await readToken(`${product.businessCentralUrl}/demo-tenant/oauth2/v2.0/token`, { scope });
  const root = `${product.businessCentralUrl}/v2.0/demo-tenant/Sandbox/api/v2.0`;
  const companies = await readJson<{ value: { id: string; name: string }[] }>(`${root}/companies`, {
    headers,
  });
  const company = companies.value.find((each) => each.name === "CRONUS");
  return (
    await readJson<{ value: Invoice[] }>(`${root}/companies(${company?.id})/salesInvoices`, { headers })
  ).value;
}

/** Calls the product's own API. */
export const callApi = <T>(product: Product, method: string, route: string, body?: unknown): Promise<T> =>
  readJson<T>(`${product.url}/api${route}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
