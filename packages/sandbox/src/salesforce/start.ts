// Starts the Salesforce-like server: store, sign-in, REST endpoints and the page for people, on one port.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { createClock, type Clock } from "../core/clock.ts";
import { isObject, type Json } from "../core/json.ts";
import { checkPortFree, createSandboxServer, JsonSyntaxError, type SandboxServer } from "../core/server.ts";
import { openStore, type SandboxStore } from "../core/store.ts";
import { createTokens } from "../core/tokens.ts";
import { collectionRoutes } from "./api/collections.ts";
import { compositeRoutes } from "./api/composite.ts";
import { createCursors } from "./api/cursors.ts";
import { matchRoute } from "./api/match-route.ts";
import { metadataRoutes } from "./api/metadata.ts";
import { queryRoutes } from "./api/query.ts";
import { rowRoutes } from "./api/rows.ts";
import type { ApiParts, ApiRoute } from "./api/route.ts";
import { createAccess, type Access } from "./auth/access.ts";
import { registerOauth } from "./auth/oauth.ts";
import { registerSoap } from "./auth/soap.ts";
import { FIRST_VERSION, LAST_VERSION } from "./demo-org.ts";
import { ApiError, apiError, notFound, rowError, toErrorBody } from "./errors.ts";
import { createLimits, registerLimits, type Limits } from "./limits.ts";
import { registerSalesforcePages } from "./pages.ts";
import { createDatabase, type Database } from "./rows/transaction.ts";
import { createSchema } from "./schema/schema.ts";
import { salesforceSeed } from "./seed.ts";

export interface RunningSandbox {
  readonly url: string;
  readonly port: number;
  readonly store: SandboxStore;
  readonly close: () => Promise<void>;
}

const JSON_TYPE = "application/json;charset=UTF-8";
const FAULT_CODES: Readonly<Record<number, readonly [code: string, message: string]>> = {
  401: ["INVALID_SESSION_ID", "Session expired or invalid"],
  403: ["REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."],
  429: ["REQUEST_LIMIT_EXCEEDED", "Too many requests."],
  500: [
    "UNKNOWN_EXCEPTION",
    "An unexpected error occurred. Please include this ErrorId if you contact support: 0-0",
  ],
  503: ["SERVER_UNAVAILABLE", "The server is temporarily unavailable"],
};

function faultAnswer(status: number, code: string | undefined, message: string | undefined) {
  const [usualCode, usualMessage] = FAULT_CODES[status] ?? [
    "UNKNOWN_EXCEPTION",
    "An unexpected error occurred.",
  ];
  const errors = [rowError(code ?? usualCode, message ?? usualMessage)];
  return { contentType: JSON_TYPE, body: toErrorBody(errors) };
}

function listVersions(): object[] {
  return Array.from({ length: LAST_VERSION - FIRST_VERSION + 1 }, (_none, index) => {
    const version = FIRST_VERSION + index;
    const season = ["Spring", "Summer", "Winter"][version % 3] ?? "";
    const year = Math.floor(version / 3) + (season === "Winter" ? 5 : 4);
    return { label: `${season} '${year}`, url: `/services/data/v${version}.0`, version: `${version}.0` };
  });
}

function checkVersion(version: string): void {
  const found = Number(/^v(\d+)\.0$/.exec(version)?.[1] ?? "0");
  if (found >= FIRST_VERSION && found <= LAST_VERSION) return;
  throw found > 0 && found < FIRST_VERSION
    ? apiError(410, "GONE", "The API version is no longer available")
    : notFound();
}

function toError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof JsonSyntaxError) return apiError(400, "JSON_PARSER_ERROR", error.message);
  const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
  if (status === 413) return apiError(413, "EXCEEDED_MAX_SIZE_REQUEST", "The request is too large");
  if (status === 415) return apiError(415, "UNSUPPORTED_MEDIA_TYPE", "The media type is not supported");
  if (status < 500) return apiError(status, "UNKNOWN_EXCEPTION", error instanceof Error ? error.message : "");
  console.error(error);
  return apiError(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred.");
}

function readHeaders(request: FastifyRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(",") : `${value}`,
    ]),
  );
}

function toJson(body: unknown): Json | undefined {
  return isObject(body) || Array.isArray(body) ? (body as Json) : undefined; // produced by our own JSON reader
}

function registerApi(
  app: FastifyInstance,
  parts: { routes: readonly ApiRoute[]; database: Database; access: Access; limits: Limits },
): void {
  const { routes, database, access, limits } = parts;

  async function answer(
    request: FastifyRequest<{ Params: Record<string, string> }>,
    reply: FastifyReply,
    route: ApiRoute,
    params: Record<string, string>,
  ): Promise<FastifyReply> {
    const version = request.params["version"] ?? "";
    checkVersion(version);
    access.check(request.headers.authorization);
    limits.count();
    void reply.header("sforce-limit-info", `api-usage=${limits.state().used}/${limits.state().max}`);
    limits.check();
    const tx = database.begin(request.faults);
    const result = route.handle({
      method: route.method,
      version,
      params,
      query: new URLSearchParams(request.url.split("?").slice(1).join("?")),
      headers: readHeaders(request),
      body: toJson(request.body),
      tx,
      faults: request.faults,
    });
    await tx.commit();
    void reply.code(result.status).headers(result.headers ?? {});
    return result.body === undefined ? reply.send() : reply.type(JSON_TYPE).send(result.body);
  }

  for (const route of routes) {
    app.route<{ Params: Record<string, string> }>({
      method: route.method,
      url: `/services/data/:version${route.path}`,
      handler: async (request, reply) => {
        const override = new URLSearchParams(request.url.split("?")[1] ?? "").get("_HttpMethod");
        const path = (request.url.split("?")[0] ?? "").split("/").slice(4).join("/");
        const other = override === null ? null : matchRoute(routes, override.toUpperCase(), path);
        if (override !== null && !other) throw notFound();
        return answer(request, reply, other?.route ?? route, { ...(other?.params ?? request.params) });
      },
    });
  }
}

function createApi(parts: ApiParts): ApiRoute[] {
  const routes = [
    ...metadataRoutes(parts),
    ...queryRoutes(parts),
    ...rowRoutes(parts),
    ...collectionRoutes(parts),
  ];
  return [...routes, ...compositeRoutes(routes)];
}

function addTextBodies(app: FastifyInstance): void {
  const types = ["application/x-www-form-urlencoded", "text/xml"];
  app.addContentTypeParser(types, { parseAs: "string" }, (_request, text, done) => done(null, text));
}

function build(store: SandboxStore, clock: Clock): SandboxServer {
  const schema = createSchema();
  const tokens = createTokens({ store, clock, secret: "fieldbridge-salesforce-sandbox", lifetimeMs: null });
  const access = createAccess(tokens);
  const limits = createLimits();
  let forget = (): void => undefined;
  const server = createSandboxServer({
    store,
    clock,
    faultAnswer,
    expireTokens: tokens.expireAll,
    afterReset() {
      forget();
      limits.reset();
    },
  });
  const { app, lateCommits } = server;
  const database = createDatabase({ store, schema, lateCommits, nowMs: clock.now });
  forget = database.forgetCounters;
  const routes = createApi({
    schema,
    cursors: createCursors(clock.now),
    nowMs: clock.now,
    oldestOpenMs: lateCommits.oldestStartMs,
    limits: limits.state,
  });

  addTextBodies(app);
  app.setErrorHandler(async (error, _request, reply) => {
    const { status, errors } = toError(error);
    return reply.code(status).type(JSON_TYPE).send(toErrorBody(errors));
  });
  app.setNotFoundHandler(async (_request, reply) =>
    reply.code(404).type(JSON_TYPE).send(toErrorBody(notFound().errors)),
  );
  registerOauth(app, access, clock.now);
  registerSoap(app, access);
  app.get("/services/data", async () => listVersions());
  registerApi(app, { routes, database, access, limits });
  registerLimits(app, limits);
  registerSalesforcePages(server, clock, { database, schema });
  return server;
}

/**
 * Starts the server. `dataFile` keeps the state over restarts; without it everything is in memory. Port 0 picks a
 * free port. Rejects with EADDRINUSE when the port is taken.
 */
export async function startSalesforceSandbox(options: {
  port: number;
  dataFile?: string;
  host?: string;
  clock?: Clock;
}): Promise<RunningSandbox> {
  const { port, dataFile = null, host = "127.0.0.1", clock = createClock() } = options;
  await checkPortFree(host, port);
  const store = openStore({ file: dataFile, seed: salesforceSeed });
  const server = build(store, clock);
  const bound = await server.listen(host, port);
  return { url: bound.url, port: bound.port, store, close: server.close };
}
