/** Every example in the function registry is what the function really gives. */
import { describe, expect, it } from "vitest";
import { exampleContext, exampleRecord, exampleScope } from "../src/functions/example-record.ts";
import { compileFormula, evaluateFormula, functions, showResult } from "../src/index.ts";

function resultOf(formula: string): string {
  const compiled = compileFormula(formula, exampleScope);
  if (!compiled.ok)
    return `Issues ${compiled.issues.map((issue) => `${issue.code} ${issue.message}`).join("; ")}`;
  return showResult(evaluateFormula(compiled.formula, exampleRecord, exampleContext));
}

describe("function registry", () => {
  for (const entry of functions) {
    it(`${entry.name} gives what its examples say`, () => {
      const actual = entry.examples.map(({ formula }) => ({ formula, result: resultOf(formula) }));
      expect(actual).toEqual(entry.examples.map(({ formula, result }) => ({ formula, result })));
    });
  }
  it("documents each function once, with at least three examples", () => {
    expect(new Set(functions.map((entry) => entry.name)).size).toBe(functions.length);
    expect(functions.filter((entry) => entry.examples.length < 3).map((entry) => entry.name)).toEqual([]);
  });
});
