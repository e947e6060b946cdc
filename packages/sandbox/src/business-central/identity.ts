// The fixed facts a client is pointed at: who may sign in, the names in the address, the companies.

export const CLIENT_ID = "fieldbridge-demo";
export const CLIENT_SECRET = "fieldbridge-demo-secret";
export const TENANT = "demo-tenant";
export const ENVIRONMENT = "Sandbox";
/** The user behind every record, as the server writes it. */
export const SYSTEM_USER_ID = "00000000-0000-0000-0000-000000000001";
/** The own currency of both companies; documents in it carry no currency id. */
export const LOCAL_CURRENCY = "EUR";

export interface Company {
  readonly id: string;
  /** As in an address and in the settings of a connection. */
  readonly name: string;
  readonly displayName: string;
}

export const CRONUS: Company = {
  id: "c4a15b0e-64d1-4f5e-9f2d-7f1d0c0b5e10",
  name: "CRONUS",
  displayName: "CRONUS Field Service GmbH",
};

export const CRONUS_NORDIC: Company = {
  id: "5d0c9a72-1f38-4b6a-8e47-2a9b63c1d704",
  name: "CRONUS Nordic",
  displayName: "CRONUS Nordic Oy",
};

export const COMPANIES: readonly Company[] = [CRONUS, CRONUS_NORDIC];
