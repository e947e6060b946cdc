// The daily allowance of API calls: counted, told in every answer, and enforced. A proof can lower it to see what a
// client does when it runs out.
import type { FastifyInstance } from "fastify";
import * as z from "zod";
import { stringifyJson } from "../core/json.ts";
import { apiError } from "./errors.ts";

const limitsSchema = z.strictObject({ max: z.int().min(1), used: z.int().min(0) });
const START = { max: 5_000_000, used: 0 };

export interface Limits {
  count(): void;
  readonly state: () => z.infer<typeof limitsSchema>;
  /** Throws REQUEST_LIMIT_EXCEEDED when the allowance is used up. */
  check(): void;
  set(state: z.infer<typeof limitsSchema>): void;
  reset(): void;
}

export function createLimits(): Limits {
  let state = START;
  return {
    count: () => void (state = { ...state, used: state.used + 1 }),
    state: () => state,
    check() {
      if (state.used > state.max)
        throw apiError(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
    },
    set: (next) => void (state = next),
    reset: () => void (state = START),
  };
}

/** `GET` and `PUT /_sandbox/limits` with `{max, used}`. */
export function registerLimits(app: FastifyInstance, limits: Limits): void {
  app.get("/_sandbox/limits", async () => limits.state());
  app.put("/_sandbox/limits", async (request, reply) => {
    const wanted = limitsSchema.safeParse(JSON.parse(stringifyJson(request.body)));
    if (!wanted.success) return reply.code(400).send({ message: z.prettifyError(wanted.error) });
    limits.set(wanted.data);
    return limits.state();
  });
}
