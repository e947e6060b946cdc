/**
 * What a formula computes with. Blank is `null`; text and codes are strings; everything else is a small frozen
 * shape told apart by `kind`. Values are never changed after they are made.
 */
import type { Decimal } from "./decimal/decimal.ts";
import type { ObjectShape, Row, Special } from "./types.ts";

/** A day without time or zone; `days` counts from 1970-01-01. */
export interface DateValue {
  readonly kind: "date";
  readonly days: number;
}

/** An instant: milliseconds since 1970-01-01T00:00Z and the nanoseconds within that millisecond. */
export interface InstantValue {
  readonly kind: "datetime";
  readonly ms: number;
  readonly nanos: number;
  /** Zone in which its parts are read instead of the transfer's; set by INZONE. */
  readonly zone?: string | undefined;
}

/** A time of day in nanoseconds since midnight. */
export interface TimeValue {
  readonly kind: "time";
  readonly nanos: number;
}

export interface ListValue {
  readonly kind: "list";
  readonly items: readonly Value[];
}

export interface RowValue {
  readonly kind: "row";
  readonly row: Row;
  readonly shape: ObjectShape | undefined;
}

export type Value =
  | null
  | boolean
  | string
  | Decimal
  | DateValue
  | InstantValue
  | TimeValue
  | ListValue
  | RowValue;

/** A special result on its way out; the checker lets it appear only where it can leave untouched. */
export interface SpecialResult {
  readonly kind: "special";
  readonly special: Special;
}

/** One blank: null and empty text. Text of spaces is not blank. */
export function isBlank(value: Value | SpecialResult): boolean {
  return value === null || value === "";
}
