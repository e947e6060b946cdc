// Comparing values the way the platform does: text without regard to case, ids by their characters, numbers exactly,
// picklists in the order of their set-up.
import { compare as compareDecimals, parseDecimal } from "../../core/decimal.ts";
import { isNumber, numberText, type Json } from "../../core/json.ts";
import type { Field } from "../schema/field.ts";

const NUMBERS: readonly Field["type"][] = ["int", "double", "currency", "percent"];
const BY_CODE: readonly Field["type"][] = ["id", "reference", "date", "datetime"];
const collator = new Intl.Collator("en");

export function isNumeric(field: Field): boolean {
  return NUMBERS.includes(field.type);
}

function byCode(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Negative, zero or positive for two numbers as decimal text. */
export function compareNumbers(left: string, right: string): number {
  const [a, b] = [parseDecimal(left), parseDecimal(right)];
  return a && b ? compareDecimals(a, b) : 0;
}

/** Negative, zero or positive for two values of the field that are not null. */
export function compareValues(field: Field, left: Json, right: Json): number {
  if (isNumber(left) && isNumber(right))
    return compareNumbers(numberText(left) ?? "", numberText(right) ?? "");
  if (typeof left === "boolean") return Number(left) - Number(right);
  if (typeof left !== "string" || typeof right !== "string") return 0;
  if (BY_CODE.includes(field.type)) return byCode(left, right);
  if (field.type === "picklist") return compareChoices(field, left, right);
  return collator.compare(left.toLowerCase(), right.toLowerCase());
}

function compareChoices(field: Field, left: string, right: string): number {
  const [a, b] = [field.picklist.indexOf(left), field.picklist.indexOf(right)];
  return a >= 0 && b >= 0 ? a - b : collator.compare(left.toLowerCase(), right.toLowerCase());
}
