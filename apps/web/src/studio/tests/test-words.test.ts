/** A test shows what differs first, and a person decides value by value what is expected. */
import type { TestOutcome, TestResult } from "@fieldbridge/model";
import { expect, test } from "vitest";
import { toPlaceWords, toTestRows, toTestsSentence, toTestState, withExpected } from "./test-words.ts";

const expected: TestOutcome = { action: "sent", reason: null, values: { a: "1", b: "2" }, issues: [] };
const result: TestResult = {
  testId: "1",
  passed: false,
  outcome: { ...expected, values: { a: "1", b: "3", c: null } },
  differences: [{ place: "b", expected: "2", actual: "3" }],
  missing: [],
};

test("what differs stands first, what is not compared last", () => {
  expect(toTestRows(expected, result)).toEqual([
    { place: "b", expected: "2", actual: "3", differs: true },
    { place: "a", expected: "1", actual: "1", differs: false },
    { place: "c", expected: undefined, actual: null, differs: false },
  ]);
});

test("a value can be accepted, made blank or left out of the comparison", () => {
  expect(withExpected(expected, "b", "3").values).toEqual({ a: "1", b: "3" });
  expect(withExpected(expected, "b", null).values).toEqual({ a: "1", b: null });
  expect(withExpected(expected, "b", undefined).values).toEqual({ a: "1" });
});

test("a test without its fields says so before it says that it fails", () => {
  expect([undefined, result, { ...result, missing: ["City"] }].map(toTestState)).toEqual([
    "unknown",
    "fails",
    "lacks",
  ]);
});

test("the sentence counts what does not pass", () => {
  const passing = { ...result, passed: true };
  expect([[passing], [passing, passing], [passing, result], [result]].map(toTestsSentence)).toEqual([
    "The test passes",
    "All 2 tests pass",
    "1 of 2 tests do not pass",
    "1 of 1 test does not pass",
  ]);
});

test("a place in lines is said with the number of the line", () => {
  expect(toPlaceWords("salesInvoiceLines.0.quantity")).toBe("salesInvoiceLines, line 1, quantity");
  expect(toPlaceWords("customerNumber")).toBe("customerNumber");
});
