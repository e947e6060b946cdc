// The OAuth endpoints: tokens by client credentials, refresh token and password; revoke, introspect, and who am I.
import { createHmac } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { DEMO_ORG } from "../demo-org.ts";
import type { Access } from "./access.ts";

const OAUTH_ERRORS = {
  client: [400, "invalid_client", "invalid client credentials"],
  clientId: [400, "invalid_client_id", "client identifier invalid"],
  password: [400, "invalid_grant", "authentication failure"],
  refresh: [400, "invalid_grant", "expired access/refresh token"],
  grant: [400, "unsupported_grant_type", "grant type not supported"],
  missing: [400, "invalid_request", "missing required parameter"],
  token: [400, "invalid_token", "the token is not valid"],
} as const;

type OauthError = keyof typeof OAUTH_ERRORS;

/** The form of the body, whatever its content type said. */
function readForm(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(typeof request.body === "string" ? request.body : "");
}

function refuse(reply: FastifyReply, which: OauthError): FastifyReply {
  const [status, error, description] = OAUTH_ERRORS[which];
  return reply
    .code(status)
    .header("cache-control", "no-store")
    .send({ error, error_description: description });
}

/** Client id and secret from HTTP Basic or from the form. */
function readClient(request: FastifyRequest, form: URLSearchParams): { id: string; secret: string } {
  const basic = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (basic === undefined)
    return { id: form.get("client_id") ?? "", secret: form.get("client_secret") ?? "" };
  const [id = "", secret = ""] = Buffer.from(basic, "base64").toString("utf8").split(":");
  return { id: decodeURIComponent(id), secret: decodeURIComponent(secret) };
}

function checkClient(client: { id: string; secret: string }): OauthError | null {
  if (client.id === "") return "missing";
  if (client.id !== DEMO_ORG.clientId) return "clientId";
  return client.secret === DEMO_ORG.clientSecret ? null : "client";
}

function checkGrant(access: Access, form: URLSearchParams): OauthError | null {
  switch (form.get("grant_type")) {
    case "client_credentials":
      return null;
    case "password":
      return form.get("username") === DEMO_ORG.username && form.get("password") === DEMO_ORG.password
        ? null
        : "password";
    case "refresh_token":
      return access.isRefresh(form.get("refresh_token") ?? "") ? null : "refresh";
    case null:
      return "missing";
    default:
      return "grant";
  }
}

function identityPath(): string {
  return `/id/${DEMO_ORG.organizationId}/${DEMO_ORG.userId}`;
}

function toProfile(origin: string): object {
  return {
    sub: origin + identityPath(),
    user_id: DEMO_ORG.userId,
    organization_id: DEMO_ORG.organizationId,
    preferred_username: DEMO_ORG.username,
    nickname: "demo",
    name: "Demo Integration",
    email: DEMO_ORG.username,
    email_verified: true,
    given_name: "Demo",
    family_name: "Integration",
    zoneinfo: "UTC",
    photos: { picture: `${origin}/profilephoto/005/F`, thumbnail: `${origin}/profilephoto/005/T` },
    profile: `${origin}/${DEMO_ORG.userId}`,
    picture: `${origin}/profilephoto/005/F`,
    address: {},
    is_salesforce_integration_user: true,
    urls: toUrls(origin),
    active: true,
    user_type: "STANDARD",
    language: "en_US",
    locale: "en_GB",
    utcOffset: 0,
    updated_at: "2026-08-01T08:00:00Z",
  };
}

function toUrls(origin: string): object {
  const base = `${origin}/services/data/v{version}/`;
  return {
    rest: base,
    sobjects: `${base}sobjects/`,
    query: `${base}query/`,
    recent: `${base}recent/`,
    partner: `${origin}/services/Soap/u/{version}/${DEMO_ORG.organizationId}`,
    profile: `${origin}/${DEMO_ORG.userId}`,
  };
}

function toIdentity(origin: string): object {
  return {
    id: origin + identityPath(),
    asserted_user: true,
    user_id: DEMO_ORG.userId,
    organization_id: DEMO_ORG.organizationId,
    username: DEMO_ORG.username,
    nick_name: "demo",
    display_name: "Demo Integration",
    email: DEMO_ORG.username,
    email_verified: true,
    first_name: "Demo",
    last_name: "Integration",
    timezone: "UTC",
    photos: { picture: `${origin}/profilephoto/005/F`, thumbnail: `${origin}/profilephoto/005/T` },
    addr_street: null,
    addr_city: null,
    addr_state: null,
    addr_country: null,
    addr_zip: null,
    mobile_phone: null,
    mobile_phone_verified: false,
    is_lightning_login_user: false,
    status: { created_date: null, body: null },
    urls: toUrls(origin),
    active: true,
    user_type: "STANDARD",
    language: "en_US",
    locale: "en_GB",
    utcOffset: 0,
    last_modified_date: "2026-08-01T08:00:00Z",
    is_app_installed: true,
  };
}

function readToken(request: FastifyRequest): string | null {
  const header = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const query = new URLSearchParams(request.url.split("?")[1] ?? "");
  return header ?? query.get("oauth_token");
}

export function registerOauth(app: FastifyInstance, access: Access, nowMs: () => number): void {
  app.post("/services/oauth2/token", async (request, reply) => {
    const form = readForm(request);
    const problem = checkClient(readClient(request, form)) ?? checkGrant(access, form);
    if (problem) return refuse(reply, problem);
    const origin = `http://${request.host}`;
    const id = origin + identityPath();
    const issuedAt = String(nowMs());
    const scopes = (form.get("scope") ?? "").split(" ");
    const mayRefresh = form.get("grant_type") === "password" && scopes.includes("refresh_token");
    return reply.header("cache-control", "no-store").send({
      access_token: access.issueAccess(),
      ...(mayRefresh ? { refresh_token: access.issueRefresh() } : {}),
      signature: createHmac("sha256", DEMO_ORG.clientSecret)
        .update(id + issuedAt)
        .digest("base64"),
      scope: mayRefresh ? "api refresh_token" : "api",
      instance_url: origin,
      id,
      token_type: "Bearer",
      issued_at: issuedAt,
      api_instance_url: origin,
    });
  });

  app.route({
    method: ["GET", "POST"],
    url: "/services/oauth2/revoke",
    handler: async (request, reply) => {
      const query = new URLSearchParams(request.url.split("?")[1] ?? "");
      const token = readForm(request).get("token") ?? query.get("token") ?? "";
      if (!access.isAccess(token) && !access.isRefresh(token)) return refuse(reply, "token");
      await access.revoke(token);
      return reply.code(200).send();
    },
  });

  app.post("/services/oauth2/introspect", async (request, reply) => {
    const form = readForm(request);
    const problem = checkClient(readClient(request, form));
    if (problem) return refuse(reply, problem);
    const active = access.isAccess(form.get("token") ?? "");
    if (!active) return { active };
    return { active, scope: "api", client_id: DEMO_ORG.clientId, username: DEMO_ORG.username };
  });

  app.route({
    method: ["GET", "POST"],
    url: "/services/oauth2/userinfo",
    handler: async (request, reply) => {
      const token = readToken(request);
      if (token !== null && access.isAccess(token)) return toProfile(`http://${request.host}`);
      const text = token === null ? "Missing_OAuth_Token" : "Bad_OAuth_Token";
      return reply.code(403).type("text/plain").send(text);
    },
  });

  app.get("/id/:organization/:user", async (request, reply) => {
    const token = readToken(request);
    if (token === null || !access.isAccess(token)) {
      const text = token === null ? "Missing_OAuth_Token" : "Bad_OAuth_Token";
      return reply.code(403).type("text/plain").send(text);
    }
    if (request.url.split("?")[0] !== identityPath())
      return reply.code(404).type("text/plain").send("Bad_Id");
    return toIdentity(`http://${request.host}`);
  });
}
