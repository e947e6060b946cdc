/** The calls of the Business Central API this connector makes, as typed functions over one signed-in client. */
import { Fault } from "@fieldbridge/engine";
import { toIssue, type ConnectionSecrets } from "@fieldbridge/model";
import { createHttpClient } from "../http/http-client.ts";
import { notUnderstoodFault } from "../http/http-faults.ts";
import { listOf, stringifyJson, textOf, tryParseJson, type Json, type JsonBody } from "../http/json.ts";
import { toShareLimits } from "../gate-limits.ts";
import { toResilience, type Resilience } from "../http/resilience.ts";
import { createSystemClient } from "../http/system-client.ts";
import { createBearerSignIn } from "../oauth/bearer-sign-in.ts";
import { requestToken } from "../oauth/request-token.ts";
import { createTokenStore } from "../oauth/token-store.ts";
import type { PortEnvironment } from "../port-environment.ts";
import type { BusinessCentralConfig } from "./business-central-config.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { parseMetadata, type Metadata } from "./metadata.ts";

/** One request inside a `$batch`. */
export interface BatchPart {
  readonly id: string;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below the company, for example `salesInvoices(…)?$select=number`. */
  readonly url: string;
  readonly body?: JsonBody | undefined;
  readonly etag?: string | undefined;
  readonly dependsOn?: readonly string[] | undefined;
}

export interface BatchAnswer {
  readonly status: number;
  readonly body: Json;
}

export interface EntityPage {
  readonly entities: readonly Json[];
  /** Link to the next page. */
  readonly nextLink: string | undefined;
}

export interface BusinessCentralApi {
  readonly origin: string;
  readonly resilience: Resilience;
  /** A page of entities; `path` is below the company, or a next link. */
  getPage(path: string, pageSize?: number): Promise<EntityPage>;
  /** All entities, page by page. */
  getAll(path: string): Promise<readonly Json[]>;
  /** The body as text, for `$count`. */
  getText(path: string): Promise<string>;
  /** Answers by id; ids that were not asked for are left out, missing ones stay missing. */
  batch(parts: readonly BatchPart[], kind: "read" | "write"): Promise<ReadonlyMap<string, BatchAnswer>>;
  metadata(): Promise<Metadata>;
  companyId(): Promise<string>;
  companyNames(): Promise<readonly string[]>;
  ping(): Promise<void>;
  signIn(): Promise<void>;
  callCount(): number;
}

/** Requests in one `$batch`. */
export const BATCH_SIZE = 100;

/** Longest address used; servers before the API cut off at about twice this. */
export const LONGEST_PATH = 8_000;

function toJson(body: string): Json {
  const json = tryParseJson(body);
  if (json === undefined) throw notUnderstoodFault("Business Central answered something that is not JSON.");
  return json;
}

/** `call` leads every id: an answer that belongs to an earlier call is never taken for this one's. */
const toWireId = (call: number, partId: string): string => `${call}-${partId}`;

function toBatchRequest(part: BatchPart, call: number, company: string): JsonBody {
  return {
    id: toWireId(call, part.id),
    method: part.method,
    url: `companies(${company})/${part.url}`,
    headers: {
      accept: "application/json",
      ...(part.body === undefined ? {} : { "content-type": "application/json" }),
      ...(part.etag === undefined ? {} : { "if-match": part.etag }),
    },
    ...(part.body === undefined ? {} : { body: part.body }),
    ...(part.dependsOn === undefined ? {} : { dependsOn: part.dependsOn.map((id) => toWireId(call, id)) }),
  };
}

export function createBusinessCentralApi(
  config: BusinessCentralConfig,
  secrets: ConnectionSecrets,
  environment: PortEnvironment,
): BusinessCentralApi {
  const http = createHttpClient(config.apiUrl, environment.http);
  // The client secret belongs to the sign-in service, the token to the API: two origins, two clients.
  const signInHttp = createHttpClient(config.tokenUrl, environment.http);
  const resilience = toResilience(environment.resilience ?? {}, toShareLimits(config));
  const root = new URL(config.apiUrl).pathname.replace(/\/+$/, "");

  const signIn = createBearerSignIn({
    store: environment.tokens ?? createTokenStore(),
    now: resilience.now,
    request() {
      if (secrets.clientSecret === undefined)
        throw new Fault(toIssue("CON-609", "secrets.clientSecret", "The client secret is missing."), {
          retryable: false,
        });
      return requestToken({
        http: signInHttp,
        path: signInHttp.toPath(config.tokenUrl),
        form: {
          grant_type: "client_credentials",
          client_id: config.clientId,
          client_secret: secrets.clientSecret,
          scope: config.scope,
        },
        resilience,
      });
    },
  });
  const client = createSystemClient({ http, resilience, signIn, judge: judgeAnswer });

  async function get(path: string, headers: Record<string, string>): Promise<string> {
    const answer = await client.call({
      method: "GET",
      path,
      headers: { "accept-language": "en-US", ...headers },
      safe: true,
    });
    return answer.body;
  }

  const readCompanies = async (): Promise<readonly Json[]> =>
    listOf(toJson(await get(`${root}/companies`, { accept: "application/json" })), "value");

  let batches = 0;
  let company: Promise<string> | undefined;

  async function findCompany(): Promise<string> {
    const companies = await readCompanies();
    const wanted = config.company.trim().toLowerCase();
    const found =
      companies.find((each) => textOf(each, "name")?.toLowerCase() === wanted) ??
      companies.find((each) => textOf(each, "displayName")?.toLowerCase() === wanted);
    const id = textOf(found, "id");
    if (id !== undefined) return id;
    const names = companies.map((each) => textOf(each, "name")).join(", ");
    throw new Fault(
      toIssue("CON-609", "config.company", `There is no company "${config.company}"; there are: ${names}.`),
      { retryable: false },
    );
  }

  function companyId(): Promise<string> {
    company ??= findCompany().catch((error: unknown) => {
      company = undefined;
      throw error;
    });
    return company;
  }

  async function toPath(path: string): Promise<string> {
    return /^(https?:\/\/|\/)/.test(path)
      ? http.toPath(path)
      : `${root}/companies(${await companyId()})/${path}`;
  }

  async function getPage(path: string, pageSize?: number): Promise<EntityPage> {
    const prefer = pageSize === undefined ? {} : { prefer: `odata.maxpagesize=${pageSize}` };
    const json = toJson(await get(await toPath(path), { accept: "application/json", ...prefer }));
    return { entities: listOf(json, "value"), nextLink: textOf(json, "@odata.nextLink") };
  }

  return {
    origin: http.origin,
    resilience,
    getPage,
    async getAll(path) {
      const entities: Json[] = [];
      for (let next: string | undefined = path; next !== undefined;) {
        const page: EntityPage = await getPage(next);
        entities.push(...page.entities);
        next = page.nextLink;
      }
      return entities;
    },
    getText: async (path) => get(await toPath(path), { accept: "text/plain" }),
    async batch(parts, kind) {
      const id = await companyId();
      const call = (batches += 1);
      const answer = await client.call({
        method: "POST",
        path: `${root}/$batch`,
        headers: {
          accept: "application/json",
          "accept-language": "en-US",
          "content-type": "application/json",
          prefer: "odata.continue-on-error",
        },
        body: stringifyJson({ requests: parts.map((part) => toBatchRequest(part, call, id)) }),
        safe: kind === "read",
      });
      const answers = new Map<string, BatchAnswer>();
      const asked = new Map(parts.map((part) => [toWireId(call, part.id), part.id]));
      for (const each of listOf(toJson(answer.body), "responses")) {
        const partId = asked.get(textOf(each, "id") ?? "");
        const status = Number(textOf(each, "status"));
        if (partId === undefined || answers.has(partId) || Number.isNaN(status)) continue;
        const body = typeof each === "object" && each !== null && "body" in each ? each.body : undefined;
        answers.set(partId, { status, body: body ?? null });
      }
      return answers;
    },
    async metadata() {
      const xml = await get(`${root}/$metadata`, { accept: "application/xml" });
      try {
        return parseMetadata(xml);
      } catch (error) {
        if (error instanceof SyntaxError)
          throw notUnderstoodFault(`The metadata cannot be read: ${error.message}`);
        throw error;
      }
    },
    companyId,
    companyNames: async () => (await readCompanies()).map((each) => textOf(each, "name") ?? ""),
    async ping() {
      const answer = await http.send({ method: "GET", path: `${root}/companies` });
      if (answer.status !== 200 && answer.status !== 401)
        throw notUnderstoodFault(`The API address answered with status ${answer.status}.`);
    },
    signIn: () => signIn.check(),
    callCount: () => http.callCount() + signInHttp.callCount(),
  };
}
