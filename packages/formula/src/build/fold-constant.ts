/** Computes constant expressions once, at compile time. One that fails is left to fail when it is evaluated. */
import { createZoneClock } from "../dates/zone.ts";
import type { Built, Frame } from "./built.ts";

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

export function foldConstant(built: Built): Built {
  const { kind } = built.expr;
  if (!built.constant || built.special || (kind !== "call" && kind !== "unary" && kind !== "binary"))
    return built;
  try {
    const value = built.run(createEmptyFrame());
    return { ...built, run: () => value };
  } catch {
    return built;
  }
}
