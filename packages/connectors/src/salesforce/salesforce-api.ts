/** The calls of the Salesforce REST API this connector makes, as typed functions over one signed-in client. */
import type { ConnectionSecrets } from "@fieldbridge/model";
import { toIssue } from "@fieldbridge/model";
import { Fault } from "@fieldbridge/engine";
import { createHttpClient } from "../http/http-client.ts";
import { notUnderstoodFault } from "../http/http-faults.ts";
import {
  isTrue,
  listOf,
  stringifyJson,
  textOf,
  tryParseJson,
  type Json,
  type JsonBody,
} from "../http/json.ts";
import { toShareLimits } from "../gate-limits.ts";
import { toResilience, type Resilience } from "../http/resilience.ts";
import { createSystemClient } from "../http/system-client.ts";
import { createBearerSignIn } from "../oauth/bearer-sign-in.ts";
import { requestToken } from "../oauth/request-token.ts";
import { createTokenStore } from "../oauth/token-store.ts";
import type { PortEnvironment } from "../port-environment.ts";
import type { SalesforceConfig } from "./salesforce-config.ts";
import { DAILY_LIMIT_PAUSE_MS, judgeAnswer, parseDailyUsage } from "./judge-answer.ts";
import { encodeQuery } from "./soql.ts";

export interface SalesforceApi {
  readonly origin: string;
  readonly resilience: Resilience;
  /** GET below `/services/data/vNN.0`. */
  get(path: string): Promise<Json>;
  /** A write below `/services/data/vNN.0`: never repeated once it was sent. */
  send(method: "POST" | "PATCH" | "DELETE", path: string, body?: JsonBody): Promise<Json>;
  /** Records of a query, batch by batch, as long as the caller asks for more. */
  query(soql: string, batchSize?: number): AsyncGenerator<{ records: readonly Json[]; hasMore: boolean }>;
  /** Total of a `SELECT COUNT()`. */
  count(soql: string): Promise<number>;
  /** Records of a child list that came with its parent, the rest of them read if there is more. */
  readonly allOf: (list: Json | undefined) => Promise<readonly Json[]>;
  /** Answers without a sign-in when the address is right. */
  ping(): Promise<void>;
  signIn(): Promise<void>;
  callCount(): number;
  /** Server time of the last answer minus ours, in milliseconds. */
  clockSkewMs(): number;
}

/** Longest address Salesforce takes with its headers is 16 KB; the token and the other headers need the rest. */
export const LONGEST_PATH = 14_000;

function toJson(body: string): Json {
  const json = body === "" ? null : tryParseJson(body);
  if (json === undefined) throw notUnderstoodFault("Salesforce answered something that is not JSON.");
  return json;
}

export function createSalesforceApi(
  config: SalesforceConfig,
  secrets: ConnectionSecrets,
  environment: PortEnvironment,
): SalesforceApi {
  const http = createHttpClient(config.instanceUrl, environment.http);
  const resilience = toResilience(environment.resilience ?? {}, toShareLimits(config));
  const dailyShare = resilience.dailyShare ?? (config.limits?.dailyPercent ?? 90) / 100;
  const tokens = environment.tokens ?? createTokenStore();
  let skewMs = 0;

  async function readRefreshToken(): Promise<string | undefined> {
    if (config.grant !== "refresh_token") return undefined;
    const stored = (await environment.readRefreshToken?.()) ?? secrets.refreshToken;
    return stored === undefined ? undefined : tokens.newestRefreshToken(stored);
  }

  function toTokenForm(refreshToken: string | undefined): Record<string, string> {
    const secret = secrets.clientSecret === undefined ? {} : { client_secret: secrets.clientSecret };
    if (config.grant === "refresh_token") {
      if (refreshToken === undefined)
        throw new Fault(toIssue("CON-609", "secrets.refreshToken", "The refresh token is missing."), {
          retryable: false,
        });
      return {
        grant_type: "refresh_token",
        refresh_token: refreshToken,
        client_id: config.clientId,
        ...secret,
      };
    }
    if (secrets.clientSecret === undefined)
      throw new Fault(toIssue("CON-609", "secrets.clientSecret", "The client secret is missing."), {
        retryable: false,
      });
    return { grant_type: "client_credentials", client_id: config.clientId, ...secret };
  }

  const signIn = createBearerSignIn({
    store: tokens,
    now: resilience.now,
    async request() {
      const used = await readRefreshToken();
      const form = toTokenForm(used);
      const token = await requestToken({ http, path: "/services/oauth2/token", form, resilience });
      if (used !== undefined && token.refreshToken !== undefined && token.refreshToken !== used) {
        tokens.replaceRefreshToken(used, token.refreshToken);
        await environment.onRefreshToken?.(token.refreshToken);
      }
      return token;
    },
  });

  function watchDailyLimit(header: string | undefined): void {
    const usage = parseDailyUsage(header);
    if (usage === undefined) return;
    resilience.gate.tellUsage(usage);
    if (usage.used < usage.allowed * dailyShare) return;
    const message = `${usage.used} of the ${usage.allowed} calls of the day are used; this connection stops at ${Math.round(dailyShare * 100)} %.`;
    resilience.gate.pause(resilience.now() + DAILY_LIMIT_PAUSE_MS, toIssue("CON-606", "", message));
  }

  const client = createSystemClient({
    http,
    resilience,
    signIn,
    judge(answer) {
      watchDailyLimit(answer.header("sforce-limit-info"));
      const serverMs = Date.parse(answer.header("date") ?? "");
      if (!Number.isNaN(serverMs)) skewMs = serverMs - resilience.now();
      return judgeAnswer(answer);
    },
  });

  const root = `/services/data/v${config.apiVersion}`;
  const headers = {
    accept: "application/json",
    "sforce-call-options": "client=Fieldbridge",
    "sforce-auto-assign": "FALSE",
  };

  async function getAbsolute(path: string, more: Record<string, string> = {}): Promise<Json> {
    if (path.length > LONGEST_PATH + 1_000)
      throw new Fault(
        toIssue(
          "CON-610",
          "",
          "The query is too long for Salesforce; choose fewer fields or a shorter filter.",
        ),
        { retryable: false },
      );
    const answer = await client.call({ method: "GET", path, headers: { ...headers, ...more }, safe: true });
    return toJson(answer.body);
  }

  async function* follow(first: Json): AsyncGenerator<{ records: readonly Json[]; hasMore: boolean }> {
    let page = first;
    for (;;) {
      const next = isTrue(page, "done") ? undefined : textOf(page, "nextRecordsUrl");
      if (!isTrue(page, "done") && next === undefined)
        throw notUnderstoodFault("Salesforce left out where the rest of a query is.");
      yield { records: listOf(page, "records"), hasMore: next !== undefined };
      if (next === undefined) return;
      page = await getAbsolute(http.toPath(next));
    }
  }

  return {
    origin: http.origin,
    resilience,
    get: (path) => getAbsolute(root + path),
    async send(method, path, body) {
      const answer = await client.call({
        method,
        path: root + path,
        headers: { ...headers, "content-type": "application/json" },
        body: body === undefined ? undefined : stringifyJson(body),
        safe: false,
      });
      return toJson(answer.body);
    },
    async *query(soql, batchSize) {
      const size = batchSize === undefined ? 2000 : Math.min(2000, Math.max(200, batchSize));
      yield* follow(
        await getAbsolute(`${root}/query?q=${encodeQuery(soql)}`, {
          "sforce-query-options": `batchSize=${size}`,
        }),
      );
    },
    async count(soql) {
      const total = textOf(await getAbsolute(`${root}/query?q=${encodeQuery(soql)}`), "totalSize");
      if (total === undefined) throw notUnderstoodFault("Salesforce did not say how many records there are.");
      return Number(total);
    },
    async allOf(list) {
      const records: Json[] = [];
      if (list === undefined || list === null) return records;
      for await (const batch of follow(list)) records.push(...batch.records);
      return records;
    },
    async ping() {
      const answer = await http.send({
        method: "GET",
        path: "/services/data",
        headers: { accept: "application/json" },
      });
      const verdict = judgeAnswer(answer);
      if (verdict.kind !== "final" || !Array.isArray(tryParseJson(answer.body)))
        throw notUnderstoodFault(`No Salesforce API answers at ${http.origin}.`);
    },
    signIn: () => signIn.check(),
    callCount: () => http.callCount(),
    clockSkewMs: () => skewMs,
  };
}
