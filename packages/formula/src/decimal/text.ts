/** Decimals as text: reading what systems send and writing the one canonical form. */
import { coefficientOf, type Decimal, exactDecimal, fromSmall, MAX_DIGITS, negate, ZERO } from "./decimal.ts";

const LONG_NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/;

/**
 * Reads a number as JSON writes it (`-12.50`, `1e3`); null when the text is no number or has more than 34
 * significant digits.
 */
export function parseDecimal(text: string): Decimal | null {
  const length = text.length;
  if (length > 0 && length <= 15) {
    let small = 0;
    let scale = -1;
    let index = text.charCodeAt(0) === 45 ? 1 : 0;
    const first = index;
    for (; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code >= 48 && code <= 57) {
        small = small * 10 + (code - 48);
        if (scale >= 0) scale += 1;
      } else if (code === 46 && scale < 0 && index > first) {
        scale = 0;
      } else {
        return parseLong(text);
      }
    }
    if (index === first || scale === 0) return null;
    return fromSmall(first === 1 && small !== 0 ? -small : small, scale < 0 ? 0 : scale);
  }
  return parseLong(text);
}

function parseLong(text: string): Decimal | null {
  if (text.length > 2200) return null;
  const match = LONG_NUMBER.exec(text);
  if (!match) return null;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return ZERO;
  const scale = fraction.length - (digits.length - significant.length) - Number(exponent);
  if (significant.length > MAX_DIGITS || scale > 1000 || scale < -1000) return null;
  const value = exactDecimal(BigInt(significant), scale);
  return sign === "-" ? negate(value) : value;
}

/** Canonical text: no grouping, no exponent, no zeros at the end of the decimals, `-` only before non-zero. */
export function formatDecimal(value: Decimal): string {
  if (value.big === null) {
    if (value.scale === 0) return String(value.small);
    if (value.small === 0) return "0";
  }
  const coefficient = value.big === null ? String(Math.abs(value.small)) : coefficientOf(value).toString();
  const negative = value.big === null ? value.small < 0 : value.big < 0n;
  const digits = coefficient.startsWith("-") ? coefficient.slice(1) : coefficient;
  return (negative ? "-" : "") + placePoint(digits, value.scale);
}

function placePoint(digits: string, scale: number): string {
  if (scale <= 0) return digits + "0".repeat(-scale);
  const padded = digits.length > scale ? digits : "0".repeat(scale - digits.length + 1) + digits;
  let end = padded.length;
  const point = padded.length - scale;
  while (end > point && padded.charCodeAt(end - 1) === 48) end -= 1;
  const whole = padded.slice(0, point);
  return end === point ? whole : `${whole}.${padded.slice(point, end)}`;
}

/** Text with exactly `decimals` digits after the point; the value must already be rounded to them. */
export function formatFixed(value: Decimal, decimals: number): string {
  const text = formatDecimal(value);
  if (decimals <= 0) return text;
  const point = text.indexOf(".");
  return point < 0
    ? `${text}.${"0".repeat(decimals)}`
    : text + "0".repeat(decimals - (text.length - point - 1));
}
