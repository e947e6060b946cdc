/**
 * The one HTTP client. It is bound to one origin, so a credential cannot reach another host: links in answers are
 * followed by path only and redirects not at all. It says whether a failed request may have been executed.
 */
import { gunzip } from "node:zlib";
import { promisify } from "node:util";
import { Agent, DecoratorHandler, errors, type Dispatcher } from "undici";
import type { Fault } from "@fieldbridge/engine";
import { createGuardedConnector, AddressRefusedError, type AllowAddress } from "./guarded-connector.ts";
import { addressFault, lostAnswerFault, tooLargeFault, unreachableFault } from "./http-faults.ts";

export interface HttpOptions {
  /** Longest silence while waiting for an answer or its next part. */
  readonly timeoutMs?: number | undefined;
  readonly connectTimeoutMs?: number | undefined;
  /** Largest answer taken, after unpacking. */
  readonly maxAnswerBytes?: number | undefined;
  readonly allowAddress?: AllowAddress | undefined;
  /** Replaces the pool of sockets; `allowAddress` is then its business. */
  readonly dispatcher?: Dispatcher | undefined;
}

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Path with query, starting with a slash. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  /** First value of a header, by lower-case name. */
  header(name: string): string | undefined;
}

export interface HttpClient {
  readonly origin: string;
  /** Throws `Fault` where no complete answer came; any status is an answer. */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Path and query of a link from an answer; its host is ignored on purpose. */
  toPath(link: string): string;
  callCount(): number;
}

const unpack = promisify(gunzip);

/** Notes the moment before the first byte of a request is written; earlier errors mean "not sent". */
class SentMark extends DecoratorHandler {
  readonly #forward: Dispatcher.DispatchHandlers;
  readonly #onSend: () => void;

  constructor(forward: Dispatcher.DispatchHandlers, onSend: () => void) {
    super(forward);
    this.#forward = forward;
    this.#onSend = onSend;
  }

  onConnect(abort: (error?: Error) => void): void {
    this.#onSend();
    this.#forward.onConnect?.(abort);
  }
}

function checkedOrigin(address: string): URL {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw addressFault(`"${address}" is not an address.`);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw addressFault(`Only http and https addresses can be called, not ${url.protocol}//.`);
  if (url.username !== "" || url.password !== "")
    throw addressFault("The address must not contain a user name or password.");
  return url;
}

async function readBody(answer: Dispatcher.ResponseData, maxBytes: number): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer.body) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(part);
    size += bytes.length;
    if (size > maxBytes) return null;
    parts.push(bytes);
  }
  const packed = Buffer.concat(parts);
  if (answer.headers["content-encoding"] !== "gzip") return packed.toString("utf8");
  try {
    return (await unpack(packed, { maxOutputLength: maxBytes })).toString("utf8");
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** `address` gives the origin; its path is ignored. Throws `Fault` where it is no http(s) address. */
export function createHttpClient(address: string, options: HttpOptions = {}): HttpClient {
  const { origin } = checkedOrigin(address);
  const timeoutMs = options.timeoutMs ?? 120_000;
  const maxBytes = options.maxAnswerBytes ?? 100_000_000;
  const agent =
    options.dispatcher ??
    new Agent({
      connections: 16,
      keepAliveTimeout: 10_000,
      connect: createGuardedConnector({
        connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
        allowAddress: options.allowAddress ?? (() => true),
      }),
    });
  let calls = 0;

  function toFault(error: unknown, sent: boolean): Fault {
    if (error instanceof AddressRefusedError) return addressFault(`${error.message}.`);
    return sent && !(error instanceof errors.ConnectTimeoutError)
      ? lostAnswerFault(origin, error)
      : unreachableFault(origin, error);
  }

  return {
    origin,
    async send(request) {
      calls += 1;
      let sent = false;
      const marked = agent.compose(
        (dispatch) => (target, handler) =>
          dispatch(
            target,
            new SentMark(handler, () => {
              sent = true;
            }),
          ),
      );
      try {
        const answer = await marked.request({
          origin,
          path: request.path,
          method: request.method,
          headers: { "accept-encoding": "gzip", "user-agent": "Fieldbridge", ...request.headers },
          body: request.body ?? null,
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
        });
        const body = await readBody(answer, maxBytes);
        if (body === null) throw tooLargeFault(origin, maxBytes);
        return {
          status: answer.statusCode,
          body,
          header(name) {
            const value = answer.headers[name];
            return Array.isArray(value) ? value[0] : value;
          },
        };
      } catch (error) {
        if (error instanceof Error && error.name === "Fault") throw error;
        throw toFault(error, sent);
      }
    },
    toPath(link) {
      const url = new URL(link, origin);
      return url.pathname + url.search;
    },
    callCount: () => calls,
  };
}
