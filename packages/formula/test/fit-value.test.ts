/** Values into target fields: exact or refused. */
import { describe, expect, it } from "vitest";
import { type FieldShape, fitValue, parseDecimal, type Value } from "../src/index.ts";

function fit(value: Value, field: Omit<FieldShape, "name">): unknown {
  const result = fitValue(value, { name: "Field", ...field });
  return result.ok ? result.cell : result.issue.code;
}

const number = (text: string) => parseDecimal(text);

describe("fitValue", () => {
  it("writes blank and empty text as null", () => {
    expect(fit(null, { type: "number" })).toBeNull();
    expect(fit("", { type: "text" })).toBeNull();
  });
  it("counts text in code points and never cuts it", () => {
    expect(fit("abc", { type: "text", length: 3 })).toBe("abc");
    expect(fit("😀😀😀", { type: "text", length: 3 })).toBe("😀😀😀");
    expect(fit("abcd", { type: "text", length: 3 })).toBe("MAP-102");
  });
  it("writes numbers to text fields in their canonical form", () => {
    expect(fit(number("1250.50"), { type: "text" })).toBe("1250.5");
    expect(fit(number("12345"), { type: "text", length: 3 })).toBe("MAP-102");
  });
  it("never rounds: more decimals than the field has are refused", () => {
    expect(fit(number("1.25"), { type: "number", scale: 2 })).toBe("1.25");
    expect(fit(number("1.250"), { type: "number", scale: 2 })).toBe("1.25");
    expect(fit(number("1.255"), { type: "number", scale: 2 })).toBe("MAP-121");
    expect(fit(number("10"), { type: "number", scale: 0 })).toBe("10");
    expect(fit(number("0.5"), { type: "number", scale: 0 })).toBe("MAP-121");
  });
  it("refuses numbers with too many digits", () => {
    expect(fit(number("9999.99"), { type: "number", precision: 6, scale: 2 })).toBe("9999.99");
    expect(fit(number("10000"), { type: "number", precision: 6, scale: 2 })).toBe("MAP-122");
    expect(fit(number("-10000.5"), { type: "number", precision: 6, scale: 2 })).toBe("MAP-122");
    expect(fit(number("0.01"), { type: "number", precision: 2, scale: 2 })).toBe("0.01");
    expect(fit(number("1e20"), { type: "number", precision: 18, scale: 0 })).toBe("MAP-122");
    expect(fit(number("123456"), { type: "number", precision: 6 })).toBe("123456");
    expect(fit(number("1234567"), { type: "number", precision: 6 })).toBe("MAP-122");
    expect(fit(number("0"), { type: "number", precision: 1, scale: 1 })).toBe("0");
  });
  it("refuses codes outside a restricted list only", () => {
    const choices = [{ code: "a", label: "A" }];
    expect(fit("a", { type: "choice", choices, restricted: true })).toBe("a");
    expect(fit("b", { type: "choice", choices, restricted: true })).toBe("MAP-105");
    expect(fit("b", { type: "choice", choices })).toBe("b");
  });
  it("refuses every other type instead of converting", () => {
    expect(fit("1", { type: "number" })).toBe("MAP-103");
    expect(fit(true, { type: "text" })).toBe("MAP-103");
    expect(fit("true", { type: "boolean" })).toBe("MAP-103");
    expect(fit("2026-01-01", { type: "date" })).toBe("MAP-103");
    expect(fit({ kind: "date", days: 0 }, { type: "datetime" })).toBe("MAP-103");
    expect(fit({ kind: "list", items: [] }, { type: "text" })).toBe("MAP-103");
  });
  it("writes dates, instants and times as ISO text", () => {
    expect(fit({ kind: "date", days: 0 }, { type: "date" })).toBe("1970-01-01");
    expect(fit({ kind: "datetime", ms: 500, nanos: 0 }, { type: "datetime" })).toBe("1970-01-01T00:00:00.5Z");
    expect(fit({ kind: "time", nanos: 3_600_000_000_000 }, { type: "time" })).toBe("01:00:00");
  });
});
