import { describe, expect, it } from "vitest";
import { add, compare, decimal, divide, formatDecimal, lineAmount, parseDecimal, round } from "./decimal.ts";

describe("decimals", () => {
  it("keep every digit from text to text", () => {
    for (const text of ["0", "-0.05", "12.50", "9007199254740993.000000000000000001"])
      expect(formatDecimal(decimal(text))).toBe(text);
    expect(formatDecimal(decimal("1.5e3"))).toBe("1500");
    expect(formatDecimal(decimal("25e-1"))).toBe("2.5");
  });

  it("are not made from text that is no number", () => {
    for (const text of ["", ".", "1,5", "abc", "1.2.3", "0x10"]) expect(parseDecimal(text)).toBeNull();
  });

  it("round half away from zero, in both directions", () => {
    expect(formatDecimal(round(decimal("2.345"), 2))).toBe("2.35");
    expect(formatDecimal(round(decimal("-2.345"), 2))).toBe("-2.35");
    expect(formatDecimal(round(decimal("2.3449999"), 2))).toBe("2.34");
    expect(formatDecimal(divide(decimal("1"), decimal("3"), 4))).toBe("0.3333");
    expect(formatDecimal(divide(decimal("-2"), decimal("3"), 2))).toBe("-0.67");
  });

  it("add exactly where binary numbers do not", () => {
    expect(formatDecimal(add(decimal("0.1"), decimal("0.2")))).toBe("0.3");
    expect(compare(decimal("1.10"), decimal("1.1"))).toBe(0);
  });

  it("compute a line with quantity, price and discount to the cent", () => {
    expect(formatDecimal(lineAmount(decimal("1.25"), decimal("89.50"), decimal("7.5")))).toBe("103.48");
    expect(formatDecimal(lineAmount(decimal("3"), decimal("0.335"), decimal("0")))).toBe("1.01");
  });
});
