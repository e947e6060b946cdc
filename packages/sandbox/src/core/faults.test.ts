import { describe, expect, it } from "vitest";
import { createFaults, distortAnswers, faultRulesSchema, isLocked } from "./faults.ts";

function faultsWith(rules: unknown) {
  const faults = createFaults(() => Date.UTC(2026, 10, 3, 8));
  faults.set(faultRulesSchema.parse(rules));
  return faults;
}

describe("fault rules", () => {
  it("strike by method and path prefix or pattern, as often as told", () => {
    const faults = faultsWith([
      { match: { method: "post", path: "/a" }, times: 2, after: 1, effect: { type: "cutBeforeWork" } },
      { match: { path: "^/b/\\d+$" }, effect: { type: "status", status: 503 } },
    ]);
    const strikes = (method: string, url: string) => faults.plan(method, url).map((effect) => effect.type);
    expect(strikes("GET", "/a/1")).toEqual([]);
    expect([1, 2, 3, 4].map(() => strikes("POST", "/a/1").length)).toEqual([0, 1, 1, 0]);
    expect([strikes("GET", "/b/7"), strikes("GET", "/b/x")]).toEqual([["status"], []]);
    expect(faults.rules().map((rule) => rule.struck)).toEqual([2, 1]);
  });

  it("strike the given share of calls, the same ones every time", () => {
    const rules = [{ match: {}, share: 0.05, effect: { type: "dropAnswerAfterCommit" } }];
    const struck = () => {
      const faults = faultsWith(rules);
      return Array.from({ length: 2000 }, () => faults.plan("GET", "/").length);
    };
    const total = struck().reduce((sum, each) => sum + each, 0);
    expect(total).toBeGreaterThan(60);
    expect(total).toBeLessThan(140);
    expect(struck()).toEqual(struck());
  });

  it("are refused when they are not understood", () => {
    expect(faultRulesSchema.safeParse([{ match: {}, effect: { type: "explode" } }]).success).toBe(false);
    expect(
      faultRulesSchema.safeParse([{ match: { verb: "GET" }, effect: { type: "cutBeforeWork" } }]).success,
    ).toBe(false);
  });

  it("shuffle and shorten answers without losing one unasked, and lock only the rows named", () => {
    const answers = Array.from({ length: 20 }, (_none, index) => index);
    const shuffled = distortAnswers([{ type: "shuffledAnswers" }], answers);
    expect(shuffled).not.toEqual(answers);
    expect([...shuffled].sort((a, b) => a - b)).toEqual(answers);
    expect(distortAnswers([{ type: "shortAnswers", missing: 3 }], answers)).toEqual(answers.slice(0, 17));
    expect(isLocked([{ type: "lockedRows", keys: ["a"] }], "a")).toBe(true);
    expect(isLocked([{ type: "lockedRows", keys: ["a"] }], "b")).toBe(false);
    expect(isLocked([{ type: "lockedRows" }], "b")).toBe(true);
  });
});
