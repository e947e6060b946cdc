import { expect, test } from "vitest";
import { formatAmount, isZeroAmount } from "./amount.ts";

const plain = (text: string): string => text.replace(/[^\d-]/g, "");

test.each([
  ["0", "000"],
  ["12345.6", "1234560"],
  ["-0.125", "-0125"],
  ["90071992547409931234.10", "9007199254740993123410"],
])("an amount %s keeps every digit and has two decimals or more", (decimal, digits) => {
  expect(plain(formatAmount(decimal))).toBe(digits);
});

test("nothing but zeros is zero", () => {
  expect([isZeroAmount("0.00"), isZeroAmount("-0.01"), isZeroAmount("10")]).toEqual([true, false, false]);
});
