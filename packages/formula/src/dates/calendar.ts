/** Days of the proleptic Gregorian calendar, years 1 to 9999, without any clock or zone. */
import { FormulaFailure } from "../failure.ts";
import type { DateValue } from "../value.ts";

export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const MIN_DAYS = -719162;
const MAX_DAYS = 2932896;

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days since 1970-01-01 of a valid calendar day. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

export function civilFromDays(days: number): CalendarDay {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1;
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** A date from its parts, or null when there is no such day. */
export function dateFromParts(year: number, month: number, day: number): DateValue | null {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month))
    return null;
  return { kind: "date", days: daysFromCivil(year, month, day) };
}

/** A date from its day number; fails outside the years 1 to 9999. */
export function dateFromDays(days: number): DateValue {
  if (days < MIN_DAYS || days > MAX_DAYS) {
    throw new FormulaFailure("FML-306", "The date is outside the years 1 to 9999");
  }
  return { kind: "date", days };
}

/** Adds months; the day is cut to the last of the month, so 31 January plus 1 is 28 or 29 February. */
export function addMonths(days: number, months: number): DateValue {
  const { year, month, day } = civilFromDays(days);
  const index = year * 12 + (month - 1) + months;
  const newYear = Math.floor(index / 12);
  const newMonth = index - newYear * 12 + 1;
  if (newYear < 1 || newYear > 9999)
    throw new FormulaFailure("FML-306", "The date is outside the years 1 to 9999");
  return {
    kind: "date",
    days: daysFromCivil(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth))),
  };
}

/** 1 is Monday, 7 is Sunday. */
export function isoWeekday(days: number): number {
  return ((((days + 3) % 7) + 7) % 7) + 1;
}

export function formatDate(date: DateValue): string {
  const { year, month, day } = civilFromDays(date.days);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

export function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

/** Reads `YYYY-MM-DD`; null for anything else or a day that does not exist. */
export function parseDate(text: string): DateValue | null {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null;
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, 5, 7);
  const day = digitsAt(text, 8, 10);
  return year < 0 || month < 0 || day < 0 ? null : dateFromParts(year, month, day);
}

/** The number written in these digits, or -1. */
export function digitsAt(text: string, start: number, end: number): number {
  let value = 0;
  for (let index = start; index < end; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}
