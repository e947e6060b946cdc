/** Whole-number coefficients: powers of ten, digit counts, and dropping digits by a named rule. */

const BIG_POW10: readonly bigint[] = Array.from({ length: 80 }, (_, power) => 10n ** BigInt(power));

export function pow10(power: number): bigint {
  return BIG_POW10[power] ?? 10n ** BigInt(power);
}

/** Number of decimal digits of a coefficient; 1 for zero. */
export function digitCount(coefficient: bigint): number {
  return (coefficient < 0n ? -coefficient : coefficient).toString().length;
}

/** `halfAway` is Excel's ROUND; `up` and `down` go away from and towards zero. */
export type RoundingMode = "halfAway" | "halfEven" | "up" | "down" | "floor" | "ceiling";

export function roundsAway(
  mode: RoundingMode,
  negative: boolean,
  half: number,
  odd: boolean,
  exact: boolean,
): boolean {
  if (exact) return false;
  switch (mode) {
    case "halfAway":
      return half >= 0;
    case "halfEven":
      return half > 0 || (half === 0 && odd);
    case "up":
      return true;
    case "down":
      return false;
    case "floor":
      return negative;
    case "ceiling":
      return !negative;
  }
}

/** Drops `drop` digits from a coefficient; `sticky` says that non-zero digits were lost before. */
export function roundCoefficient(
  coefficient: bigint,
  drop: number,
  mode: RoundingMode,
  sticky = false,
): bigint {
  const divisor = pow10(drop);
  const quotient = coefficient / divisor;
  const rest = coefficient % divisor;
  const doubled = (rest < 0n ? -rest : rest) * 2n;
  const half = doubled === divisor ? (sticky ? 1 : 0) : doubled > divisor ? 1 : -1;
  const negative = coefficient < 0n;
  const away = roundsAway(mode, negative, half, quotient % 2n !== 0n, rest === 0n && !sticky);
  return away ? quotient + (negative ? -1n : 1n) : quotient;
}
