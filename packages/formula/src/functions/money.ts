/** Money: currencies, tax and splitting an amount so that its parts add up. */
import { NUMBER } from "../build/built.ts";
import { type Decimal, decimalFromInteger, fromSmall, mul, signOf, sub } from "../decimal/decimal.ts";
import { div, round, trimZeros } from "../decimal/round.ts";
import { FormulaFailure } from "../failure.ts";
import { defineStrict, type FunctionEntry } from "./define.ts";
import { wholeNumber } from "./numbers.ts";

const number = { name: "number", kind: "number" } as const;

function decimalPlaces(value: Decimal | undefined): number {
  return value === undefined ? 2 : wholeNumber(value, "The number of decimals", 0, 20);
}

const decimals = { name: "decimals", kind: "number", optional: true } as const;
const rate = { name: "taxPercent", kind: "number" } as const;

function taxFactor(percent: Decimal): Decimal {
  const factor = sub(fromSmall(1, 0), mul(percent, fromSmall(-1, 2)));
  if (signOf(factor) <= 0) throw new FormulaFailure("FML-306", "The tax must be above -100 percent");
  return factor;
}

export const moneyFunctions: readonly FunctionEntry[] = [
  defineStrict({
    name: "CURRENCYCONVERT",
    cost: 60,
    group: "Money",
    params: [number, { name: "fromRate", kind: "number" }, { name: "toRate", kind: "number" }, decimals],
    returns: NUMBER,
    summary:
      "Converts an amount with two rates that both say how much of the currency one unit of the company's currency buys; rounded, two decimals unless given.",
    excel: "Not in Excel.",
    examples: [
      { formula: "CURRENCYCONVERT(100, 1, 7.46)", result: "746" },
      { formula: "CURRENCYCONVERT(746, 7.46, 1.08)", result: "108" },
      { formula: "CURRENCYCONVERT(10, 3, 1, 4)", result: "3.3333" },
    ],
    run: (_frame, amount, from, to, precision) => round(div(mul(amount, to), from), decimalPlaces(precision)),
  }),
  defineStrict({
    name: "NETFROMGROSS",
    cost: 60,
    group: "Money",
    params: [{ name: "gross", kind: "number" }, rate, decimals],
    returns: NUMBER,
    summary: "The amount without tax, from the amount with tax and the tax in percent (25 means 25 %).",
    excel: "Not in Excel.",
    examples: [
      { formula: "NETFROMGROSS(125, 25)", result: "100" },
      { formula: "NETFROMGROSS(99.95, 19)", result: "83.99" },
      { formula: "NETFROMGROSS(10, 7, 4)", result: "9.3458" },
    ],
    run: (_frame, gross, percent, precision) =>
      round(div(gross, taxFactor(percent)), decimalPlaces(precision)),
  }),
  defineStrict({
    name: "GROSSFROMNET",
    group: "Money",
    params: [{ name: "net", kind: "number" }, rate, decimals],
    returns: NUMBER,
    summary: "The amount with tax, from the amount without tax and the tax in percent (25 means 25 %).",
    excel: "Not in Excel.",
    examples: [
      { formula: "GROSSFROMNET(100, 25)", result: "125" },
      { formula: "GROSSFROMNET(83.99, 19)", result: "99.95" },
      { formula: "GROSSFROMNET(Amount, 0)", result: "1250.5" },
    ],
    run: (_frame, net, percent, precision) => round(mul(net, taxFactor(percent)), decimalPlaces(precision)),
  }),
  defineStrict({
    name: "SPLITAMOUNT",
    cost: 60,
    group: "Money",
    params: [
      { name: "amount", kind: "number" },
      { name: "parts", kind: "number" },
      { name: "position", kind: "number" },
      decimals,
    ],
    returns: NUMBER,
    summary:
      "One of several equal parts of an amount, cut to the decimals; the last part takes the remainder, so the parts add up.",
    excel: "Not in Excel.",
    examples: [
      { formula: "SPLITAMOUNT(100, 3, 1)", result: "33.33" },
      { formula: "SPLITAMOUNT(100, 3, 3)", result: "33.34" },
      { formula: "SPLITAMOUNT(100, 3, 4)", result: "Error FML-306" },
    ],
    run: (_frame, amount, parts, position, precision) => {
      const count = wholeNumber(parts, "The number of parts", 1, 10_000);
      const at = wholeNumber(position, "The position", 1, count);
      const part = round(div(amount, parts), decimalPlaces(precision), "down");
      return trimZeros(at < count ? part : sub(amount, mul(part, decimalFromInteger(count - 1))));
    },
  }),
];
