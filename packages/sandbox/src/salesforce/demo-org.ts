// The one organisation this server plays: its fixed, documented credentials and its identity.
import { makeId } from "./ids.ts";

export const DEMO_ORG = {
  clientId: "fieldbridge-demo",
  clientSecret: "fieldbridge-demo-secret",
  username: "demo@fieldbridge.example",
  password: "fieldbridge-demo",
  name: "Fieldbridge Demo Service",
  organizationId: makeId("00D", 1),
  /** The user that integrations sign in as. */
  userId: makeId("005", 1),
  /** The person who entered the seed data. */
  dispatcherId: makeId("005", 2),
} as const;

export const FIRST_VERSION = 31;
export const LAST_VERSION = 68;
