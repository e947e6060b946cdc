/** Tokens are fetched once for everybody, renewed before they end, and refusals are told in plain words. */
import { Fault } from "@fieldbridge/engine";
import { expect, test } from "vitest";
import type { HttpAnswer, HttpClient, HttpRequest } from "../http/http-client.ts";
import { lostAnswerFault } from "../http/http-faults.ts";
import { toResilience } from "../http/resilience.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { requestToken } from "./request-token.ts";
import { describeSignInError } from "./sign-in-reasons.ts";
import { createTokenStore } from "./token-store.ts";

type Reply = { status: number; body: string; headers?: Record<string, string> } | Fault;

/** A token endpoint that gives these replies in turn. */
function createEndpoint(...replies: Reply[]): { http: HttpClient; requests: HttpRequest[] } {
  const requests: HttpRequest[] = [];
  const http: HttpClient = {
    origin: "https://login.example",
    async send(request): Promise<HttpAnswer> {
      requests.push(request);
      const reply = replies[Math.min(requests.length, replies.length) - 1];
      if (reply === undefined || reply instanceof Fault) throw reply ?? new Error("no reply");
      return { status: reply.status, body: reply.body, header: (name) => reply.headers?.[name] };
    },
    toPath: (link) => link,
    callCount: () => requests.length,
  };
  return { http, requests };
}

const ok: Reply = { status: 200, body: '{"access_token":"T","expires_in":3599,"refresh_token":"R2"}' };
const busy: Reply = { status: 503, body: '{"error":"temporarily_unavailable"}' };
const form = { grant_type: "client_credentials", client_id: "id", client_secret: "a&b" };

function ask(endpoint: { http: HttpClient }, clock = createTestClock(0)) {
  const resilience = toResilience(clock, { concurrency: 1 });
  return requestToken({ http: endpoint.http, path: "/token", form, resilience });
}

test("the secret goes in the body, encoded, and the life of the token is kept", async () => {
  const endpoint = createEndpoint(ok);
  expect(await ask(endpoint)).toEqual({ value: "T", expiresAt: 3_599_000, refreshToken: "R2" });
  expect(endpoint.requests[0]).toMatchObject({
    method: "POST",
    path: "/token",
    body: "grant_type=client_credentials&client_id=id&client_secret=a%26b",
  });
});

test("a busy endpoint is asked again, as late as it says", async () => {
  const clock = createTestClock(0);
  await ask(createEndpoint(busy, { ...busy, headers: { "retry-after": "9" } }, ok), clock);
  expect(clock.slept).toEqual([250, 9_000]);
});

test("a lost answer of the token endpoint does not make the waiting call look sent", async () => {
  const lost = lostAnswerFault("https://login.example", new Error("reset"));
  await expect(ask(createEndpoint(lost))).rejects.toMatchObject({ retryable: true, sent: false });
});

test.each([
  [
    "invalid_client",
    "AADSTS7000222: The provided client secret keys are expired. Trace ID: 1",
    /has expired/,
  ],
  ["invalid_client", "AADSTS7000215: Invalid client secret provided. Trace ID: 1", /secret is wrong/],
  ["unauthorized_client", "AADSTS700016: Application not found", /client id is not known/],
  ["invalid_scope", "AADSTS70011: bad scope", /must end with \/\.default/],
  ["invalid_grant", "expired access/refresh token", /refresh token has expired/],
  ["invalid_request", "no client credentials user enabled", /no user to run as/],
  ["something_new", "Words of the system", /Words of the system/],
])("%s (%s) is final and told in words", async (error, description, words) => {
  const endpoint = createEndpoint({
    status: 400,
    body: JSON.stringify({ error, error_description: description }),
  });
  const caught: unknown = await ask(endpoint).catch((fault: unknown) => fault);
  expect(caught).toMatchObject({ retryable: false, issue: { code: "CON-601" } });
  expect(describeSignInError(error, description)).toMatch(words);
  expect(endpoint.requests).toHaveLength(1);
});

test("an error page instead of a token is no sign-in problem", async () => {
  const endpoint = createEndpoint({ status: 404, body: "<html><title>Not here</title></html>" });
  await expect(ask(endpoint)).rejects.toMatchObject({ retryable: false, issue: { code: "CON-607" } });
});

test("callers at the same time share one request, later ones the token", async () => {
  const store = createTokenStore();
  let requests = 0;
  const request = async () => {
    requests += 1;
    await Promise.resolve();
    return { value: `T${requests}`, expiresAt: 100_000 };
  };
  const valueAt = async (now: number) => (await store.get(request, now)).value;
  expect(await Promise.all([0, 0, 0].map(valueAt))).toEqual(["T1", "T1", "T1"]);
  expect(await valueAt(30_000)).toBe("T1");
  expect(await valueAt(50_000)).toBe("T2");
  expect(requests).toBe(2);
});

test("only the token that was refused is dropped, not the one that came since", async () => {
  const store = createTokenStore();
  const give = (value: string) => async () => ({ value, expiresAt: undefined });
  await store.get(give("old"), 0);
  store.drop("old");
  await store.get(give("new"), 0);
  store.drop("old");
  expect(await store.get(give("newest"), 0)).toMatchObject({ value: "new" });
});

test("a request that failed is not remembered", async () => {
  const store = createTokenStore();
  await expect(store.get(() => Promise.reject(new Error("down")), 0)).rejects.toThrow("down");
  const token = { value: "T", expiresAt: undefined };
  expect(await store.get(async () => token, 0)).toEqual(token);
});

test("a replaced refresh token leads to the newest one, a new sign-in to itself", () => {
  const store = createTokenStore();
  store.replaceRefreshToken("R1", "R2");
  store.replaceRefreshToken("R2", "R3");
  expect(["R1", "R2", "R3", "other"].map((each) => store.newestRefreshToken(each))).toEqual([
    "R3",
    "R3",
    "R3",
    "other",
  ]);
});
