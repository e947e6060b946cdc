/**
 * A proxy in front of a sandbox that lets a proof look at every call and strike at a chosen one: before it is passed
 * on, or by changing its answer.
 */
import { createServer, type IncomingHttpHeaders } from "node:http";

export interface ProxyCall {
  readonly method: string;
  readonly path: string;
  /** Counts from 0. */
  readonly index: number;
}

export interface ProxyAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ProxyRules {
  /** May do something first, or answer in place of the server. */
  readonly before?: (call: ProxyCall) => Promise<ProxyAnswer | undefined>;
  readonly change?: (call: ProxyCall, answer: ProxyAnswer) => ProxyAnswer;
}

export interface Proxy {
  readonly url: string;
  setRules(rules: ProxyRules): void;
  /** Calls since the rules were set. */
  readonly calls: () => readonly ProxyCall[];
  readonly close: () => Promise<void>;
}

/** Hop-by-hop headers, and those that would no longer be true. */
const dropped = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "accept-encoding",
  "keep-alive",
]);

const toHeaders = (headers: IncomingHttpHeaders): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]) =>
    dropped.has(name) || value === undefined ? [] : [[name, Array.isArray(value) ? value.join(",") : value]],
  );

export async function startProxy(target: string): Promise<Proxy> {
  let rules: ProxyRules = {};
  let calls: ProxyCall[] = [];

  const server = createServer((request, response) => {
    void (async () => {
      const { method = "GET", url = "/" } = request;
      const call: ProxyCall = { method, path: url, index: calls.length };
      calls.push(call);
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const instead = await rules.before?.(call);
      if (instead !== undefined)
        return response
          .writeHead(instead.status, { "content-type": "application/json", ...instead.headers })
          .end(instead.body);
      const answer = await fetch(target + url, {
        method,
        headers: toHeaders(request.headers),
        ...(parts.length > 0 ? { body: Buffer.concat(parts).toString("utf8") } : {}),
      });
      const plain = { status: answer.status, body: await answer.text() };
      const changed = rules.change?.(call, plain) ?? plain;
      const headers = toHeaders(Object.fromEntries(answer.headers));
      return response.writeHead(changed.status, headers).end(changed.body);
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    setRules(next) {
      rules = next;
      calls = [];
    },
    calls: () => calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
