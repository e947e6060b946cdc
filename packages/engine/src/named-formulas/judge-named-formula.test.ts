import type { LibraryFormula } from "@fieldbridge/model";
import { expect, test } from "vitest";
import { judgeNamedFormula } from "./judge-named-formula.ts";

const library = {
  namedFormulas: [{ name: "HALF", parameters: [{ name: "x", type: "number" as const }], body: "x / 2" }],
  valueMaps: [{ name: "Units", entries: [{ from: "Each", to: "PCS" }] }],
  now: "2026-11-21T10:00:00.000Z",
};
const formula = (more: Partial<LibraryFormula>): LibraryFormula => ({
  name: "F",
  parameters: [
    { name: "n", type: "number" },
    { name: "t", type: "text", optional: true },
  ],
  body: "HALF(n)",
  tests: [],
  ...more,
});
const judge = (more: Partial<LibraryFormula>) => judgeNamedFormula(formula(more), library);
const given = (args: Record<string, string>, expected: string) => ({ arguments: args, expected });

test.each([
  ["HALF(n)", { n: "5" }, "2.50", true],
  ["HALF(n)", { n: "5" }, "3", false],
  ["HALF(n)", {}, "", true],
  ["n / 0", { n: "1" }, "FML-301", true],
  ['MAPVALUE("Units", t)', { t: "Each" }, "PCS", true],
  ['MAPVALUE("Units", t)', { t: "Box" }, "FML-309", true],
  ["n > 1", { n: "2" }, "TRUE", true],
  ["TODAY()", {}, "2026-11-21", true],
  ['IF(n = 1, SKIPRECORD("one"), n)', { n: "1" }, "Skip record: one", true],
  ["HALF(n)", { n: "five" }, "2.5", false],
])("a test of %s with %o that expects %s is judged %s", (body, args, expected, passed) => {
  expect(judge({ body, tests: [given(args, expected)] })).toMatchObject({
    ok: passed,
    results: [{ passed }],
  });
});

test("what cannot work is said at its place", () => {
  const codes = (more: Partial<LibraryFormula>) =>
    judge(more).issues.map((each) => `${each.code} ${each.path}`);
  expect(codes({ name: "ROUND" })).toEqual(["LIB-002 name"]);
  expect(codes({ name: "TRUE" })).toEqual(["LIB-002 name"]);
  expect(codes({ body: "F(n)" })).toEqual(["FML-230 body"]);
  expect(codes({ body: "Amount" })).toEqual(["MAP-104 body"]);
  expect(
    codes({
      parameters: [
        { name: "n", type: "text" },
        { name: "N", type: "text" },
      ],
      body: "n",
    }),
  ).toEqual(["LIB-003 parameters.1"]);
  expect(
    codes({
      parameters: [
        { name: "a", type: "text", optional: true },
        { name: "b", type: "text" },
      ],
      body: "a & b",
    }),
  ).toEqual(["LIB-003 parameters.1"]);
});
