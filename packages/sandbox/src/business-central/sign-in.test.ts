import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClock } from "../core/clock.ts";
import { askToken, readAnswer, refusalOf, startForTest, textIn } from "./test-client.ts";
import type { TestServer } from "./test-client.ts";

const clock = createClock();
let server: TestServer;
beforeAll(async () => {
  server = await startForTest({ clock, tokenLifetimeSeconds: 60 });
});
afterAll(() => server.sandbox.close());

const valid = {
  grant_type: "client_credentials",
  client_id: "fieldbridge-demo",
  client_secret: "fieldbridge-demo-secret",
  scope: "https://api.businesscentral.dynamics.com/.default",
};

function get(headers: Record<string, string>): Promise<Response> {
  return fetch(`${server.root}/companies`, { headers });
}

describe("the token endpoint", () => {
  it("gives a bearer token with its life in seconds", async () => {
    const answer = await askToken(server.sandbox.url, valid);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store, no-cache");
    expect(answer.json).toMatchObject({ token_type: "Bearer", expires_in: 60, ext_expires_in: 60 });
  });

  it("takes the client's name and secret as Basic credentials too", async () => {
    const response = await fetch(`${server.sandbox.url}/demo-tenant/oauth2/v2.0/token`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa("fieldbridge-demo:fieldbridge-demo-secret")}` },
      body: new URLSearchParams({ grant_type: valid.grant_type, scope: valid.scope }),
    });
    expect(response.status).toBe(200);
  });

  it.each([
    ["a wrong secret", { client_secret: "wrong" }, 401, "invalid_client", 7000215],
    ["a missing secret", { client_secret: "" }, 401, "invalid_client", 7000216],
    ["an unknown client", { client_id: "somebody" }, 400, "unauthorized_client", 700016],
    ["a scope without /.default", { scope: "User.Read" }, 400, "invalid_scope", 70011],
    ["a foreign resource", { scope: "https://elsewhere.example/.default" }, 400, "invalid_resource", 500011],
    ["a missing parameter", { scope: "" }, 400, "invalid_request", 900144],
    ["another grant", { grant_type: "password" }, 400, "unsupported_grant_type", 70003],
  ])("refuses %s with its AADSTS code", async (_what, change, status, error, code) => {
    const answer = await askToken(server.sandbox.url, { ...valid, ...change });
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ error, error_codes: [code] });
    expect(textIn(answer.json, "error_description")).toMatch(
      new RegExp(`^AADSTS${code}: .* Trace ID: .* Correlation ID: .* Timestamp: .*Z$`),
    );
  });

  it("refuses an unknown tenant", async () => {
    const response = await fetch(`${server.sandbox.url}/other/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams(valid),
    });
    expect((await readAnswer(response)).json).toMatchObject({
      error: "invalid_request",
      error_codes: [90002],
    });
  });

  it("answers the older endpoint with its numbers as text", async () => {
    const { scope: _scope, ...rest } = valid;
    const response = await fetch(`${server.sandbox.url}/demo-tenant/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams({ ...rest, resource: "https://api.businesscentral.dynamics.com" }),
    });
    expect(await response.json()).toMatchObject({ token_type: "Bearer", expires_in: "60" });
  });
});

describe("the API", () => {
  it.each([
    ["without a token", {}],
    [
      "with a token of somebody else",
      { authorization: "Bearer A1.5.5.0123456789012345678901234567890123456789" },
    ],
  ])("refuses a call %s and says where to sign in", async (_what, headers) => {
    const response = await get(headers);
    expect(response.headers.get("www-authenticate")).toBe(
      `Bearer authorization_uri="${server.sandbox.url}/demo-tenant/oauth2/authorize", ` +
        'resource_id="https://api.businesscentral.dynamics.com"',
    );
    expect(refusalOf(await readAnswer(response))).toEqual({
      status: 401,
      code: "Authentication_InvalidCredentials",
      message: "The server has rejected the client credentials.",
    });
  });

  it("refuses a token whose life is over and takes a fresh one", async () => {
    const authorization = `Bearer ${server.token}`;
    expect((await get({ authorization })).status).toBe(200);
    clock.setOffset(61_000);
    expect((await get({ authorization })).status).toBe(401);
    const fresh = textIn((await askToken(server.sandbox.url, valid)).json, "access_token");
    expect((await get({ authorization: `Bearer ${fresh}` })).status).toBe(200);
    clock.setOffset(0);
  });

  it("refuses every token after they were all made to expire", async () => {
    await fetch(`${server.sandbox.url}/_sandbox/expire-tokens`, { method: "POST" });
    expect((await get({ authorization: `Bearer ${server.token}` })).status).toBe(401);
  });
});
