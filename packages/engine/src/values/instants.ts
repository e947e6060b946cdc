/** Arithmetic on ISO instants as text. Systems give between zero and nine digits of a second; none may be lost. */

const parts = /^(.*?)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)?$/;

const toNanos = (instant: string): bigint => {
  const [, whole = instant, fraction = "", zone = "Z"] = parts.exec(instant) ?? [];
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const ms = Date.parse(`${whole}${offset}`);
  if (Number.isNaN(ms)) throw new Error(`"${instant}" is not an ISO instant.`);
  return BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, "0").slice(0, 9));
};

/** Negative, zero or positive as `left` is before, equal to or after `right`. */
export const compareInstants = (left: string, right: string): number => {
  const difference = toNanos(left) - toNanos(right);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** True for two texts of the same instant, however written; false where one of them is none. */
export const isSameInstant = (left: string, right: string): boolean => {
  try {
    return compareInstants(left, right) === 0;
  } catch {
    return false;
  }
};

/** The instant `ms` later (earlier when negative), cut to milliseconds. */
export const addMs = (instant: string, ms: number): string =>
  new Date(Number(toNanos(instant) / 1_000_000n) + ms).toISOString();

/** Milliseconds from `earlier` to `later`. */
export const msBetween = (earlier: string, later: string): number =>
  Number((toNanos(later) - toNanos(earlier)) / 1_000_000n);
