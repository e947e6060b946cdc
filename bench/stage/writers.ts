/** Clients that write into a sandbox over its own protocol, as other people do while transfers run. */
import type { Sandbox } from "./sandboxes.ts";

export interface Writer {
  /** What the paths of its writes begin with. */
  readonly path: string;
  /** Resolves when the server has answered, which for a late transaction is late; false where it refused. */
  write(number: string, name: string, isNew: boolean): Promise<boolean>;
  /** Name by number, as the server shows them now. */
  current(): ReadonlyMap<string, string>;
}

const credentials = {
  grant_type: "client_credentials",
  client_id: "fieldbridge-demo",
  client_secret: "fieldbridge-demo-secret",
};

async function signIn(url: string, more: Record<string, string> = {}): Promise<string> {
  const body = new URLSearchParams({ ...credentials, ...more });
  const answer = (await (await fetch(url, { method: "POST", body })).json()) as { access_token: string };
  return `Bearer ${answer.access_token}`;
}

function readNames(sandbox: Sandbox, table: string, number: string, name: string): Map<string, string> {
  const names = new Map<string, string>();
  for (const row of sandbox.store.table(table).values()) {
    const [key, label] = [row[number], row[name]];
    if (typeof key === "string" && key.startsWith("N") && typeof label === "string") names.set(key, label);
  }
  return names;
}

const findKey = (sandbox: Sandbox, table: string, number: string, wanted: string): string | undefined =>
  [...sandbox.store.table(table).entries()].find(([, row]) => row[number] === wanted)?.[0];

async function openSalesforceWriter(sandbox: Sandbox): Promise<Writer> {
  const authorization = await signIn(`${sandbox.url}/services/oauth2/token`);
  const path = "/services/data/v66.0/sobjects/Account";
  return {
    path,
    async write(number, name, isNew) {
      const id = isNew ? undefined : findKey(sandbox, "Account", "ERP_No__c", number);
      if (!isNew && id === undefined) return false;
      const answer = await fetch(`${sandbox.url}${path}${id === undefined ? "" : `/${id}`}`, {
        method: isNew ? "POST" : "PATCH",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify({ Name: name, ...(isNew ? { ERP_No__c: number } : {}) }),
      });
      return answer.ok;
    },
    current: () => readNames(sandbox, "Account", "ERP_No__c", "Name"),
  };
}

async function openBusinessCentralWriter(sandbox: Sandbox): Promise<Writer> {
  const scope = "https://api.businesscentral.dynamics.com/.default";
  const token = (): Promise<string> => signIn(`${sandbox.url}/demo-tenant/oauth2/v2.0/token`, { scope });
  const root = "/v2.0/demo-tenant/Sandbox/api/v2.0";
  const companies = await fetch(`${sandbox.url}${root}/companies`, {
    headers: { authorization: await token() },
  });
  const { value } = (await companies.json()) as { value: { id: string; name: string }[] };
  const company = value.find((each) => each.name === "CRONUS")?.id ?? "";
  const path = `${root}/companies(${company})/customers`;
  return {
    path,
    async write(number, name, isNew) {
      const id = isNew ? undefined : findKey(sandbox, "customers", "number", number);
      if (!isNew && id === undefined) return false;
      const answer = await fetch(`${sandbox.url}${path}${id === undefined ? "" : `(${id})`}`, {
        method: isNew ? "POST" : "PATCH",
        headers: {
          // Tokens end by the server's clock, which jumps here.
          authorization: await token(),
          "content-type": "application/json",
          ...(isNew ? {} : { "if-match": "*" }),
        },
        body: JSON.stringify({ displayName: name, ...(isNew ? { number } : {}) }),
      });
      return answer.ok;
    },
    current: () => readNames(sandbox, "customers", "number", "displayName"),
  };
}

export const openWriter = (system: "salesforce" | "business-central", sandbox: Sandbox): Promise<Writer> =>
  system === "salesforce" ? openSalesforceWriter(sandbox) : openBusinessCentralWriter(sandbox);
