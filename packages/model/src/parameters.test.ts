import { describe, expect, test } from "vitest";
import { readParameterSet, resolveParameters, toParameterSet } from "./parameters.ts";

const defined = {
  Company: { type: "text" as const, choices: ["CRONUS", "North"] },
  Rate: { type: "number" as const, default: "1.0" },
  From: { type: "date" as const, label: "First day", default: "" },
};

describe("the parameters of a run", () => {
  test("are the given values with the defaults of the others", () => {
    expect(resolveParameters(defined, { Company: " North " })).toEqual({
      values: { Company: "North", Rate: "1", From: "" },
      issues: [],
    });
  });

  test("are refused one by one: missing, of a wrong type, not among the choices, unknown", () => {
    const { issues } = resolveParameters(defined, { Rate: "1,5", From: "2026-02-30", constructor: "x" });
    expect(issues.map((each) => [each.code, each.path])).toEqual([
      ["PAR-801", "parameters.Company"],
      ["PAR-802", "parameters.Rate"],
      ["PAR-802", "parameters.From"],
      ["PAR-803", "parameters.constructor"],
    ]);
    expect(resolveParameters(defined, { Company: "South" }).issues).toMatchObject([{ code: "PAR-802" }]);
  });

  test.each([
    ["007.50", "7.5"],
    ["-0.0", "0"],
    ["100", "100"],
    ["0.10", "0.1"],
    ["9007199254740993.000000000000001", "9007199254740993.000000000000001"],
  ])("write the number %s as %s, so that equal numbers are one set", (given, kept) => {
    expect(resolveParameters(defined, { Company: "North", Rate: given }).values["Rate"]).toBe(kept);
  });

  test("make one set in any order, and the set gives them back", () => {
    const set = toParameterSet({ b: "2", a: "1" });
    expect(set).toBe(toParameterSet({ a: "1", b: "2" }));
    expect(readParameterSet(set)).toEqual({ a: "1", b: "2" });
    expect(toParameterSet({})).toBe("");
    expect(readParameterSet("")).toEqual({});
  });
});
