import { expect, it } from "vitest";
import { applyDateFormula } from "./due-date.ts";

it.each([
  ["2026-01-31", "", "2026-01-31"],
  ["2026-01-31", "0D", "2026-01-31"],
  ["2026-01-31", "30D", "2026-03-02"],
  ["2026-01-31", "1M", "2026-02-28"],
  ["2024-02-29", "1Y", "2025-02-28"],
  ["2026-02-10", "CM", "2026-02-28"],
  ["2026-02-10", "CM+14D", "2026-03-14"],
  ["2026-02-10", "2W", "2026-02-24"],
  ["2026-11-20", "CW", "2026-11-22"],
  ["2026-02-10", "-1D", "2026-02-09"],
])("from %s the formula '%s' leads to %s", (day, formula, expected) => {
  expect(applyDateFormula(day, formula)).toBe(expected);
});
