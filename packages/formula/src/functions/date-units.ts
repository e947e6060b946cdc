/** Calendar arithmetic with named units, for dates and for instants in a zone. */
import type { Frame } from "../build/built.ts";
import { addMonths, civilFromDays, dateFromDays, daysFromCivil, isoWeekday } from "../dates/calendar.ts";
import { DAY_NANOS } from "../dates/iso.ts";
import { fromLocalParts, localParts } from "../dates/zoned.ts";
import type { Decimal } from "../decimal/decimal.ts";
import { FormulaFailure } from "../failure.ts";
import type { DateValue, InstantValue } from "../value.ts";
import { wholeNumber } from "./numbers.ts";

type Unit = "year" | "quarter" | "month" | "week" | "day" | "hour" | "minute" | "second";

export const UNIT_WORDS: readonly Unit[] = [
  "year",
  "quarter",
  "month",
  "week",
  "day",
  "hour",
  "minute",
  "second",
];
const MONTHS_PER: Readonly<Partial<Record<Unit, number>>> = { year: 12, quarter: 3, month: 1 };
const DAYS_PER: Readonly<Partial<Record<Unit, number>>> = { week: 7, day: 1 };
const MS_PER: Readonly<Partial<Record<Unit, number>>> = { hour: 3_600_000, minute: 60_000, second: 1000 };

function readUnit(name: string): Unit {
  const lower = name.trim().toLowerCase();
  const unit = UNIT_WORDS.find((word) => word === lower || `${word}s` === lower);
  if (!unit) throw new FormulaFailure("FML-306", `"${name}" is not a unit; use ${UNIT_WORDS.join(", ")}`);
  return unit;
}

function needsClock(unit: Unit): FormulaFailure {
  return new FormulaFailure("FML-306", `A date has no ${unit}s; use TODATETIME first`);
}

function addToDays(days: number, unit: Unit, count: number): number {
  const months = MONTHS_PER[unit];
  return months === undefined
    ? dateFromDays(days + count * (DAYS_PER[unit] ?? 0)).days
    : addMonths(days, count * months).days;
}

export function addUnits(
  frame: Frame,
  value: DateValue | InstantValue,
  count: Decimal,
  name: string,
): DateValue | InstantValue {
  const unit = readUnit(name);
  const whole = wholeNumber(count, "The count", -1e12, 1e12);
  const ms = MS_PER[unit];
  if (value.kind === "date") {
    if (ms !== undefined) throw needsClock(unit);
    return { kind: "date", days: addToDays(value.days, unit, whole) };
  }
  if (ms !== undefined) {
    const moved = { ...value, ms: value.ms + whole * ms };
    dateFromDays(Math.floor(moved.ms / 86_400_000));
    return moved;
  }
  const { days, nanosOfDay } = localParts(frame, value);
  return fromLocalParts(frame, addToDays(days, unit, whole), nanosOfDay, value.zone);
}

interface Local {
  readonly days: number;
  readonly nanosOfDay: number;
}

/** Completed months between two local times; the day and clock of the start must be reached. */
function monthsBetween(start: Local, end: Local): number {
  const from = civilFromDays(start.days);
  const to = civilFromDays(end.days);
  const months = (to.year - from.year) * 12 + to.month - from.month;
  const late = to.day - from.day || end.nanosOfDay - start.nanosOfDay;
  if (months > 0 && late < 0) return months - 1;
  return months < 0 && late > 0 ? months + 1 : months;
}

function daysBetween(start: Local, end: Local): number {
  const days = end.days - start.days;
  const late = end.nanosOfDay - start.nanosOfDay;
  if (days > 0 && late < 0) return days - 1;
  return days < 0 && late > 0 ? days + 1 : days;
}

export function differenceIn(
  frame: Frame,
  start: DateValue | InstantValue,
  end: DateValue | InstantValue,
  name: string,
): number {
  const unit = readUnit(name);
  if (start.kind !== end.kind) {
    throw new FormulaFailure(
      "FML-314",
      "Both values must be dates or both instants; use TODATE or TODATETIME",
    );
  }
  const ms = MS_PER[unit];
  if (ms !== undefined) {
    if (start.kind === "date" || end.kind === "date") throw needsClock(unit);
    const nanos = BigInt(end.ms - start.ms) * 1_000_000n + BigInt(end.nanos - start.nanos);
    return Number(nanos / (BigInt(ms) * 1_000_000n));
  }
  const from = start.kind === "date" ? { days: start.days, nanosOfDay: 0 } : localParts(frame, start);
  const to = end.kind === "date" ? { days: end.days, nanosOfDay: 0 } : localParts(frame, end);
  const months = MONTHS_PER[unit];
  const count =
    months === undefined ? daysBetween(from, to) / (DAYS_PER[unit] ?? 1) : monthsBetween(from, to) / months;
  return Math.trunc(count) || 0;
}

export function startOfUnit(
  frame: Frame,
  value: DateValue | InstantValue,
  name: string,
): DateValue | InstantValue {
  const unit = readUnit(name);
  const ms = MS_PER[unit];
  if (value.kind === "date") {
    if (ms !== undefined) throw needsClock(unit);
    return { kind: "date", days: startOfDays(value.days, unit) };
  }
  const { days, nanosOfDay } = localParts(frame, value);
  if (ms === undefined) return fromLocalParts(frame, startOfDays(days, unit), 0, value.zone);
  const back = nanosOfDay % (ms * 1_000_000);
  const nanos = BigInt(value.ms) * 1_000_000n + BigInt(value.nanos) - BigInt(back % DAY_NANOS);
  const wholeMs = nanos / 1_000_000n - (nanos % 1_000_000n < 0n ? 1n : 0n);
  return { ...value, ms: Number(wholeMs), nanos: Number(nanos - wholeMs * 1_000_000n) };
}

function startOfDays(days: number, unit: Unit): number {
  if (unit === "day") return days;
  if (unit === "week") return days - isoWeekday(days) + 1;
  const { year, month } = civilFromDays(days);
  const first = unit === "year" ? 1 : unit === "quarter" ? month - ((month - 1) % 3) : month;
  return daysFromCivil(year, first, 1);
}
