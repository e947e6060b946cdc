/** What is repeated and what never is, by verdict. */
import { Fault } from "@fieldbridge/engine";
import { toIssue } from "@fieldbridge/model";
import { expect, test } from "vitest";
import { createTestClock } from "../testing/test-clock.ts";
import type { HttpClient } from "./http-client.ts";
import { lostAnswerFault, unreachableFault } from "./http-faults.ts";
import { toResilience, type ResilienceOptions } from "./resilience.ts";
import { createSystemClient, type SystemCall, type Verdict } from "./system-client.ts";

const origin = "https://own.example";
const final: Verdict = { kind: "final" };
const signedOut: Verdict = { kind: "signed-out", reason: "expired" };
const throttled: Verdict = { kind: "throttled", issue: toIssue("CON-605", "", "Slow down.") };
const broken = (executed: boolean): Verdict => ({
  kind: "broken",
  issue: toIssue("CON-608", "", "Down."),
  executed,
});
const refused: Verdict = { kind: "refused", issue: toIssue("CON-610", "", "No.") };
const lost = lostAnswerFault(origin, new Error("reset"));
const notReached = unreachableFault(origin, new Error("refused"));

/** Runs one call against these verdicts in turn; tells how it ended and what it took. */
async function run(
  safe: boolean,
  turns: readonly (Verdict | Fault)[],
  options: ResilienceOptions & { readonly tokens?: readonly ("requested" | "taken")[] } = {},
) {
  const clock = createTestClock(0);
  let calls = 0;
  let renewals = 0;
  const http: HttpClient = {
    origin,
    async send() {
      calls += 1;
      const turn = turns[Math.min(calls, turns.length) - 1];
      if (turn instanceof Fault) throw turn;
      return { status: 200, body: "", header: () => undefined };
    },
    toPath: (link) => link,
    callCount: () => calls,
  };
  const client = createSystemClient({
    http,
    resilience: toResilience({ ...clock, ...options }, { concurrency: 1 }),
    signIn: {
      headers: async () => ({ authorization: `Bearer ${renewals}` }),
      async renew() {
        renewals += 1;
        return options.tokens?.[renewals - 1] ?? "requested";
      },
    },
    judge() {
      const turn = turns[Math.min(calls, turns.length) - 1];
      return turn === undefined || turn instanceof Fault ? final : turn;
    },
  });
  const call: SystemCall = { method: safe ? "GET" : "POST", path: "/", safe };
  const ended: unknown = await client.call(call).then(
    () => "answered",
    (error: unknown) => error,
  );
  return { ended, calls, renewals, slept: clock.slept };
}

test("an expired token is renewed once, for writes too", async () => {
  expect(await run(false, [signedOut, final])).toMatchObject({ ended: "answered", calls: 2, renewals: 1 });
});

test("a fresh token that is refused as well ends it", async () => {
  expect(await run(true, [signedOut])).toMatchObject({
    ended: { retryable: false, issue: { code: "CON-601" } },
    calls: 2,
    renewals: 1,
  });
});

test("a token another process left that is refused as well is renewed once more, and that ends it", async () => {
  const tokens = ["taken", "requested"] as const;
  const renewals = 2;
  expect(await run(false, [signedOut, signedOut, final], { tokens })).toMatchObject({
    ended: "answered",
    renewals,
  });
  expect(await run(true, [signedOut], { tokens })).toMatchObject({
    ended: { issue: { code: "CON-601" } },
    calls: 3,
    renewals,
  });
});

test("a write whose answer was lost is never sent again, a read is", async () => {
  expect(await run(false, [lost, final])).toMatchObject({ ended: { sent: true }, calls: 1 });
  expect(await run(true, [lost, final])).toMatchObject({ ended: "answered", calls: 2 });
});

test("a write that never left is sent again", async () => {
  expect(await run(false, [notReached, notReached, final])).toMatchObject({ ended: "answered", calls: 3 });
});

test("a failure is repeated for a write only where the system says that it did nothing", async () => {
  expect(await run(false, [broken(true), final])).toMatchObject({ ended: { sent: true }, calls: 1 });
  expect(await run(false, [broken(false), final])).toMatchObject({ ended: "answered", calls: 2 });
  expect(await run(true, [broken(true), final])).toMatchObject({ ended: "answered", calls: 2 });
});

test("tries are limited and the pauses between them grow", async () => {
  expect(await run(true, [notReached], { attempts: 4 })).toMatchObject({
    ended: { retryable: true, sent: false },
    calls: 4,
    slept: [250, 500, 1_000],
  });
});

test("a refusal is not repeated", async () => {
  expect(await run(true, [refused])).toMatchObject({ ended: { retryable: false }, calls: 1, slept: [] });
});

test("without a time from the system, throttling backs off longer each time and gives up in the end", async () => {
  const { ended, slept } = await run(true, [throttled], { maxWaitMs: 10_000 });
  expect(slept).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000]);
  expect(ended).toMatchObject({ retryable: true, sent: false, issue: { code: "CON-605" } });
});

test("a wait that is cut short by a stop ends the call without a further request", async () => {
  const { ended, calls } = await run(true, [throttled], { sleep: () => Promise.resolve() });
  expect(ended).toMatchObject({ retryable: true, issue: { code: "CON-605" } });
  expect(calls).toBe(1);
});

test("five calls without an answer end the retries of the call that made the fifth, without a further wait", async () => {
  const { ended, calls, slept } = await run(true, [notReached], { attempts: 10 });
  expect(calls).toBe(5);
  expect(slept).toEqual([250, 500, 1_000, 2_000]);
  expect(ended).toMatchObject({ closed: true, issue: { code: "CON-611" } });
});

test("refusals and throttling are answers: they never count towards a broken system", async () => {
  const turns = [notReached, notReached, throttled, notReached, notReached, throttled, notReached, final];
  expect(await run(true, turns, { attempts: 10 })).toMatchObject({ ended: "answered", calls: 8 });
});
