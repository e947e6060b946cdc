import { describe, expect, test } from "vitest";
import { isSameValue, toPlainNumber } from "./compare-values.ts";
import { addMs, compareInstants, isSameInstant, msBetween } from "./instants.ts";

describe("comparison", () => {
  test.each([
    ["1250.50", "1250.5"],
    ["-0012.500", "-12.5"],
    ["-0.00", "0"],
    ["1.2e3", "1200"],
    ["12e-4", "0.0012"],
    ["+7", "7"],
    ["9007199254740993", "9007199254740993"],
    ["no number", "no number"],
  ])("plain number of %s is %s", (text, plain) => {
    expect(toPlainNumber(text)).toBe(plain);
  });

  test.each([
    ["number", "1.10", "1.1", true],
    ["number", "1.10", "1.11", false],
    ["text", "1.10", "1.1", false],
    ["text", "a", "A", false],
    ["text", "", null, true],
    ["text", " ", null, false],
    ["boolean", false, null, false],
    ["boolean", true, true, true],
    ["datetime", "2026-11-20T08:00:00Z", "2026-11-20T09:00:00.000+01:00", true],
    ["datetime", "2026-11-20T08:00:00.0000001Z", "2026-11-20T08:00:00Z", false],
    ["time", "08:00", "08:00:00.0000000", true],
    ["date", "2026-11-20", "2026-11-21", false],
  ] as const)("%s %s and %s: %s", (type, left, right, same) => {
    expect(isSameValue(type, left, right)).toBe(same);
  });
});

describe("instants", () => {
  test("are compared to the last digit, whatever their zone", () => {
    expect(compareInstants("2026-11-20T08:00:00.1234567Z", "2026-11-20T08:00:00.123456Z")).toBe(1);
    expect(isSameInstant("2026-11-20T08:00:00+0100", "2026-11-20T07:00:00Z")).toBe(true);
    expect(isSameInstant("soon", "2026-11-20T07:00:00Z")).toBe(false);
  });

  test("are moved and measured in milliseconds, across midnight and years", () => {
    expect(addMs("2026-12-31T23:59:59.9999999Z", 1)).toBe("2027-01-01T00:00:00.000Z");
    expect(msBetween("2026-12-31T23:59:59Z", "2027-01-01T00:00:01Z")).toBe(2_000);
  });
});
