/**
 * Places where a test may let the world fail: before and after the effect of every port call, and between the
 * records of one batch. The places are counted as they are passed, so that a test can visit each of them.
 */

/** The process died here. No `Fault`: nothing in the engine may catch it. */
export class Crash extends Error {
  override readonly name = "Crash";
}

export interface FaultPoint {
  /** Counts from 0 in the order of passing. */
  readonly index: number;
  /** For example `target.write`. */
  readonly call: string;
  readonly at: "before" | "during" | "after";
}

/** Throws to make the call fail there. */
export type FaultRule = (point: FaultPoint) => void;

export interface FaultPoints {
  readonly pass: (call: string, at: FaultPoint["at"]) => void;
  readonly passed: () => readonly FaultPoint[];
}

export const crashAt =
  (index: number): FaultRule =>
  (point) => {
    if (point.index === index) throw new Crash(`crashed ${point.at} ${point.call} (${point.index})`);
  };

export function createFaultPoints(rule: FaultRule = () => undefined): FaultPoints {
  const passed: FaultPoint[] = [];
  return {
    pass: (call, at) => {
      const point = { index: passed.length, call, at };
      passed.push(point);
      rule(point);
    },
    passed: () => passed,
  };
}
