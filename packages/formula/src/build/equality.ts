/** Equality and order of values. Blank equals only blank; text compares exactly, by code points. */
import { compare } from "../decimal/decimal.ts";
import { FormulaFailure } from "../failure.ts";
import { isBlank, type Value } from "../value.ts";
import { describeValueType } from "./narrow.ts";

function notComparable(a: Value, b: Value): FormulaFailure {
  return new FormulaFailure(
    "FML-314",
    `${describeValueType(a)} cannot be compared with ${describeValueType(b)}`,
  );
}

/** Fails when the values have different types. */
export function valuesEqual(a: Value, b: Value): boolean {
  if (isBlank(a) || isBlank(b)) return isBlank(a) && isBlank(b);
  return (
    a === b || (typeof a !== typeof b ? failComparison(a, b) : typeof a === "object" && orderOf(a, b) === 0)
  );
}

function failComparison(a: Value, b: Value): never {
  throw notComparable(a, b);
}

/** -1, 0 or 1 for two values of one type that are not blank; text by code points. */
export function orderOf(a: Value, b: Value): number {
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") throw notComparable(a, b);
  if (a.kind === "number" && b.kind === "number") return compare(a, b);
  if (a.kind === "date" && b.kind === "date") return Math.sign(a.days - b.days);
  if (a.kind === "datetime" && b.kind === "datetime") return Math.sign(a.ms - b.ms || a.nanos - b.nanos);
  if (a.kind === "time" && b.kind === "time") return Math.sign(a.nanos - b.nanos);
  throw notComparable(a, b);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return codePointRank(left) < codePointRank(right) ? -1 : 1;
  }
  return a.length < b.length ? -1 : 1;
}

/** Surrogates stand for code points above every other UTF-16 unit. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
