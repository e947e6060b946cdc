// For tests: a running server with a signed-in client that shows answers as they come over the wire.
import { toText, isObject, parseJson, type Json } from "../core/json.ts";
import { createClock, type Clock } from "../core/clock.ts";
import { startSalesforceSandbox } from "./start.ts";

export interface Answer {
  readonly status: number;
  /** Native values, numbers included. */
  readonly body: unknown;
  /** Numbers digit by digit. */
  readonly exact: Json;
  readonly headers: Headers;
}

export interface TestServer {
  readonly url: string;
  readonly clock: Clock;
  /** A call below /services/data/v66.0, or to any path beginning with two slashes removed. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  query(soql: string, headers?: Record<string, string>): Promise<Answer>;
  setFaults(rules: readonly object[]): Promise<void>;
  signIn(): Promise<void>;
  close(): Promise<void>;
}

/** The clock stands still at `nowMs` unless it is moved. */
export async function openTestServer(
  options: { dataFile?: string; nowMs?: number } = {},
): Promise<TestServer> {
  const nowMs = options.nowMs ?? Date.UTC(2026, 10, 3, 8);
  const clock = createClock(() => nowMs);
  const { dataFile } = options;
  const server = await startSalesforceSandbox({ port: 0, clock, ...(dataFile ? { dataFile } : {}) });
  let token = "";

  async function send(method: string, url: string, body?: unknown, headers: Record<string, string> = {}) {
    const answer = await fetch(url, {
      method,
      headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.includes("json") === true && text !== "";
    return {
      status: answer.status,
      body: isJson ? (JSON.parse(text) as unknown) : text,
      exact: isJson ? parseJson(text) : null,
      headers: answer.headers,
    };
  }

  const client: TestServer = {
    url: server.url,
    clock,
    call(method, path, body, headers = {}) {
      const url = path.startsWith("//")
        ? server.url + path.slice(1)
        : `${server.url}/services/data/v66.0${path}`;
      return send(method, url, body, { authorization: `Bearer ${token}`, ...headers });
    },
    query: (soql, headers) => client.call("GET", `/query?q=${encodeURIComponent(soql)}`, undefined, headers),
    async setFaults(rules) {
      const answer = await send("PUT", `${server.url}/_sandbox/faults`, rules);
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    },
    async signIn() {
      const form =
        "grant_type=client_credentials&client_id=fieldbridge-demo&client_secret=fieldbridge-demo-secret";
      const answer = await send("POST", `${server.url}/services/oauth2/token`, form, {
        "content-type": "application/x-www-form-urlencoded",
      });
      if (isObject(answer.exact)) token = toText(answer.exact["access_token"]);
    },
    close: server.close,
  };
  await client.signIn();
  return client;
}

/** The records of a query answer as plain objects. */
export function recordsOf(answer: Answer): Record<string, unknown>[] {
  return (answer.body as { records: Record<string, unknown>[] }).records;
}
