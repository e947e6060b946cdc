// The HTTP server both sandboxes stand on: lossless JSON in and out, call counting, the movable clock, fault rules
// and the /_sandbox control routes. What the endpoints mean is the business of each sandbox.
import { createServer } from "node:http";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { registerControl } from "./control.ts";
import { parseJson, stringifyJson } from "./json.ts";
import { createFaults, effectOf, type FaultPlan, type Faults } from "./faults.ts";
import { createCalls, type Calls } from "./calls.ts";
import { createLateCommits, type LateCommits } from "./late-commits.ts";
import type { Clock } from "./clock.ts";
import type { SandboxStore } from "./store.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The faults that strike this call. */
    faults: FaultPlan;
  }
}

/** The body was not JSON. */
export class JsonSyntaxError extends Error {
  override readonly name = "JsonSyntaxError";
  readonly statusCode = 400;
}

/** An error answer in the words of the system this server plays. */
export interface ErrorAnswer {
  readonly contentType?: string;
  readonly body: unknown;
}

export interface SandboxServer {
  readonly app: FastifyInstance;
  readonly faults: Faults;
  readonly calls: Calls;
  readonly lateCommits: LateCommits;
  /** Starts listening (port 0 picks a free one) and says where. */
  listen(host: string, port: number): Promise<{ url: string; port: number }>;
  /** Stops listening, lets running calls end, closes the store. */
  readonly close: () => Promise<void>;
}

export interface SandboxServerOptions {
  readonly store: SandboxStore;
  readonly clock: Clock;
  /** The body of a `status` fault, in this system's error shape. */
  readonly faultAnswer: (
    status: number,
    code: string | undefined,
    message: string | undefined,
  ) => ErrorAnswer;
  readonly expireTokens: () => Promise<void>;
  /** Called when the data went back to the seed. */
  readonly afterReset?: () => void;
  /** Names the calls that one wildcard route answers, for the counts by route; undefined leaves the route's pattern. */
  readonly routeNameOf?: (url: string) => string | undefined;
}

/** Paths of the sandbox itself: never counted, never struck by faults. */
function isOwnPath(url: string): boolean {
  return url === "/" || url.startsWith("/?") || url.startsWith("/_sandbox") || url.startsWith("/records/");
}

function collapseSlashes(url: string): string {
  const [path = "", ...query] = url.split("?");
  return [path.replace(/\/{2,}/g, "/"), ...query].join("?");
}

function addJson(app: FastifyInstance): void {
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser<string>("application/json", { parseAs: "string" }, (_request, text, done) => {
    if (text.trim() === "") return done(null, undefined);
    try {
      done(null, parseJson(text));
    } catch (error) {
      done(new JsonSyntaxError(error instanceof Error ? error.message : "Not JSON"));
    }
  });
  app.setReplySerializer((payload) => stringifyJson(payload));
}

async function strike(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: SandboxServerOptions["faultAnswer"],
): Promise<FastifyReply | undefined> {
  const delay = effectOf(request.faults, "delayMs");
  if (delay) await new Promise((resolve) => setTimeout(resolve, delay.ms));
  if (effectOf(request.faults, "cutBeforeWork")) {
    request.raw.socket.destroy();
    return reply.hijack();
  }
  const status = effectOf(request.faults, "status");
  if (!status) return undefined;
  const { body, contentType } = answer(status.status, status.code, status.message);
  if (status.retryAfterSeconds !== undefined)
    void reply.header("retry-after", String(status.retryAfterSeconds));
  return reply
    .code(status.status)
    .type(contentType ?? "application/json; charset=utf-8")
    .send(body);
}

/** Fails with EADDRINUSE or EACCES before anything on disk is touched. */
export async function checkPortFree(host: string, port: number): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once("error", reject);
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

/** A server without endpoints of its own yet: the caller adds routes to `app`, then calls `listen`. */
export function createSandboxServer(options: SandboxServerOptions): SandboxServer {
  const { store, clock } = options;
  const app = fastify({
    bodyLimit: 50 * 1024 * 1024,
    forceCloseConnections: true,
    rewriteUrl: (request) => collapseSlashes(request.url ?? "/"),
    routerOptions: { maxParamLength: 4096, ignoreTrailingSlash: true },
  });
  const faults = createFaults(clock.now);
  const calls = createCalls();
  const lateCommits = createLateCommits(store, clock);

  addJson(app);
  app.decorateRequest("faults");
  app.addHook("onRequest", async (request, reply) => {
    request.faults = [];
    if (isOwnPath(request.url)) return undefined;
    const route = options.routeNameOf?.(request.url) ?? request.routeOptions.url;
    calls.count(request.method, route ?? request.url.split("?")[0] ?? "");
    request.faults = faults.plan(request.method, request.url);
    return strike(request, reply, options.faultAnswer);
  });
  app.addHook("onSend", async (request, reply, payload) => {
    void reply.header("date", new Date(clock.now()).toUTCString());
    if (effectOf(request.faults, "dropAnswerAfterCommit")) request.raw.socket.destroy();
    return payload;
  });
  registerControl({
    app,
    faults,
    calls,
    clock,
    store,
    expireTokens: options.expireTokens,
    afterReset: options.afterReset ?? (() => undefined),
  });

  return {
    app,
    faults,
    calls,
    lateCommits,
    async listen(host, port) {
      await app.listen({ host, port });
      const address = app.server.address();
      const bound = typeof address === "object" && address ? address.port : port;
      return { url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`, port: bound };
    },
    async close() {
      lateCommits.close();
      await app.close();
      await store.close();
    },
  };
}
