/** Numbers: rounding by name, integer parts, powers. All exact, see formula.md on numbers. */
import { NUMBER } from "../build/built.ts";
import {
  absolute,
  compare,
  type Decimal,
  decimalFromInteger,
  isZero,
  mul,
  signOf,
  sub,
} from "../decimal/decimal.ts";
import { power, squareRoot } from "../decimal/power.ts";
import type { RoundingMode } from "../decimal/coefficient.ts";
import { div, mod, round } from "../decimal/round.ts";
import { defineStrict, type FunctionEntry } from "./define.ts";
import { wholeNumber } from "./numbers.ts";

const number = { name: "number", kind: "number" } as const;
const digits = { name: "digits", kind: "number", optional: true } as const;
const multiple = { name: "multiple", kind: "number" } as const;
const HUNDRED = decimalFromInteger(100);

function digitsOf(value: Decimal | undefined): number {
  return value === undefined ? 0 : wholeNumber(value, "The number of digits", -40, 40);
}

/** The multiple of `step` that the quotient rounds to. */
function roundToMultiple(value: Decimal, step: Decimal, mode: RoundingMode): Decimal {
  if (isZero(step)) return decimalFromInteger(0);
  const rest = mod(value, absolute(step));
  const below = sub(value, rest);
  if (isZero(rest)) return value;
  const unit = absolute(step);
  if (mode === "floor") return below;
  const above = sub(below, mul(unit, decimalFromInteger(-1)));
  if (mode === "ceiling") return above;
  const half = compare(mul(rest, decimalFromInteger(2)), unit);
  return half > 0 || (half === 0 && signOf(value) >= 0) ? above : below;
}

function rounding(
  name: string,
  mode: RoundingMode,
  summary: string,
  examples: FunctionEntry["examples"],
  excel?: string,
): FunctionEntry {
  return defineStrict({
    name,
    group: "Number",
    params: [number, digits],
    returns: NUMBER,
    summary,
    ...(excel && { excel }),
    examples,
    run: (_frame, value, places) => round(value, digitsOf(places), mode),
  });
}

export const numberFunctions: readonly FunctionEntry[] = [
  rounding(
    "ROUND",
    "halfAway",
    "Rounds to a number of decimals, halves away from zero. Negative digits round to tens and hundreds.",
    [
      { formula: "ROUND(1.005, 2)", result: "1.01" },
      { formula: "ROUND(-2.5, 0)", result: "-3" },
      { formula: "ROUND(Amount, -2)", result: "1300" },
    ],
    "Exact: 1.005 is 1.005 and not a little less. The digits may be left out.",
  ),
  rounding("ROUNDUP", "up", "Rounds away from zero.", [
    { formula: "ROUNDUP(2.001, 0)", result: "3" },
    { formula: "ROUNDUP(-2.001, 0)", result: "-3" },
    { formula: "ROUNDUP(1.23, 1)", result: "1.3" },
  ]),
  rounding("ROUNDDOWN", "down", "Rounds towards zero.", [
    { formula: "ROUNDDOWN(2.999, 0)", result: "2" },
    { formula: "ROUNDDOWN(-2.999, 1)", result: "-2.9" },
    { formula: "ROUNDDOWN(1299, -2)", result: "1200" },
  ]),
  rounding(
    "BANKROUND",
    "halfEven",
    "Rounds halves to the even neighbour, as banks do.",
    [
      { formula: "BANKROUND(2.5, 0)", result: "2" },
      { formula: "BANKROUND(3.5, 0)", result: "4" },
      { formula: "BANKROUND(1.245, 2)", result: "1.24" },
    ],
    "Not in Excel.",
  ),
  rounding("TRUNC", "down", "Cuts decimals off, without rounding.", [
    { formula: "TRUNC(12.99)", result: "12" },
    { formula: "TRUNC(-12.99)", result: "-12" },
    { formula: "TRUNC(12.987, 2)", result: "12.98" },
  ]),
  defineStrict({
    name: "MROUND",
    group: "Number",
    params: [number, multiple],
    returns: NUMBER,
    summary: "Rounds to the nearest multiple, halves away from zero.",
    excel: "Works for numbers of different sign too, where Excel gives an error.",
    examples: [
      { formula: "MROUND(12.37, 0.05)", result: "12.35" },
      { formula: "MROUND(7.5, 5)", result: "10" },
      { formula: "MROUND(7, 0)", result: "0" },
    ],
    run: (_frame, value, step) => roundToMultiple(value, step, "halfAway"),
  }),
  defineStrict({
    name: "INT",
    group: "Number",
    params: [number],
    returns: NUMBER,
    summary: "The whole number below: rounds towards minus infinity.",
    examples: [
      { formula: "INT(8.9)", result: "8" },
      { formula: "INT(-8.9)", result: "-9" },
      { formula: "INT(Discount)", result: "BLANK" },
    ],
    run: (_frame, value) => round(value, 0, "floor"),
  }),
  defineStrict({
    name: "CEILING",
    group: "Number",
    params: [number, { ...multiple, optional: true }],
    returns: NUMBER,
    summary: "Rounds up to a multiple; to a whole number without one.",
    excel: "The sign of the multiple does not matter.",
    examples: [
      { formula: "CEILING(2.1)", result: "3" },
      { formula: "CEILING(12.31, 0.05)", result: "12.35" },
      { formula: "CEILING(-2.5, 2)", result: "-2" },
    ],
    run: (_frame, value, step) =>
      step === undefined ? round(value, 0, "ceiling") : roundToMultiple(value, step, "ceiling"),
  }),
  defineStrict({
    name: "FLOOR",
    group: "Number",
    params: [number, { ...multiple, optional: true }],
    returns: NUMBER,
    summary: "Rounds down to a multiple; to a whole number without one.",
    excel: "The sign of the multiple does not matter; zero gives 0 instead of an error.",
    examples: [
      { formula: "FLOOR(2.9)", result: "2" },
      { formula: "FLOOR(12.39, 0.05)", result: "12.35" },
      { formula: "FLOOR(-2.5, 2)", result: "-4" },
    ],
    run: (_frame, value, step) =>
      step === undefined ? round(value, 0, "floor") : roundToMultiple(value, step, "floor"),
  }),
  defineStrict({
    name: "ABS",
    group: "Number",
    params: [number],
    returns: NUMBER,
    summary: "The number without its sign.",
    examples: [
      { formula: "ABS(-12.5)", result: "12.5" },
      { formula: "ABS(Quantity)", result: "12" },
      { formula: "ABS(BLANK)", result: "BLANK" },
    ],
    run: (_frame, value) => absolute(value),
  }),
  defineStrict({
    name: "SIGN",
    group: "Number",
    params: [number],
    returns: NUMBER,
    summary: "1 for positive numbers, -1 for negative ones, 0 for zero.",
    examples: [
      { formula: "SIGN(-0.01)", result: "-1" },
      { formula: "SIGN(0)", result: "0" },
      { formula: "SIGN(Amount)", result: "1" },
    ],
    run: (_frame, value) => decimalFromInteger(signOf(value)),
  }),
  defineStrict({
    name: "MOD",
    group: "Number",
    params: [number, { name: "divisor", kind: "number" }],
    returns: NUMBER,
    summary: "The remainder of a division, with the sign of the divisor.",
    examples: [
      { formula: "MOD(7, 3)", result: "1" },
      { formula: "MOD(-7, 3)", result: "2" },
      { formula: "MOD(5.5, 0)", result: "Error FML-301" },
    ],
    run: (_frame, value, divisor) => mod(value, divisor),
  }),
  defineStrict({
    name: "POWER",
    cost: 2000,
    group: "Number",
    params: [number, { name: "exponent", kind: "number" }],
    returns: NUMBER,
    summary: "A number raised to a power, rounded to 34 digits.",
    examples: [
      { formula: "POWER(2, 10)", result: "1024" },
      { formula: "POWER(9, 0.5)", result: "3" },
      { formula: "POWER(2, -2)", result: "0.25" },
    ],
    run: (_frame, value, exponent) => power(value, exponent),
  }),
  defineStrict({
    name: "SQRT",
    cost: 80,
    group: "Number",
    params: [number],
    returns: NUMBER,
    summary: "The square root, rounded to 34 digits.",
    examples: [
      { formula: "SQRT(144)", result: "12" },
      { formula: "SQRT(2)", result: "1.414213562373095048801688724209698" },
      { formula: "SQRT(-1)", result: "Error FML-306" },
    ],
    run: (_frame, value) => squareRoot(value),
  }),
  defineStrict({
    name: "PERCENT",
    cost: 40,
    group: "Number",
    params: [
      { name: "part", kind: "number" },
      { name: "whole", kind: "number" },
    ],
    returns: NUMBER,
    summary: "How many percent the part is of the whole: part / whole * 100.",
    excel: "Not in Excel.",
    examples: [
      { formula: "PERCENT(30, 120)", result: "25" },
      { formula: "PERCENT(1, 8)", result: "12.5" },
      { formula: "PERCENT(1, 0)", result: "Error FML-301" },
    ],
    run: (_frame, part, whole) => div(mul(part, HUNDRED), whole),
  }),
];
