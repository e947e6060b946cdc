// Exact decimal arithmetic on BigInt for quantities and money. Deliberately the sandbox's own: sharing the
// product's arithmetic would let one mistake agree with itself on both sides of a comparison.

/** `units` × 10^-`scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const PATTERN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/** Reads decimal text ("12.50", "-3", "1e3"); null when it is not a number. */
export function parseDecimal(text: string): Decimal | null {
  const found = PATTERN.exec(text.trim());
  if (!found) return null;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = found;
  if (whole === "" && fraction === "") return null;
  const units = BigInt(whole + fraction) * (sign === "-" ? -1n : 1n);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 };
}

/** Reads decimal text that is known to be a number; throws otherwise. */
export function decimal(text: string): Decimal {
  const value = parseDecimal(text);
  if (!value) throw new RangeError(`Not a decimal number: ${text}`);
  return value;
}

/** Writes every digit of the scale: {1250n, 2} → "12.50". */
export function formatDecimal(value: Decimal): string {
  const negative = value.units < 0n;
  const digits = (negative ? -value.units : value.units).toString().padStart(value.scale + 1, "0");
  const whole = digits.slice(0, digits.length - value.scale);
  const text = value.scale === 0 ? whole : `${whole}.${digits.slice(digits.length - value.scale)}`;
  return negative ? `-${text}` : text;
}

/** The same number without trailing zeros after the point: 12.50 → 12.5, 3.00 → 3. */
export function trimDecimal(value: Decimal): Decimal {
  let { units, scale } = value;
  while (scale > 0 && units % 10n === 0n) {
    units /= 10n;
    scale -= 1;
  }
  return { units, scale };
}

function alignUnits(left: Decimal, right: Decimal): { left: bigint; right: bigint; scale: number } {
  const scale = Math.max(left.scale, right.scale);
  return {
    left: left.units * 10n ** BigInt(scale - left.scale),
    right: right.units * 10n ** BigInt(scale - right.scale),
    scale,
  };
}

export function add(left: Decimal, right: Decimal): Decimal {
  const aligned = alignUnits(left, right);
  return { units: aligned.left + aligned.right, scale: aligned.scale };
}

export function subtract(left: Decimal, right: Decimal): Decimal {
  return add(left, { units: -right.units, scale: right.scale });
}

export function multiply(left: Decimal, right: Decimal): Decimal {
  return { units: left.units * right.units, scale: left.scale + right.scale };
}

/** Negative, zero or positive, as `Array.prototype.sort` wants it. */
export function compare(left: Decimal, right: Decimal): number {
  const aligned = alignUnits(left, right);
  return aligned.left < aligned.right ? -1 : aligned.left > aligned.right ? 1 : 0;
}

function divideHalfAwayFromZero(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n;
  const top = dividend < 0n ? -dividend : dividend;
  const bottom = divisor < 0n ? -divisor : divisor;
  const quotient = (2n * top + bottom) / (2n * bottom);
  return negative ? -quotient : quotient;
}

/** Rounds half away from zero to exactly `scale` decimals, adding zeros where there are fewer. */
export function round(value: Decimal, scale: number): Decimal {
  if (value.scale <= scale) return { units: value.units * 10n ** BigInt(scale - value.scale), scale };
  return { units: divideHalfAwayFromZero(value.units, 10n ** BigInt(value.scale - scale)), scale };
}

/** Divides and rounds half away from zero to `scale` decimals; throws on zero. */
export function divide(value: Decimal, by: Decimal, scale: number): Decimal {
  if (by.units === 0n) throw new RangeError("Division by zero");
  const shift = scale + by.scale - value.scale;
  const top = shift >= 0 ? value.units * 10n ** BigInt(shift) : value.units;
  const bottom = shift >= 0 ? by.units : by.units * 10n ** BigInt(-shift);
  return { units: divideHalfAwayFromZero(top, bottom), scale };
}

/** quantity × price × (1 − discount %), rounded half away from zero to cents (2 decimals). */
export function lineAmount(quantity: Decimal, price: Decimal, discountPercent: Decimal): Decimal {
  const share = subtract(decimal("1"), { units: discountPercent.units, scale: discountPercent.scale + 2 });
  return round(multiply(multiply(quantity, price), share), 2);
}
