// The fixed facts a client is pointed at: who may sign in, and the names in the address.

export const CLIENT_ID = "fieldbridge-demo";
export const CLIENT_SECRET = "fieldbridge-demo-secret";
export const TENANT = "demo-tenant";
export const ENVIRONMENT = "Sandbox";
export const COMPANY_NAME = "CRONUS";
export const COMPANY_ID = "c4a15b0e-64d1-4f5e-9f2d-7f1d0c0b5e10";
/** The user behind every record, as the server writes it. */
export const SYSTEM_USER_ID = "00000000-0000-0000-0000-000000000001";
/** The company's own currency; documents in it carry no currency id. */
export const LOCAL_CURRENCY = "EUR";
