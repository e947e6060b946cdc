/**
 * Rounding and division of exact decimals. Rounding is always asked for by name; only division and powers round
 * by themselves, to 34 digits with ties to even.
 */
import { FormulaFailure } from "../failure.ts";
import { digitCount, pow10, roundCoefficient, type RoundingMode, roundsAway } from "./coefficient.ts";
import {
  coefficientOf,
  type Decimal,
  exactDecimal,
  fromSmall,
  isZero,
  MAX_DIGITS,
  POW10,
  signOf,
  toMaxDigits,
  ZERO,
} from "./decimal.ts";

/** Rounds to `digits` decimals; negative digits round to tens, hundreds and so on. */
export function round(value: Decimal, digits: number, mode: RoundingMode = "halfAway"): Decimal {
  const drop = value.scale - digits;
  if (drop <= 0) return value;
  const divisor = POW10[drop];
  if (value.big === null && divisor !== undefined) {
    const rest = value.small % divisor;
    if (rest === 0) return fromSmall(value.small / divisor || 0, digits);
    const quotient = (value.small - rest) / divisor;
    const doubled = Math.abs(rest) * 2;
    const half = doubled === divisor ? 0 : doubled > divisor ? 1 : -1;
    const negative = value.small < 0;
    const away = roundsAway(mode, negative, half, quotient % 2 !== 0, false);
    return fromSmall((away ? quotient + (negative ? -1 : 1) : quotient) || 0, digits);
  }
  return exactDecimal(roundCoefficient(coefficientOf(value), drop, mode), digits);
}

/** The same value without zeros at the end of its decimals. */
export function trimZeros(value: Decimal): Decimal {
  if (value.scale <= 0) return value;
  if (value.big === null) {
    let small = value.small;
    let scale = value.scale;
    while (scale > 0 && small % 10 === 0) {
      small /= 10;
      scale -= 1;
    }
    return scale === value.scale ? value : fromSmall(small, scale);
  }
  let big = value.big;
  let scale = value.scale;
  while (scale > 0 && big % 10n === 0n) {
    big /= 10n;
    scale -= 1;
  }
  return scale === value.scale ? value : exactDecimal(big, scale, value.rounded);
}

/** Quotient to 34 significant digits, ties to even; fails for a zero divisor. */
export function div(a: Decimal, b: Decimal): Decimal {
  if (isZero(b)) throw new FormulaFailure("FML-301", "A number cannot be divided by zero");
  if (isZero(a)) return ZERO;
  if (a.big === null && b.big === null) {
    if (a.small % b.small === 0) return trimZeros(fromSmall(a.small / b.small, a.scale - b.scale));
    const widened = a.small * 10_000;
    if (Math.abs(widened) <= Number.MAX_SAFE_INTEGER && widened % b.small === 0) {
      return trimZeros(fromSmall(widened / b.small, a.scale - b.scale + 4));
    }
  }
  const negative = signOf(a) !== signOf(b);
  const dividend = coefficientOf(a);
  const divisor = coefficientOf(b);
  const shift = Math.max(0, MAX_DIGITS + 1 + digitCount(divisor) - digitCount(dividend));
  const scaled = (dividend < 0n ? -dividend : dividend) * pow10(shift);
  const positiveDivisor = divisor < 0n ? -divisor : divisor;
  const quotient = scaled / positiveDivisor;
  const sticky = scaled % positiveDivisor !== 0n;
  const inexact = sticky || a.rounded || b.rounded;
  return trimZeros(toMaxDigits(negative ? -quotient : quotient, a.scale - b.scale + shift, sticky, inexact));
}

/** Remainder with the sign of the divisor, as Excel's MOD. */
export function mod(a: Decimal, b: Decimal): Decimal {
  if (isZero(b)) throw new FormulaFailure("FML-301", "A number cannot be divided by zero");
  const scale = Math.max(a.scale, b.scale);
  const dividend = coefficientOf(a) * pow10(scale - a.scale);
  const divisor = coefficientOf(b) * pow10(scale - b.scale);
  const rest = dividend % divisor;
  const remainder = rest !== 0n && rest < 0n !== divisor < 0n ? rest + divisor : rest;
  return exactDecimal(remainder, scale, a.rounded || b.rounded);
}
