/**
 * Exact decimals: an integer coefficient and a scale. Coefficients that a double holds exactly take a fast path
 * without BigInt; results never need more than 34 significant digits, more is an error instead of a rounding.
 */
import { FormulaFailure } from "../failure.ts";

/** The value is `coefficient / 10^scale`. `big` holds the coefficient when it does not fit a safe integer. */
export interface Decimal {
  readonly kind: "number";
  readonly small: number;
  readonly big: bigint | null;
  readonly scale: number;
}

export const MAX_DIGITS = 34;
const MAX_SCALE = 1000;
const SAFE = Number.MAX_SAFE_INTEGER;
const SAFE_BIG = BigInt(SAFE);
const LIMIT_34 = 10n ** 34n;
/** Powers of ten that a double holds exactly. */
export const POW10: readonly number[] = Array.from({ length: 16 }, (_, power) => Number(`1e${power}`));
const BIG_POW10: readonly bigint[] = Array.from({ length: 80 }, (_, power) => 10n ** BigInt(power));

export function pow10(power: number): bigint {
  return BIG_POW10[power] ?? 10n ** BigInt(power);
}

export function fromSmall(small: number, scale: number): Decimal {
  return { kind: "number", small, big: null, scale };
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

/** Number of decimal digits of a coefficient; 1 for zero. */
export function digitCount(coefficient: bigint): number {
  return (coefficient < 0n ? -coefficient : coefficient).toString().length;
}

/** Normalises an exact result; fails when it cannot be held in 34 digits. */
export function exactDecimal(coefficient: bigint, scale: number): Decimal {
  let big = coefficient;
  let places = scale;
  while ((big >= LIMIT_34 || big <= -LIMIT_34) && big % 10n === 0n) {
    big /= 10n;
    places -= 1;
  }
  if (big >= LIMIT_34 || big <= -LIMIT_34) {
    throw new FormulaFailure("FML-304", `The exact result needs more than ${MAX_DIGITS} digits`);
  }
  if (big === 0n) return ZERO;
  if (places > MAX_SCALE || places < -MAX_SCALE) {
    throw new FormulaFailure("FML-304", "The number is too large or too small to be held exactly");
  }
  return big <= SAFE_BIG && big >= -SAFE_BIG
    ? fromSmall(Number(big), places)
    : { kind: "number", small: 0, big, scale: places };
}

export function isZero(value: Decimal): boolean {
  return value.big === null && value.small === 0;
}

/** -1, 0 or 1. */
export function signOf(value: Decimal): number {
  return value.big === null ? Math.sign(value.small) : value.big < 0n ? -1 : 1;
}

export function negate(value: Decimal): Decimal {
  return value.big === null
    ? fromSmall(value.small === 0 ? 0 : -value.small, value.scale)
    : { kind: "number", small: 0, big: -value.big, scale: value.scale };
}

export function absolute(value: Decimal): Decimal {
  return signOf(value) < 0 ? negate(value) : value;
}

export function add(a: Decimal, b: Decimal): Decimal {
  if (a.big === null && b.big === null) {
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
  );
}

export function sub(a: Decimal, b: Decimal): Decimal {
  return add(a, negate(b));
}

export function mul(a: Decimal, b: Decimal): Decimal {
  if (a.big === null && b.big === null) {
    const product = a.small * b.small;
    const scale = a.scale + b.scale;
    if (product <= SAFE && product >= -SAFE && scale <= 100 && scale >= -100) {
      return fromSmall(product === 0 ? 0 : product, product === 0 ? 0 : scale);
    }
  }
  return exactDecimal(coefficientOf(a) * coefficientOf(b), a.scale + b.scale);
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
