/** Time that passes only when somebody sleeps, so that tests wait for nothing and see every wait. */

export interface TestClock {
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  /** Milliseconds of every sleep so far. */
  readonly slept: number[];
}

export function createTestClock(startMs: number = Date.now()): TestClock {
  let nowMs = startMs;
  const slept: number[] = [];
  return {
    slept,
    now: () => nowMs,
    random: () => 0,
    async sleep(ms) {
      slept.push(ms);
      nowMs += ms;
      await Promise.resolve();
    },
  };
}
