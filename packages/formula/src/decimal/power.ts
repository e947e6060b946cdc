/** Powers and square roots to 34 significant digits, computed with integers only. */
import { FormulaFailure } from "../failure.ts";
import { coefficientOf, type Decimal, isZero, ONE, signOf, toInteger, toMaxDigits, ZERO } from "./decimal.ts";
import { digitCount, pow10, roundCoefficient } from "./coefficient.ts";
import { trimZeros } from "./round.ts";

/** Digits carried along beyond the 34 of the result. */
const GUARD_DIGITS = 60;
const MAX_EXPONENT = 1_000_000;

interface Wide {
  readonly coefficient: bigint;
  readonly scale: number;
}

function widen(value: Wide): Wide {
  const extra = digitCount(value.coefficient) - GUARD_DIGITS;
  return extra <= 0
    ? value
    : { coefficient: roundCoefficient(value.coefficient, extra, "halfEven"), scale: value.scale - extra };
}

function wideMul(a: Wide, b: Wide): Wide {
  return widen({ coefficient: a.coefficient * b.coefficient, scale: a.scale + b.scale });
}

/** The greatest integer whose square is not above the value. */
function integerRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let guess = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

export function squareRoot(value: Decimal): Decimal {
  if (signOf(value) < 0) throw new FormulaFailure("FML-306", "A negative number has no square root");
  if (isZero(value)) return ZERO;
  const coefficient = coefficientOf(value);
  let shift = Math.max(0, 2 * 36 - digitCount(coefficient));
  if ((value.scale + shift) % 2 !== 0) shift += 1;
  const scaled = coefficient * pow10(shift);
  const root = integerRoot(scaled);
  return trimZeros(toMaxDigits(root, (value.scale + shift) / 2, root * root !== scaled));
}

/** `base ^ exponent`; whole exponents exactly where 34 digits allow, others through logarithms. */
export function power(base: Decimal, exponent: Decimal): Decimal {
  if (isZero(exponent)) return ONE;
  if (isZero(base)) {
    if (signOf(exponent) < 0)
      throw new FormulaFailure("FML-301", "Zero cannot be raised to a negative power");
    return ZERO;
  }
  const whole = toInteger(exponent);
  if (whole !== null) {
    if (Math.abs(whole) > MAX_EXPONENT) throw new FormulaFailure("FML-306", "The exponent is too large");
    const positive = wholePower({ coefficient: coefficientOf(base), scale: base.scale }, Math.abs(whole));
    return whole > 0 ? narrowWide(positive) : reciprocal(positive);
  }
  if (signOf(base) < 0) {
    throw new FormulaFailure("FML-306", "A negative number can only be raised to a whole power");
  }
  return fractionalPower(base, exponent);
}

function narrowWide(value: Wide): Decimal {
  return trimZeros(toMaxDigits(value.coefficient, value.scale));
}

function reciprocal(value: Wide): Decimal {
  const digits = digitCount(value.coefficient) + GUARD_DIGITS;
  const quotient = pow10(digits) / value.coefficient;
  const sticky = pow10(digits) % value.coefficient !== 0n;
  return trimZeros(toMaxDigits(quotient, digits - value.scale, sticky));
}

function wholePower(base: Wide, exponent: number): Wide {
  let result: Wide = { coefficient: 1n, scale: 0 };
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = wideMul(result, square);
    if (Math.abs(result.scale) > 5000 || Math.abs(square.scale) > 5000) {
      throw new FormulaFailure("FML-304", "The power is too large or too small to be held");
    }
    if (rest > 1) square = wideMul(square, square);
  }
  return result;
}

const PLACES = 90;
const UNIT = 10n ** BigInt(PLACES);

/** Natural logarithm of a fixed-point number of PLACES places, for values from 1 to 10. */
function lnFixed(value: bigint): bigint {
  let scaled = value;
  let doublings = 0n;
  while (scaled > (UNIT * 3n) / 2n) {
    scaled /= 2n;
    doublings += 1n;
  }
  const ratio = ((scaled - UNIT) * UNIT) / (scaled + UNIT);
  return 2n * artanhSeries(ratio) + doublings * 2n * artanhSeries(UNIT / 3n);
}

function artanhSeries(ratio: bigint): bigint {
  const squared = (ratio * ratio) / UNIT;
  let term = ratio;
  let sum = 0n;
  for (let odd = 1n; term !== 0n; odd += 2n) {
    sum += term / odd;
    term = (term * squared) / UNIT;
  }
  return sum;
}

function expFixed(value: bigint): bigint {
  let term = UNIT;
  let sum = 0n;
  for (let step = 1n; term !== 0n; step += 1n) {
    sum += term;
    term = (term * value) / (UNIT * step);
  }
  return sum;
}

function fractionalPower(base: Decimal, exponent: Decimal): Decimal {
  const coefficient = coefficientOf(base);
  const digits = digitCount(coefficient);
  const magnitude = digits - 1 - base.scale;
  const mantissa = digits - 1 <= PLACES ? coefficient * pow10(PLACES - (digits - 1)) : coefficient;
  const ln10 = lnFixed(10n * UNIT);
  const ln = lnFixed(mantissa) + BigInt(magnitude) * ln10;
  const product =
    exponent.scale >= 0
      ? (ln * coefficientOf(exponent)) / pow10(exponent.scale)
      : ln * coefficientOf(exponent) * pow10(-exponent.scale);
  let tens = product / ln10;
  if (product % ln10 < 0n) tens -= 1n;
  if (tens > 1000n || tens < -1000n) {
    throw new FormulaFailure("FML-304", "The power is too large or too small to be held");
  }
  return trimZeros(toMaxDigits(expFixed(product - tens * ln10), PLACES - Number(tens), false, true));
}
