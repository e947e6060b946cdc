/**
 * The flat scenario: accounts of the Salesforce-like system become customers of the Business-Central-like one. The
 * account's id travels in a field of its own, so that a checker need not believe any key.
 */
import type { TransferDefinition } from "@fieldbridge/model";
import { makeId } from "../../packages/sandbox/src/salesforce/ids.ts";
import type { Sandbox } from "./sandboxes.ts";

export const accountTransfer = (more: Partial<TransferDefinition> = {}): TransferDefinition => ({
  kind: "transfer",
  version: 1,
  id: "tr_accounts",
  name: "Accounts to customers",
  source: { connection: "crm", object: "Account" },
  target: { connection: "erp", object: "customers" },
  changes: { by: "watermark", field: "SystemModstamp" },
  match: { by: "keys", keys: { number: "ERP_No__c" }, found: "update", missing: "create" },
  mappings: {
    number: { value: "ERP_No__c" },
    displayName: { value: "Name" },
    addressLine1: { value: "BillingStreet" },
    addressLine2: { value: "Id" },
    city: { value: "BillingCity" },
    phoneNumber: { value: "Phone" },
    currencyCode: { value: "CurrencyIsoCode" },
  },
  ...more,
});

/** The same without any key in the target: the number is given by the target. */
export const keylessAccountTransfer = (more: Partial<TransferDefinition> = {}): TransferDefinition => {
  const { number: _number, ...mappings } = accountTransfer().mappings;
  return accountTransfer({ match: { by: "never" }, mappings, ...more });
};

export interface AccountSeed {
  readonly index: number;
  readonly values?: Readonly<Record<string, string | null>>;
}

export const accountId = (index: number): string => makeId("001", 1_000 + index);
export const accountNumber = (index: number): string => `K${String(index).padStart(8, "0")}`;

const firstStampMs = Date.parse("2026-09-01T08:00:00Z");
/** Whole seconds, as the real system stamps; several records share one. */
const stampAt = (index: number): string =>
  new Date(firstStampMs + Math.floor(index / 7) * 1_000).toISOString().replace("Z", "+0000");

/** Replaces all accounts of the sandbox by `count` of its own. `vary` changes single ones. */
export async function seedAccounts(
  salesforce: Sandbox,
  count: number,
  vary: (index: number) => Readonly<Record<string, string | null>> = () => ({}),
): Promise<void> {
  const { store } = salesforce;
  await store.commit([...store.table("Account").keys()].map((key) => ({ table: "Account", key, row: null })));
  await store.commit(
    Array.from({ length: count }, (_none, index) => {
      const stamp = stampAt(index);
      const row = {
        Id: accountId(index),
        IsDeleted: false,
        Name: `Account ${index}`,
        BillingStreet: `${1 + (index % 200)} Harbour Road`,
        BillingCity: "Kolding",
        Phone: `+45 7${String(index).padStart(7, "0")}`,
        CurrencyIsoCode: "EUR",
        ERP_No__c: accountNumber(index),
        CreatedDate: stamp,
        LastModifiedDate: stamp,
        SystemModstamp: stamp,
        ...vary(index),
      };
      return { table: "Account", key: row.Id, row };
    }),
  );
}

/** Customers by the account they came from; customers of the seed have none and are left out. */
export function customersByAccount(businessCentral: Sandbox): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [key, row] of businessCentral.store.table("customers").entries()) {
    const account = row["addressLine2"];
    if (typeof account !== "string" || !account.startsWith("001Fb0")) continue;
    const keys = found.get(account);
    if (keys === undefined) found.set(account, [key]);
    else keys.push(key);
  }
  return found;
}

/** Changes accounts as a person would, and lets the server's clock go on so that the change is settled. */
export async function changeAccounts(
  salesforce: Sandbox,
  ids: readonly string[],
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const { store } = salesforce;
  const secondMs = 1_000;
  const nowMs = Date.parse(await salesforce.moveClock(10));
  const stamp = new Date(Math.floor(nowMs / secondMs) * secondMs).toISOString().replace("Z", "+0000");
  await store.commit(
    ids.flatMap((key) => {
      const row = store.table("Account").get(key);
      return row === undefined
        ? []
        : [{ table: "Account", key, row: { ...row, ...values, SystemModstamp: stamp } }];
    }),
  );
  await salesforce.moveClock(10);
}
