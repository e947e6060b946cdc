/** Runs a proof or benchmark at its small size; the figure is the message where it misses its goal. */
import { expect, inject } from "vitest";
import { toLine, type Measure } from "../stage/figure.ts";

export async function expectGoal(measure: Measure): Promise<void> {
  const figure = await measure({ size: "small", server: inject("server"), say: () => undefined });
  expect(figure.met, toLine(figure)).toBe(true);
}
