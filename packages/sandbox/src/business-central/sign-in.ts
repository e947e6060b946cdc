// The token endpoint in the manner of Microsoft Entra, client credentials only, with its error codes (AADSTS…).
import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../core/clock.ts";
import { number } from "../core/json.ts";
import type { Tokens } from "../core/tokens.ts";
import { CLIENT_ID, CLIENT_SECRET, TENANT } from "./identity.ts";

/** The resource that tokens are good for. */
export const RESOURCE = "https://api.businesscentral.dynamics.com";

interface SignInParts {
  readonly tokens: Tokens;
  readonly clock: Clock;
  /** Answered as `expires_in`. */
  readonly lifetimeSeconds: number;
}

interface Refusal {
  readonly status: 400 | 401;
  readonly error: string;
  readonly code: number;
  readonly message: string;
}

/** Adds the v2.0 endpoint, its v1 alias and the discovery document. */
export function registerSignIn(app: FastifyInstance, parts: SignInParts): void {
  app.addContentTypeParser<string>(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    (_request, text, done) => done(null, new URLSearchParams(text)),
  );
  app.post<{ Params: { tenant: string } }>("/:tenant/oauth2/v2.0/token", (request, reply) =>
    answerToken(request, reply, parts, "scope"),
  );
  app.post<{ Params: { tenant: string } }>("/:tenant/oauth2/token", (request, reply) =>
    answerToken(request, reply, parts, "resource"),
  );
  app.get<{ Params: { tenant: string } }>(
    "/:tenant/v2.0/.well-known/openid-configuration",
    async (request) => {
      const base = `${originOf(request)}/${request.params.tenant}`;
      return {
        issuer: `${base}/v2.0`,
        token_endpoint: `${base}/oauth2/v2.0/token`,
        token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
        grant_types_supported: ["client_credentials"],
      };
    },
  );
}

/** Scheme and host as the caller reached the server. */
export function originOf(request: FastifyRequest): string {
  const forwarded = (name: string): string | undefined => {
    const value = request.headers[name];
    return (Array.isArray(value) ? value[0] : value)?.split(",")[0]?.trim();
  };
  const scheme = forwarded("x-forwarded-proto") ?? request.protocol;
  return `${scheme}://${forwarded("x-forwarded-host") ?? request.headers.host ?? "127.0.0.1"}`;
}

async function answerToken(
  request: FastifyRequest<{ Params: { tenant: string } }>,
  reply: FastifyReply,
  parts: SignInParts,
  audienceField: "scope" | "resource",
): Promise<unknown> {
  void reply.headers({ "cache-control": "no-store, no-cache", pragma: "no-cache" });
  const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
  const refusal = refuse(request, form, audienceField);
  if (refusal !== undefined) return reply.code(refusal.status).send(refusalBody(refusal, parts.clock));
  const token = parts.tokens.issue("access");
  const seconds = parts.lifetimeSeconds;
  if (audienceField === "scope") {
    const life = number(String(seconds));
    return reply.send({ token_type: "Bearer", expires_in: life, ext_expires_in: life, access_token: token });
  }
  const now = Math.floor(parts.clock.now() / 1000);
  return reply.send({
    token_type: "Bearer",
    expires_in: String(seconds),
    ext_expires_in: String(seconds),
    expires_on: String(now + seconds),
    not_before: String(now),
    resource: form.get("resource"),
    access_token: token,
  });
}

function refuse(
  request: FastifyRequest<{ Params: { tenant: string } }>,
  form: URLSearchParams,
  audienceField: "scope" | "resource",
): Refusal | undefined {
  const { tenant } = request.params;
  if (tenant !== TENANT) {
    return invalid(
      "invalid_request",
      90002,
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID.`,
    );
  }
  const client = clientOf(request, form);
  for (const name of ["grant_type", "client_id", audienceField]) {
    const value = name === "client_id" ? client.id : form.get(name);
    if (!value) {
      return invalid(
        "invalid_request",
        900144,
        `The request body must contain the following parameter: '${name}'.`,
      );
    }
  }
  const grant = form.get("grant_type");
  if (grant !== "client_credentials") {
    return invalid(
      "unsupported_grant_type",
      70003,
      `The app requested an unsupported grant type '${grant}'.`,
    );
  }
  if (client.id !== CLIENT_ID) {
    return invalid(
      "unauthorized_client",
      700016,
      `Application with identifier '${client.id}' was not found in the directory '${TENANT}'.`,
    );
  }
  if (!client.secret) {
    return invalid(
      "invalid_client",
      7000216,
      "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
      401,
    );
  }
  if (client.secret !== CLIENT_SECRET) {
    return invalid(
      "invalid_client",
      7000215,
      "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the " +
        `client secret ID, for a secret added to app '${CLIENT_ID}'.`,
      401,
    );
  }
  return refuseAudience(request, form.get(audienceField) ?? "", audienceField);
}

function refuseAudience(
  request: FastifyRequest,
  audience: string,
  audienceField: "scope" | "resource",
): Refusal | undefined {
  const isScope = audienceField === "scope";
  if (isScope && (!audience.endsWith("/.default") || audience.includes(" "))) {
    return invalid(
      "invalid_scope",
      70011,
      `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${audience} is not valid.`,
    );
  }
  const resource = isScope ? audience.slice(0, -"/.default".length) : audience;
  if (resource === RESOURCE || resource === originOf(request)) return undefined;
  return invalid(
    "invalid_resource",
    500011,
    `The resource principal named ${resource} was not found in the tenant named ${TENANT}.`,
  );
}

function clientOf(
  request: FastifyRequest,
  form: URLSearchParams,
): { id: string | null; secret: string | null } {
  const basic = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (basic === undefined) return { id: form.get("client_id"), secret: form.get("client_secret") };
  const [id = "", ...secret] = Buffer.from(basic, "base64").toString("utf8").split(":");
  return { id: decodeForm(id), secret: decodeForm(secret.join(":")) };
}

/** Client id and secret are form-encoded inside Basic credentials. */
function decodeForm(text: string): string {
  return new URLSearchParams(`v=${text.replaceAll("&", "%26")}`).get("v") ?? "";
}

function invalid(error: string, code: number, message: string, status: 400 | 401 = 400): Refusal {
  return { status, error, code, message };
}

function refusalBody(refusal: Refusal, clock: Clock): Record<string, unknown> {
  const trace = randomUUID();
  const correlation = randomUUID();
  const at = `${new Date(clock.now()).toISOString().slice(0, 19).replace("T", " ")}Z`;
  return {
    error: refusal.error,
    error_description: `AADSTS${refusal.code}: ${refusal.message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${at}`,
    error_codes: [refusal.code],
    timestamp: at,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `https://login.microsoftonline.com/error?code=${refusal.code}`,
  };
}
