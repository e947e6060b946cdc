/**
 * Computes constant expressions once, at compile time. One that fails
 * keeps its failure until it is evaluated, where IFERROR may catch it.
 */
import { createZoneClock } from "../dates/zone.ts";
import { isCatchable } from "../failure.ts";
import type { Built, Frame } from "./built.ts";
import { MAX_STEPS } from "./text-writer.ts";

/** A frame without a record, for expressions that need none. */
export function createEmptyFrame(): Frame {
  return {
    row: {},
    context: { now: "1970-01-01T00:00:00Z", timeZone: "UTC" },
    clock: createZoneClock(),
    item: null,
    steps: 0,
    pending: 0,
    requests: null,
    warnings: null,
  };
}

/** Steps that one formula may spend on being computed beforehand; the rest is left for evaluation. */
const FOLDING_STEPS = 50_000;

/** Folds the constants of one formula, with one budget for all of them. */
export function createConstantFolder(): (built: Built) => Built {
  const frame: Frame = { ...createEmptyFrame(), steps: MAX_STEPS - FOLDING_STEPS };
  return (built) => {
    const { kind } = built.expr;
    if (!built.constant || built.special || (kind !== "call" && kind !== "unary" && kind !== "binary"))
      return built;
    try {
      const value = built.run(frame);
      return { ...built, run: () => value };
    } catch (error) {
      if (!isCatchable(error)) return built;
      return {
        ...built,
        run: () => {
          throw error;
        },
      };
    }
  };
}
