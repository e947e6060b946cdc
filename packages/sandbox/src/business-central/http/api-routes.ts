// The HTTP face of the API: which addresses belong to it, who may call, and the headers every answer carries.
import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { stringifyJson } from "../../core/json.ts";
import type { Json } from "../../core/json.ts";
import type { Tokens } from "../../core/tokens.ts";
import type { Database } from "../data/database.ts";
import { ENVIRONMENT, TENANT } from "../identity.ts";
import { ODataError } from "../odata/odata-error.ts";
import { originOf, RESOURCE } from "../sign-in.ts";
import type { ApiAnswer, ApiRequest } from "./api-message.ts";
import { runBatch } from "./batch.ts";
import { runMultipartBatch } from "./multipart-batch.ts";
import { errorAnswer, errorBody, runRequest } from "./run-request.ts";
import type { Outcome } from "./run-request.ts";

export interface ApiParts {
  readonly database: Database;
  readonly tokens: Tokens;
  /** Paths that are answered elsewhere, such as `subscriptions`; undefined when it is not one of them. */
  readonly answerOther: (request: ApiRequest) => Promise<ApiAnswer> | undefined;
}

/** `/v2.0/{tenant}/{environment}/api/v2.0/…`; the tenant may be left out. */
const apiAddress = /^(\/v2\.0\/(?:([^/?]+)\/)?([^/?]+)\/api\/v2\.0)(?:\/([^?]*))?(?:\?(.*))?$/s;

/** The address below the API root with keys left out, e.g. `companies()/salesInvoices()`; undefined for other addresses. */
export function routeNameOf(url: string): string | undefined {
  const path = apiAddress.exec(url)?.[4];
  return path?.replaceAll(/\([^)]*\)|%28.*?%29/gi, "()");
}

export function registerApi(app: FastifyInstance, parts: ApiParts): void {
  app.addContentTypeParser<string>("multipart/mixed", { parseAs: "string" }, (_request, text, done) =>
    done(null, text),
  );
  app.route({
    method: ["GET", "POST", "PATCH", "PUT", "DELETE"],
    url: "/v2.0/*",
    handler: (request, reply) => answerCall(request, reply, parts),
  });
  app.setNotFoundHandler((_request, reply) => sendAnswer(reply, notFound()));
  app.setErrorHandler((error, request, reply) => {
    const status = statusOf(error);
    if (status >= 500) {
      request.log.error(error);
      return sendAnswer(reply, errorAnswer(500, "Internal_ServerError", "An internal error occurred."));
    }
    return sendAnswer(reply, errorAnswer(status, "BadRequest", "Invalid Request Body"));
  });
}

function notFound(): ApiAnswer {
  return errorAnswer(404, "BadRequest_NotFound", "The requested resource was not found.");
}

function statusOf(error: unknown): number {
  const status =
    typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : 500;
  return typeof status === "number" ? status : 500;
}

async function answerCall(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: ApiParts,
): Promise<FastifyReply> {
  const found = apiAddress.exec(request.url);
  if (found === null) return sendAnswer(reply, notFound());
  if (!isSignedIn(request, parts.tokens)) return refuseStranger(request, reply);
  const [, root = "", tenant, environment, path = "", query = ""] = found;
  if ((tenant ?? TENANT) !== TENANT || environment !== ENVIRONMENT) {
    return sendAnswer(reply, errorAnswer(404, "BadRequest_NotFound", "Environment does not exist."));
  }
  const call: ApiRequest = {
    method: request.method,
    path: path.replace(/\/$/, ""),
    query,
    headers: singleHeaders(request),
    body: request.body as Json | undefined, // the core's JSON reader gives nothing else
    root: `${originOf(request)}${root}`,
    plan: request.faults,
  };
  const other = parts.answerOther(call);
  if (other !== undefined) return sendAnswer(reply, await other);
  const outcome = runSafely(parts.database, call);
  await outcome.committed;
  return sendAnswer(reply, outcome.answer);
}

function runSafely(database: Database, call: ApiRequest): Outcome {
  if (call.path !== "$batch") return runRequest(database, call);
  try {
    if (call.method === "POST") {
      const isMultipart = call.headers["content-type"]?.startsWith("multipart/mixed") === true;
      return isMultipart ? runMultipartBatch(database, call) : runBatch(database, call);
    }
    throw new ODataError(
      405,
      "BadRequest_MethodNotAllowed",
      `The method '${call.method}' is not allowed here.`,
    );
  } catch (error) {
    if (!(error instanceof ODataError)) throw error;
    const answer = errorAnswer(error.status, error.code, error.message);
    return { answer, committed: Promise.resolve() };
  }
}

function isSignedIn(request: FastifyRequest, tokens: Tokens): boolean {
  const token = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  return token !== undefined && tokens.isValid("access", token);
}

function refuseStranger(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const authority = `${originOf(request)}/${TENANT}/oauth2/authorize`;
  void reply.header("www-authenticate", `Bearer authorization_uri="${authority}", resource_id="${RESOURCE}"`);
  return sendAnswer(
    reply,
    errorAnswer(401, "Authentication_InvalidCredentials", "The server has rejected the client credentials."),
  );
}

function singleHeaders(request: FastifyRequest): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(",") : value,
    ]),
  );
}

/** JSON is sent as bytes, because Fastify would rewrite the parameters of the media type of an object or text. */
function sendAnswer(reply: FastifyReply, answer: ApiAnswer): FastifyReply {
  const isJson = answer.headers["content-type"]?.startsWith("application/json") === true;
  return reply
    .code(answer.status)
    .headers({
      "odata-version": "4.0",
      "cache-control": "no-cache, no-store",
      "request-id": randomUUID(),
      "access-control-expose-headers": "Date, Content-Length, Server, OData-Version",
      ...answer.headers,
    })
    .send(isJson ? Buffer.from(stringifyJson(answer.body)) : answer.body);
}

const faultCodes: Readonly<Record<number, readonly [code: string, message: string]>> = {
  401: ["Authentication_InvalidCredentials", "The server has rejected the client credentials."],
  403: ["Unauthorized", "The user does not have permission for this operation."],
  408: ["Internal_ServerError", "The request took too long."],
  429: ["Application_TooManyRequests", "Too many requests reached. Please retry the request later."],
  503: ["Internal_TenantUnavailable", "The tenant is not accessible. Please retry the request later."],
};

/** The body of an injected failure, in the words of the product. */
export function faultAnswer(
  status: number,
  code: string | undefined,
  message: string | undefined,
): { body: unknown } {
  const [usualCode, usualMessage] = faultCodes[status] ?? [
    "Internal_ServerError",
    "An internal error occurred.",
  ];
  return { body: errorBody(code ?? usualCode, message ?? usualMessage) };
}
