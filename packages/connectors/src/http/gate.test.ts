/** The gate is shared by everybody who uses a connection: nobody slips through a pause, nobody waits for ever. */
import { Fault } from "@fieldbridge/engine";
import { toIssue } from "@fieldbridge/model";
import { describe, expect, test } from "vitest";
import { createTestClock } from "../testing/test-clock.ts";
import { createGate, toTestGate, type Gate } from "./gate.ts";

const slowDown = toIssue("CON-605", "", "Slow down.");
/** Lets everything run that can run without time passing. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

test("no more calls run at once than allowed, and each that leaves lets one in", async () => {
  const gate = createGate({ concurrency: 2, ...createTestClock() });
  const inside: (() => void)[] = [];
  for (let caller = 0; caller < 5; caller += 1) void gate.enter(0).then((leave) => inside.push(leave));
  await settle();
  expect(inside).toHaveLength(2);
  inside[0]?.();
  inside[0]?.();
  await settle();
  expect(inside).toHaveLength(3);
});

test("no span of time has more calls than allowed, and none of the allowance is wasted", async () => {
  const clock = createTestClock(0);
  const gate = createGate({ concurrency: 100, window: { calls: 10, perMs: 1_000 }, ...clock });
  const startedAt: number[] = [];
  for (let call = 0; call < 35; call += 1) {
    (await gate.enter(0))();
    startedAt.push(clock.now());
    await clock.sleep(10);
  }
  const mostInSpan = Math.max(
    ...startedAt.map((from) => startedAt.filter((at) => at >= from && at < from + 1_000).length),
  );
  expect(mostInSpan).toBe(10);
  expect(startedAt.at(-1)).toBeLessThan(3_100);
});

test("a pause holds everybody until its very end", async () => {
  const clock = createTestClock(0);
  const gate = createGate({ concurrency: 5, ...clock });
  gate.pause(7_000, slowDown);
  (await gate.enter(10_000))();
  expect(clock.now()).toBe(7_000);
});

test("a shorter pause never ends a longer one", async () => {
  const clock = createTestClock(0);
  const gate = createGate({ concurrency: 5, ...clock });
  gate.pause(9_000, slowDown);
  gate.pause(1_000, slowDown);
  (await gate.enter(10_000))();
  expect(clock.now()).toBe(9_000);
});

test("a pause longer than the caller's patience is a retryable fault at once, with the time that is left", async () => {
  const clock = createTestClock(0);
  const gate = createGate({ concurrency: 5, ...clock });
  gate.pause(60_000, slowDown);
  await clock.sleep(10_000);
  const caught: unknown = await gate.enter(1_000).catch((error: unknown) => error);
  expect(caught).toBeInstanceOf(Fault);
  expect(caught).toMatchObject({
    retryable: true,
    sent: false,
    retryAfterMs: 50_000,
    closed: true,
    issue: slowDown,
  });
  expect(clock.slept).toEqual([10_000]);
});

test("after a pause one call goes first and the others follow when it is back", async () => {
  const gate = createGate({ concurrency: 5, ...createTestClock(0) });
  gate.pause(1_000, slowDown);
  const inside: (() => void)[] = [];
  for (let caller = 0; caller < 4; caller += 1) void gate.enter(5_000).then((leave) => inside.push(leave));
  await settle();
  expect(inside).toHaveLength(1);
  inside[0]?.();
  await settle();
  expect(inside).toHaveLength(4);
});

test("a sleep that ends early, as on a stop, ends the wait instead of the pause", async () => {
  const gate = createGate({ concurrency: 5, now: () => 0, sleep: () => Promise.resolve() });
  gate.pause(5_000, slowDown);
  await expect(gate.enter(10_000)).rejects.toMatchObject({ retryable: true, retryAfterMs: 5_000 });
});

test("a stop also ends the wait for a free place in the span, and the gate stays usable", async () => {
  const clock = createTestClock(0);
  const gate = createGate({ concurrency: 5, window: { calls: 1, perMs: 1_000 }, ...clock });
  (await gate.enter(0))();
  await expect(gate.enter(0, () => Promise.resolve())).rejects.toMatchObject({
    retryable: true,
    sent: false,
    retryAfterMs: 1_000,
  });
  (await gate.enter(0))();
  expect(clock.now()).toBe(1_000);
});

describe("a system that does not answer", () => {
  const down = toIssue("CON-602", "", "Nothing answers.");
  const enterOnce = (gate: Gate) => gate.enter(60_000).then((leave) => leave());

  function breakDown() {
    const clock = createTestClock(0);
    const gate = createGate({ concurrency: 5, name: "ERP", ...clock });
    for (let call = 0; call < 5; call += 1) gate.noteFailure(down);
    return { clock, gate };
  }

  test("is not called again after five calls in a row, and whoever asks is told at once when it is tried", async () => {
    const { clock, gate } = breakDown();
    await expect(gate.enter(60_000)).rejects.toMatchObject({
      retryable: true,
      sent: false,
      closed: true,
      retryAfterMs: 2_500,
      issue: {
        code: "CON-611",
        message: "ERP has not answered 5 calls in a row. The last time: Nothing answers.",
      },
    });
    expect(clock.slept).toEqual([]);
  });

  test("is called on as long as an answer comes in between", async () => {
    const gate = createGate({ concurrency: 5, ...createTestClock(0) });
    for (let call = 0; call < 20; call += 1) {
      expect(gate.noteFailure(down)).toBe(false);
      if (call % 4 === 3) gate.noteAnswer();
    }
    await enterOnce(gate);
  });

  test("is tried by one call alone; the others are sent away instead of waiting for it", async () => {
    const { clock, gate } = breakDown();
    await clock.sleep(2_500);
    const leave = await gate.enter(60_000);
    await expect(gate.enter(60_000)).rejects.toMatchObject({ closed: true });
    gate.noteAnswer();
    leave();
    await Promise.all([enterOnce(gate), enterOnce(gate)]);
  });

  test("the test of a person calls a broken system all the same, and its answer lets everybody in", async () => {
    const { clock, gate } = breakDown();
    const testGate = toTestGate(gate);
    (await testGate.enter(0))();
    await expect(gate.enter(60_000)).rejects.toMatchObject({ closed: true });
    testGate.noteAnswer();
    await enterOnce(gate);
    expect(clock.slept).toEqual([]);
  });

  test("is tried after pauses that grow up to minutes", async () => {
    const { clock, gate } = breakDown();
    const pauses: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const fault: unknown = await gate.enter(60_000).catch((error: unknown) => error);
      const waitMs = fault instanceof Fault ? (fault.retryAfterMs ?? 0) : 0;
      pauses.push(waitMs);
      await clock.sleep(waitMs);
      const leave = await gate.enter(60_000);
      expect(gate.noteFailure(down)).toBe(true);
      leave();
    }
    expect(pauses).toEqual([2_500, 5_000, 10_000, 20_000, 40_000, 80_000, 150_000, 150_000]);
  });
});
