// Faults on request: rules that say which calls fail and how, so that a proof, or a person on the sandbox page, can
// make this server behave as badly as the real world does. The rules live in memory and end with the process.
import * as z from "zod";
import { createRandom } from "./random.ts";

const effectSchema = z.discriminatedUnion("type", [
  /** Does the work, stores it, then cuts the connection: the caller never learns that it succeeded. */
  z.strictObject({ type: z.literal("dropAnswerAfterCommit") }),
  /** Cuts the connection before anything happens. */
  z.strictObject({ type: z.literal("cutBeforeWork") }),
  /** Answers with this HTTP status instead of doing the work. */
  z.strictObject({
    type: z.literal("status"),
    status: z.int().min(400).max(599),
    retryAfterSeconds: z.number().min(0).optional(),
    code: z.string().optional(),
    message: z.string().optional(),
  }),
  /** Waits before the work. */
  z.strictObject({ type: z.literal("delayMs"), ms: z.number().min(0).max(600_000) }),
  /** Gives the per-record answers of a batch in another order. */
  z.strictObject({ type: z.literal("shuffledAnswers") }),
  /** Leaves the last `missing` per-record answers of a batch out. */
  z.strictObject({ type: z.literal("shortAnswers"), missing: z.int().min(1).default(1) }),
  /** Refuses writes to these rows (all rows of the call when no keys are given) as locked by somebody else. */
  z.strictObject({ type: z.literal("lockedRows"), keys: z.array(z.string()).optional() }),
  /** Stamps the rows now; they become visible, and the call is answered, so many seconds later by the server's clock. */
  z.strictObject({ type: z.literal("lateCommit"), seconds: z.number().min(0) }),
  /** Gives every row written the same change stamp: `at`, or the second in which the rule was set. */
  z.strictObject({ type: z.literal("sameSecondStamps"), at: z.iso.datetime().optional() }),
]);

const ruleSchema = z.strictObject({
  match: z.strictObject({
    method: z.string().toUpperCase().optional(),
    /** A prefix of the path with its query, or a regular expression when it starts with `^`. */
    path: z.string().optional(),
  }),
  /** How many matching calls it strikes before it is spent; without it the rule stays. */
  times: z.int().min(1).optional(),
  /** The share of matching calls it strikes, from 0 to 1; without it every one. */
  share: z.number().min(0).max(1).optional(),
  /** How many matching calls pass before the rule begins to strike. */
  after: z.int().min(0).default(0),
  effect: effectSchema,
});

export const faultRulesSchema = z.array(ruleSchema);
export type FaultEffect = z.infer<typeof effectSchema>;
export type FaultRule = z.infer<typeof ruleSchema>;

/** What strikes one call. */
export type FaultPlan = readonly FaultEffect[];

export interface Faults {
  rules(): readonly (FaultRule & { struck: number })[];
  /** Replaces all rules. */
  set(rules: readonly FaultRule[]): void;
  /** The effects for this call; counts against the rules that strike. */
  plan(method: string, url: string): FaultPlan;
}

interface LiveRule {
  readonly rule: FaultRule;
  readonly matchesPath: (url: string) => boolean;
  seen: number;
  struck: number;
}

function pathTest(path: string | undefined): (url: string) => boolean {
  if (path === undefined) return () => true;
  if (!path.startsWith("^")) return (url) => url.startsWith(path);
  const pattern = new RegExp(path);
  return (url) => pattern.test(url);
}

/** No rules at first. `nowMs` dates a `sameSecondStamps` rule that names no time. */
export function createFaults(nowMs: () => number): Faults {
  let live: LiveRule[] = [];
  let random = createRandom(1);

  function strikes(entry: LiveRule, method: string, url: string): boolean {
    const { rule } = entry;
    if (rule.match.method !== undefined && rule.match.method !== method) return false;
    if (!entry.matchesPath(url)) return false;
    entry.seen += 1;
    if (entry.seen <= rule.after) return false;
    if (rule.times !== undefined && entry.struck >= rule.times) return false;
    if (rule.share !== undefined && random.next() >= rule.share) return false;
    entry.struck += 1;
    return true;
  }

  return {
    rules: () => live.map((entry) => ({ ...entry.rule, struck: entry.struck })),
    set(rules) {
      random = createRandom(1);
      const second = new Date(Math.floor(nowMs() / 1000) * 1000).toISOString();
      live = rules.map((rule) => ({
        rule:
          rule.effect.type === "sameSecondStamps"
            ? { ...rule, effect: { ...rule.effect, at: rule.effect.at ?? second } }
            : rule,
        matchesPath: pathTest(rule.match.path),
        seen: 0,
        struck: 0,
      }));
    },
    plan: (method, url) =>
      live.filter((entry) => strikes(entry, method, url)).map((entry) => entry.rule.effect),
  };
}

/** The first effect of that type in a plan. */
export function effectOf<T extends FaultEffect["type"]>(
  plan: FaultPlan,
  type: T,
): Extract<FaultEffect, { type: T }> | undefined {
  return plan.find((effect): effect is Extract<FaultEffect, { type: T }> => effect.type === type);
}

/** Per-record answers as the plan distorts them: shuffled, cut short, or untouched. */
export function distortAnswers<T>(plan: FaultPlan, answers: readonly T[]): T[] {
  const shuffled = effectOf(plan, "shuffledAnswers")
    ? createRandom(answers.length).shuffle(answers)
    : answers;
  const short = effectOf(plan, "shortAnswers");
  return shuffled.slice(0, short ? Math.max(0, shuffled.length - short.missing) : shuffled.length);
}

/** Whether a write to the row with this key is refused as locked. */
export function isLocked(plan: FaultPlan, key: string): boolean {
  return plan.some(
    (effect) => effect.type === "lockedRows" && (effect.keys === undefined || effect.keys.includes(key)),
  );
}
