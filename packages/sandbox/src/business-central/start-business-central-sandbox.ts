// Starts the server that plays Business Central: sign-in, the API v2.0 of two companies, their page, the sandbox controls.
import { createClock } from "../core/clock.ts";
import type { Clock } from "../core/clock.ts";
import { registerPages } from "../core/page/register-pages.ts";
import { checkPortFree, createSandboxServer } from "../core/server.ts";
import { openStore } from "../core/store.ts";
import type { SandboxStore } from "../core/store.ts";
import { createTokens } from "../core/tokens.ts";
import { openDatabase } from "./data/database.ts";
import { faultAnswer, registerApi, routeNameOf } from "./http/api-routes.ts";
import { CLIENT_SECRET, CRONUS, CRONUS_NORDIC } from "./identity.ts";
import { companySite } from "./page/company-site.ts";
import { companySeed } from "./seed/company-seed.ts";
import { registerSignIn } from "./sign-in.ts";
import { startNotifier } from "./webhooks/notify.ts";
import { answerSubscriptions } from "./webhooks/subscriptions.ts";

/** What the product commonly grants. */
const TOKEN_LIFETIME_SECONDS = 3599;

/** How long the product collects changes before it tells subscribers. */
const NOTIFICATION_DELAY_MS = 30_000;

export interface BusinessCentralSandboxOptions {
  /** 4402 unless told; 0 picks a free one. */
  readonly port?: number;
  readonly host?: string;
  /** Where the state survives a restart; without it everything lives in memory. */
  readonly dataFile?: string;
  readonly clock?: Clock;
  /** A short life makes clients renew; 3599 unless told. */
  readonly tokenLifetimeSeconds?: number;
  /** How long changes are collected before webhooks are told; 30,000 unless told. */
  readonly notificationDelayMs?: number;
}

export interface BusinessCentralSandbox {
  readonly url: string;
  readonly port: number;
  readonly store: SandboxStore;
  close(): Promise<void>;
}

/** Fails when the port is taken. The API root is `{url}/v2.0/demo-tenant/Sandbox/api/v2.0`. */
export async function startBusinessCentralSandbox(
  options: BusinessCentralSandboxOptions = {},
): Promise<BusinessCentralSandbox> {
  const { port = 4402, host = "127.0.0.1", dataFile = null, clock = createClock() } = options;
  const lifetimeSeconds = options.tokenLifetimeSeconds ?? TOKEN_LIFETIME_SECONDS;
  await checkPortFree(host, port);
  const store = openStore({ file: dataFile, seed: companySeed });
  const tokens = createTokens({
    store,
    clock,
    secret: `business-central:${CLIENT_SECRET}`,
    lifetimeMs: lifetimeSeconds * 1000,
  });
  const server = createSandboxServer({
    store,
    clock,
    faultAnswer,
    expireTokens: () => tokens.expireAll(),
    routeNameOf,
  });
  const database = openDatabase(store, clock, server.lateCommits);
  registerSignIn(server.app, { tokens, clock, lifetimeSeconds });
  registerApi(server.app, {
    database,
    tokens,
    answerOther: (request) => answerSubscriptions(database, request),
  });
  const notifier = startNotifier(database, options.notificationDelayMs ?? NOTIFICATION_DELAY_MS);
  registerPages(server, clock, [companySite(database, CRONUS), companySite(database, CRONUS_NORDIC)]);
  const address = await server.listen(host, port);
  return {
    ...address,
    store,
    async close() {
      notifier.close();
      await server.close();
    },
  };
}
