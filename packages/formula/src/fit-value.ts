/** Values into target fields, exactly: what does not fit is an issue, nothing is cut, rounded or converted. */
import { toCell } from "./cell.ts";
import { coefficientOf, type Decimal } from "./decimal/decimal.ts";
import { digitCount } from "./decimal/coefficient.ts";
import { trimZeros } from "./decimal/round.ts";
import { formatDecimal } from "./decimal/text.ts";
import { codePointLength } from "./functions/code-points.ts";
import { describeValueType } from "./build/narrow.ts";
import { typeLabel } from "./build/built.ts";
import { createIssue, type FormulaIssueCode } from "./issue-codes.ts";
import { showValue } from "./show-value.ts";
import type { Cell, FieldShape, FormulaIssue } from "./types.ts";
import type { Value } from "./value.ts";

export type FitResult =
  | { readonly ok: true; readonly cell: Cell }
  | { readonly ok: false; readonly issue: FormulaIssue };

function refuse(code: FormulaIssueCode, message: string, hint?: string): FitResult {
  return { ok: false, issue: createIssue(code, message, { hint }) };
}

function fieldName(field: FieldShape): string {
  return `"${field.label ?? field.name}"`;
}

/** Blank (and empty text) becomes a null cell; what a blank means for the field is not decided here. */
export function fitValue(value: Value, field: FieldShape): FitResult {
  if (value === null || value === "") return { ok: true, cell: null };
  switch (field.type) {
    case "text":
    case "id":
      if (typeof value === "string") return fitText(value, field);
      if (typeof value === "object" && value.kind === "number") return fitText(formatDecimal(value), field);
      return wrongType(value, field);
    case "choice":
      return typeof value === "string" ? fitChoice(value, field) : wrongType(value, field);
    case "number":
      return typeof value === "object" && value.kind === "number"
        ? fitNumber(value, field)
        : wrongType(value, field);
    case "boolean":
      return typeof value === "boolean" ? { ok: true, cell: value } : wrongType(value, field);
    case "date":
    case "datetime":
    case "time":
      return typeof value === "object" && value.kind === field.type
        ? { ok: true, cell: toCell(value) }
        : wrongType(value, field);
    case "binary":
      return typeof value === "string" ? { ok: true, cell: value } : wrongType(value, field);
    case "json":
      return { ok: true, cell: toCell(value) };
  }
}

function wrongType(value: Value, field: FieldShape): FitResult {
  const target = typeLabel({ name: field.type });
  return refuse(
    "MAP-103",
    `${describeValueType(value)} cannot be written to the ${target} field ${fieldName(field)}: ${showValue(value)}`,
  );
}

function fitText(text: string, field: FieldShape): FitResult {
  const { length } = field;
  if (length !== undefined && text.length > length) {
    const actual = codePointLength(text);
    if (actual > length) {
      const message = `${fieldName(field)} allows ${length} characters, this has ${actual}: ${showValue(text.slice(0, 60))}`;
      return refuse("MAP-102", message, `Shorten with LEFT(..., ${length})`);
    }
  }
  return { ok: true, cell: text };
}

function fitChoice(code: string, field: FieldShape): FitResult {
  if (field.restricted && field.choices && !field.choices.some((choice) => choice.code === code)) {
    return refuse("MAP-105", `${fieldName(field)} does not have the value ${showValue(code)}`);
  }
  return fitText(code, field);
}

function fitNumber(value: Decimal, field: FieldShape): FitResult {
  const { scale, precision } = field;
  if (scale === undefined && precision === undefined) return { ok: true, cell: formatDecimal(value) };
  const trimmed = trimZeros(value);
  if (scale !== undefined && trimmed.scale > scale) {
    const message = `${fieldName(field)} allows ${scale} decimals, this has ${trimmed.scale}: ${formatDecimal(value)}`;
    return refuse("MAP-121", message, `Round with ROUND(..., ${scale})`);
  }
  if (precision !== undefined) {
    const digits = digitCount(coefficientOf(trimmed));
    const whole = Math.max(0, digits - trimmed.scale);
    const allowed = precision - (scale ?? 0);
    const fits =
      scale === undefined
        ? Math.max(digits, trimmed.scale) <= precision && whole <= precision
        : whole <= allowed;
    if (!fits && formatDecimal(value) !== "0") {
      const limit =
        scale === undefined ? `${precision} digits` : `${allowed} digits before the decimal point`;
      return refuse("MAP-122", `${fieldName(field)} allows ${limit}: ${formatDecimal(value)}`);
    }
  }
  return { ok: true, cell: formatDecimal(value) };
}
