import { describe, expect, test } from "vitest";
import { isSameValue, toPlainNumber } from "./compare-values.ts";
import { hashText } from "./hash.ts";
import { addMs, compareInstants, isSameInstant, msBetween } from "./instants.ts";

describe("hash", () => {
  test.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
    ["é漢😀 Ærø", "cb42d9699211d26946bdbdd6cfed86b77b8059138f61cc07fa4eb4a78fcb4386"],
    ["a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
  ])("is SHA-256 as published", (text, hash) => {
    expect(hashText(text)).toBe(hash);
  });

  test("sees every character of every script", () => {
    const texts = ["é", "e\u0301", "漢", "😀", "\ud83d"];
    expect(new Set(texts.map(hashText)).size).toBe(texts.length);
  });
});

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
