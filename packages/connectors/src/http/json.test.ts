/** Numbers travel as text and come out as the same digits. */
import { expect, test } from "vitest";
import { parseJson, stringifyJson, toJsonNumber, toPlainDecimal, tryParseJson } from "./json.ts";

test.each([
  "0.1",
  "1250.50",
  "9007199254740993",
  "-0.000000000000000000001",
  "123456789012345678901234567890.123456789",
])("%s keeps every digit on its way in and out", (digits) => {
  const parsed = parseJson(`{"amount":${digits}}`);
  expect(parsed).toEqual({ amount: digits });
  expect(stringifyJson({ amount: toJsonNumber(digits) ?? null })).toBe(`{"amount":${digits}}`);
});

test.each([
  ["1E3", "1000"],
  ["1.5e3", "1500"],
  ["1.0E7", "10000000"],
  ["1.25e1", "12.5"],
  ["-1e-3", "-0.001"],
  ["12.50e-1", "1.250"],
  ["0e5", "0"],
  ["1e999999999", "1e999999999"],
])("%s becomes %s", (text, plain) => {
  expect(toPlainDecimal(text)).toBe(plain);
});

test.each(["", "abc", "1,5", "1e3", "0x10", ".5", "01", "NaN", "Infinity", "1 ", '1"}'])(
  "%j is no number and is never written as one",
  (text) => expect(toJsonNumber(text)).toBeUndefined(),
);

test("text that looks like a number stays text", () => {
  expect(stringifyJson({ code: "007" })).toBe('{"code":"007"}');
});

test("what is not JSON is undefined, not an exception", () => {
  expect(tryParseJson("<html>")).toBeUndefined();
  expect(tryParseJson('{"a":1')).toBeUndefined();
});
