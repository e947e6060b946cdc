/**
 * Whether two stored values mean the same, by the type of the field: numbers by value, instants by the moment,
 * text exactly. Blank is one thing, whether a system says null or empty text.
 */
import type { Cell, FieldTypeName } from "@fieldbridge/model";
import { isSameInstant } from "./instants.ts";

const number = /^([+-]?)0*(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Decimal text without what does not change its value: `-0012.50` → `-12.5`, `1.2e3` → `1200`. */
export function toPlainNumber(text: string): string {
  const [match, sign = "", whole = "", fraction = "", exponent = "0"] = number.exec(text.trim()) ?? [];
  if (match === undefined) return text;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const padded = point < 0 ? "0".repeat(-point) + digits : digits.padEnd(point, "0");
  const before = padded.slice(0, Math.max(point, 0)).replace(/^0+/, "") || "0";
  const after = padded.slice(Math.max(point, 0)).replace(/0+$/, "");
  const plain = after === "" ? before : `${before}.${after}`;
  return sign === "-" && plain !== "0" ? `-${plain}` : plain;
}

const toPlainTime = (text: string): string =>
  /^\d\d:\d\d$/.test(text) ? `${text}:00` : text.replace(/\.?0+$/, (end) => (end.startsWith(".") ? "" : end));

export const isBlankCell = (cell: Cell | undefined): boolean =>
  cell === null || cell === undefined || cell === "";

const toComparedText = (cell: Cell | undefined): string =>
  typeof cell === "string" ? cell : JSON.stringify(cell);

export function isSameValue(type: FieldTypeName, left: Cell | undefined, right: Cell | undefined): boolean {
  if (isBlankCell(left) || isBlankCell(right)) return isBlankCell(left) && isBlankCell(right);
  if (left === right) return true;
  if (typeof left !== "string" || typeof right !== "string")
    return toComparedText(left) === toComparedText(right);
  if (type === "number") return toPlainNumber(left) === toPlainNumber(right);
  if (type === "datetime") return isSameInstant(left, right);
  return type === "time" && toPlainTime(left) === toPlainTime(right);
}

/** A stored value as text to show; null for blank. */
export const toShownText = (cell: Cell | undefined): string | null =>
  isBlankCell(cell) || cell === undefined || cell === null
    ? null
    : typeof cell === "object"
      ? JSON.stringify(cell)
      : String(cell);
