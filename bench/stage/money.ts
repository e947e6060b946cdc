/**
 * An oracle for money that shares nothing with the product: decimals as whole numbers of a power of ten, half
 * rounded away from zero.
 */

export interface Money {
  readonly units: bigint;
  readonly scale: number;
}

export function toMoney(text: string): Money {
  const [whole = "0", fraction = ""] = text.split(".");
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

const power = (exponent: number): bigint => 10n ** BigInt(exponent);

/** Both with the larger scale of the two. */
function align(left: Money, right: Money): [bigint, bigint, number] {
  const scale = Math.max(left.scale, right.scale);
  return [left.units * power(scale - left.scale), right.units * power(scale - right.scale), scale];
}

export function addMoney(left: Money, right: Money): Money {
  const [a, b, scale] = align(left, right);
  return { units: a + b, scale };
}

export const multiplyMoney = (left: Money, right: Money): Money => ({
  units: left.units * right.units,
  scale: left.scale + right.scale,
});

export function isSameMoney(left: Money, right: Money): boolean {
  const [a, b] = align(left, right);
  return a === b;
}

export function roundMoney(value: Money, scale: number): Money {
  if (value.scale <= scale) return { units: value.units * power(scale - value.scale), scale };
  const divisor = power(value.scale - scale);
  const size = value.units < 0n ? -value.units : value.units;
  const rounded = (size * 2n + divisor) / (divisor * 2n);
  return { units: value.units < 0n ? -rounded : rounded, scale };
}

/** quantity × price × (1 − discount %), rounded to `digits`. */
export function toLineAmount(
  line: { readonly quantity: string; readonly price: string; readonly discount: string | null },
  digits: number,
): Money {
  const kept = addMoney(toMoney("100"), multiplyMoney(toMoney(line.discount ?? "0"), toMoney("-1")));
  const full = multiplyMoney(multiplyMoney(toMoney(line.quantity), toMoney(line.price)), kept);
  return roundMoney({ units: full.units, scale: full.scale + 2 }, digits);
}
