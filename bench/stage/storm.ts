/**
 * A storm before a sandbox, made by a proxy: 429 with a Retry-After that grows when it is ignored, limits without
 * Retry-After, 503 and slow answers. It notes every call that came while nobody was to call.
 */
import type { Random } from "./random.ts";
import type { ProxyAnswer, ProxyCall, ProxyRules } from "./proxy.ts";

export interface Storm {
  readonly rules: ProxyRules;
  /** Calls inside a Retry-After. */
  readonly early: () => number;
  /** Calls struck, by what struck them. */
  readonly struck: () => Readonly<Record<string, number>>;
}

/** A call that was under way when the pause began is nobody's fault. */
const underWayMs = 100;

const bodies = {
  salesforce: (code: string, message: string) => JSON.stringify([{ errorCode: code, message }]),
  "business-central": (code: string, message: string) => JSON.stringify({ error: { code, message } }),
};

export function createStorm(
  system: keyof typeof bodies,
  random: Random,
  options: { readonly retryAfterSeconds: readonly number[] },
): Storm {
  const toBody = bodies[system];
  const struck: Record<string, number> = {};
  let [early, pausedFromMs, pausedUntilMs, growth] = [0, 0, 0, 1];

  const strike = (name: string): void => {
    struck[name] = (struck[name] ?? 0) + 1;
  };
  const pause = (seconds: number): ProxyAnswer => {
    const now = Date.now();
    if (now > pausedUntilMs) pausedFromMs = now + underWayMs;
    pausedUntilMs = Math.max(pausedUntilMs, now + seconds * 1_000);
    strike("429");
    return {
      status: 429,
      body: toBody("TooManyRequests", "Too many requests."),
      headers: { "retry-after": String(seconds) },
    };
  };

  async function before(_call: ProxyCall): Promise<ProxyAnswer | undefined> {
    const now = Date.now();
    if (now < pausedUntilMs) {
      if (now > pausedFromMs) {
        early += 1;
        growth *= 2;
      }
      return pause(Math.ceil((pausedUntilMs - now) / 1_000) * growth);
    }
    growth = 1;
    const chance = random.next();
    if (chance < 0.05) return pause(random.pick(options.retryAfterSeconds));
    if (chance < 0.09) {
      strike("503");
      return { status: 503, body: toBody("SERVER_UNAVAILABLE", "The server is busy.") };
    }
    if (chance < 0.12 && system === "salesforce") {
      strike("403");
      const message = "ConcurrentPerOrgLongTxn Limit exceeded.";
      return { status: 403, body: toBody("REQUEST_LIMIT_EXCEEDED", message) };
    }
    if (chance < 0.17) {
      strike("slow");
      await new Promise((resolve) => setTimeout(resolve, random.between(50, 400)));
    }
    return undefined;
  }

  return { rules: { before }, early: () => early, struck: () => struck };
}
