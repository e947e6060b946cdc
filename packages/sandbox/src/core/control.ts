// The control routes under /_sandbox: faults, clock, call counts, token expiry and the reset to the seed. Calls that a
// foreign web page makes a browser send are refused, because these routes need no sign-in.
import type { FastifyInstance } from "fastify";
import * as z from "zod";
import { faultRulesSchema, type Faults } from "./faults.ts";
import { stringifyJson } from "./json.ts";
import type { Calls } from "./calls.ts";
import type { Clock } from "./clock.ts";
import type { SandboxStore } from "./store.ts";

const clockSchema = z.strictObject({ offsetSeconds: z.number() });

/** Plain JSON values (native numbers) for zod. */
function plain(body: unknown): unknown {
  return body === undefined ? undefined : JSON.parse(stringifyJson(body));
}

export function registerControl(parts: {
  app: FastifyInstance;
  faults: Faults;
  calls: Calls;
  clock: Clock;
  store: SandboxStore;
  expireTokens: () => Promise<void>;
  afterReset: () => void;
}): void {
  const { app, faults, calls, clock, store, expireTokens, afterReset } = parts;
  const clockState = () => ({
    now: new Date(clock.now()).toISOString(),
    offsetSeconds: clock.offsetMs() / 1000,
  });

  app.addHook("onRequest", async (request, reply) => {
    if (!request.url.startsWith("/_sandbox")) return undefined;
    const site = request.headers["sec-fetch-site"];
    if (site === undefined || site === "same-origin" || site === "none") return undefined;
    return reply.code(403).send({ message: "The sandbox controls answer only to the sandbox's own page." });
  });

  app.get("/_sandbox/calls", async () => ({ total: calls.total(), byRoute: calls.byRoute() }));
  app.delete("/_sandbox/calls", async (_request, reply) => {
    calls.reset();
    return reply.code(204).send();
  });

  app.get("/_sandbox/faults", async () => faults.rules());
  app.put("/_sandbox/faults", async (request, reply) => {
    const rules = faultRulesSchema.safeParse(plain(request.body));
    if (!rules.success) return reply.code(400).send({ message: z.prettifyError(rules.error) });
    const unreadable = rules.data.find((rule) => !isReadablePath(rule.match.path));
    if (unreadable) return reply.code(400).send({ message: `Not a pattern: ${unreadable.match.path}` });
    faults.set(rules.data);
    return faults.rules();
  });
  app.delete("/_sandbox/faults", async (_request, reply) => {
    faults.set([]);
    return reply.code(204).send();
  });

  app.get("/_sandbox/clock", async () => clockState());
  app.post("/_sandbox/clock", async (request, reply) => {
    const wanted = clockSchema.safeParse(plain(request.body));
    if (!wanted.success) return reply.code(400).send({ message: z.prettifyError(wanted.error) });
    clock.setOffset(wanted.data.offsetSeconds * 1000);
    return clockState();
  });

  app.post("/_sandbox/expire-tokens", async (_request, reply) => {
    await expireTokens();
    return reply.code(204).send();
  });
  app.post("/_sandbox/reset", async (_request, reply) => {
    faults.set([]);
    clock.setOffset(0);
    await store.reset();
    calls.reset();
    afterReset();
    return reply.code(204).send();
  });
}

function isReadablePath(path: string | undefined): boolean {
  try {
    return path === undefined || !path.startsWith("^") || new RegExp(path) instanceof RegExp;
  } catch {
    return false;
  }
}
