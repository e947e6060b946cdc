import { expect, test } from "vitest";
import { fillFormula } from "./fill-formula.ts";

const parameters = { Company: { type: "text" as const }, From: { type: "date" as const } };

test("parameters are replaced by their values, and nothing else is", () => {
  const formula = 'Kind = param.Company AND Day >= param.From // "param.Company"';
  expect(fillFormula(formula, parameters, { Company: 'A "B"', From: "2026-11-20" })).toBe(
    'Kind = "A ""B""" AND Day >= DATEVALUE("2026-11-20") // "param.Company"',
  );
  expect(fillFormula("Total > 1", parameters, {})).toBe("Total > 1");
});

test("a formula that needs a value nobody gave cannot be asked", () => {
  expect(fillFormula("Day >= param.From", parameters, { From: "" })).toBeUndefined();
});
