/**
 * Exact decimals: an integer coefficient and a scale. Coefficients that a double holds exactly take a fast path
 * without BigInt; an exact result that needs more than 34 significant digits is an error and never a silent rounding.
 */
import { FormulaFailure } from "../failure.ts";
import { digitCount, pow10, roundCoefficient } from "./coefficient.ts";

/** The value is `coefficient / 10^scale`. `big` holds the coefficient when it does not fit a safe integer. */
export interface Decimal {
  readonly kind: "number";
  readonly small: number;
  readonly big: bigint | null;
  readonly scale: number;
  /** Came out of a division or power that needed more than 34 digits; what follows is rounded to 34 again. */
  readonly rounded: boolean;
}

export const MAX_DIGITS = 34;
const MAX_SCALE = 1000;
const SAFE = Number.MAX_SAFE_INTEGER;
const SAFE_BIG = BigInt(SAFE);
const LIMIT_34 = 10n ** 34n;
/** Powers of ten that a double holds exactly. */
export const POW10: readonly number[] = Array.from({ length: 16 }, (_, power) => Number(`1e${power}`));
export function fromSmall(small: number, scale: number): Decimal {
  return { kind: "number", small, big: null, scale, rounded: false };
}

export const ZERO: Decimal = fromSmall(0, 0);
export const ONE: Decimal = fromSmall(1, 0);

/** A decimal from a safe integer. */
export function decimalFromInteger(integer: number): Decimal {
  return fromSmall(integer, 0);
}

export function coefficientOf(value: Decimal): bigint {
  return value.big ?? BigInt(value.small);
}

/** Normalises a result; one of exact values fails when it cannot be held in 34 digits. */
export function exactDecimal(coefficient: bigint, scale: number, rounded = false): Decimal {
  let big = coefficient;
  let places = scale;
  while ((big >= LIMIT_34 || big <= -LIMIT_34) && big % 10n === 0n) {
    big /= 10n;
    places -= 1;
  }
  if (big >= LIMIT_34 || big <= -LIMIT_34) {
    if (rounded) return toMaxDigits(big, places, false, true);
    throw new FormulaFailure("FML-304", `The exact result needs more than ${MAX_DIGITS} digits`);
  }
  if (big === 0n) return ZERO;
  if (places > MAX_SCALE || places < -MAX_SCALE) {
    throw new FormulaFailure("FML-304", "The number is too large or too small to be held exactly");
  }
  return big <= SAFE_BIG && big >= -SAFE_BIG
    ? { kind: "number", small: Number(big), big: null, scale: places, rounded }
    : { kind: "number", small: 0, big, scale: places, rounded };
}

/**
 * Rounds to at most 34 significant digits, ties to even. `sticky` says that digits were lost before, `rounded`
 * that the value is not exact anyway.
 */
export function toMaxDigits(coefficient: bigint, scale: number, sticky = false, rounded = false): Decimal {
  const extra = digitCount(coefficient) - MAX_DIGITS;
  if (extra <= 0) return exactDecimal(coefficient, scale, rounded || sticky);
  const lost = sticky || coefficient % pow10(extra) !== 0n;
  const short = roundCoefficient(coefficient, extra, "halfEven", sticky);
  return exactDecimal(short, scale - extra, rounded || lost);
}

export function isZero(value: Decimal): boolean {
  return value.big === null && value.small === 0;
}

/** -1, 0 or 1. */
export function signOf(value: Decimal): number {
  return value.big === null ? Math.sign(value.small) : value.big < 0n ? -1 : 1;
}

export function negate(value: Decimal): Decimal {
  const { small, big, scale, rounded } = value;
  return { kind: "number", small: small === 0 ? 0 : -small, big: big === null ? null : -big, scale, rounded };
}

export function absolute(value: Decimal): Decimal {
  return signOf(value) < 0 ? negate(value) : value;
}

export function add(a: Decimal, b: Decimal): Decimal {
  const rounded = a.rounded || b.rounded;
  if (!rounded && a.big === null && b.big === null) {
    const shift = a.scale - b.scale;
    const left = shift >= 0 ? a.small : a.small * (POW10[-shift] ?? Infinity);
    const right = shift <= 0 ? b.small : b.small * (POW10[shift] ?? Infinity);
    const sum = left + right;
    if (left <= SAFE && left >= -SAFE && right <= SAFE && right >= -SAFE && sum <= SAFE && sum >= -SAFE) {
      return fromSmall(sum, shift >= 0 ? a.scale : b.scale);
    }
  }
  const scale = Math.max(a.scale, b.scale);
  return exactDecimal(
    coefficientOf(a) * pow10(scale - a.scale) + coefficientOf(b) * pow10(scale - b.scale),
    scale,
    rounded,
  );
}

export function sub(a: Decimal, b: Decimal): Decimal {
  return add(a, negate(b));
}

export function mul(a: Decimal, b: Decimal): Decimal {
  const rounded = a.rounded || b.rounded;
  if (!rounded && a.big === null && b.big === null) {
    const product = a.small * b.small;
    const scale = a.scale + b.scale;
    if (product <= SAFE && product >= -SAFE && scale <= 100 && scale >= -100) {
      return fromSmall(product === 0 ? 0 : product, product === 0 ? 0 : scale);
    }
  }
  return exactDecimal(coefficientOf(a) * coefficientOf(b), a.scale + b.scale, rounded);
}

/** -1, 0 or 1. */
export function compare(a: Decimal, b: Decimal): number {
  if (a.big === null && b.big === null) {
    if (a.scale === b.scale) return a.small === b.small ? 0 : a.small < b.small ? -1 : 1;
    const shift = a.scale - b.scale;
    const left = shift >= 0 ? a.small : a.small * (POW10[-shift] ?? Infinity);
    const right = shift <= 0 ? b.small : b.small * (POW10[shift] ?? Infinity);
    if (left <= SAFE && left >= -SAFE && right <= SAFE && right >= -SAFE) {
      return left === right ? 0 : left < right ? -1 : 1;
    }
  }
  const scale = Math.max(a.scale, b.scale);
  const left = coefficientOf(a) * pow10(scale - a.scale);
  const right = coefficientOf(b) * pow10(scale - b.scale);
  return left === right ? 0 : left < right ? -1 : 1;
}

/** The value as a whole number of double range, or null when it has decimals or is too large. */
export function toInteger(value: Decimal): number | null {
  if (value.big === null && value.scale === 0) return value.small;
  const coefficient = coefficientOf(value);
  if (value.scale <= 0) {
    const whole = Number(coefficient * pow10(-value.scale));
    return Number.isSafeInteger(whole) ? whole : null;
  }
  const divisor = pow10(value.scale);
  if (coefficient % divisor !== 0n) return null;
  const whole = Number(coefficient / divisor);
  return Number.isSafeInteger(whole) ? whole : null;
}
