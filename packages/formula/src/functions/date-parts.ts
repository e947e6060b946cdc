/** Parts of dates and times: year to minute, day and number of the week. */
import { NUMBER } from "../build/built.ts";
import { decimalFromInteger } from "../decimal/decimal.ts";
import { civilFromDays, daysFromCivil, isoWeekday } from "../dates/calendar.ts";
import { localParts, momentParts } from "../dates/zoned.ts";
import { FormulaFailure } from "../failure.ts";
import { defineStrict, type FunctionEntry } from "./define.ts";
import { wholeNumber } from "./numbers.ts";

const moment = { name: "moment", kind: "moment" } as const;

function part(
  name: string,
  summary: string,
  pick: (days: number) => number,
  examples: FunctionEntry["examples"],
): FunctionEntry {
  return defineStrict({
    name,
    group: "Date and time",
    params: [moment],
    returns: NUMBER,
    usesContext: true,
    summary: `${summary} An instant is read in the time zone of the transfer.`,
    examples,
    run: (frame, value) => decimalFromInteger(pick(momentParts(frame, value).days)),
  });
}

function clockPart(
  name: string,
  seconds: number,
  range: number,
  summary: string,
  examples: FunctionEntry["examples"],
): FunctionEntry {
  return defineStrict({
    name,
    group: "Date and time",
    params: [{ name: "moment", kind: "clock" }],
    returns: NUMBER,
    usesContext: true,
    summary: `${summary} An instant is read in the time zone of the transfer.`,
    examples,
    run: (frame, value) => {
      const nanos = value.kind === "time" ? value.nanos : localParts(frame, value).nanosOfDay;
      return decimalFromInteger(Math.floor(nanos / 1e9 / seconds) % range);
    },
  });
}

function weekNumber(days: number, type: number): number {
  if (type === 21) {
    const thursday = days - isoWeekday(days) + 4;
    const { year } = civilFromDays(thursday);
    return Math.floor((thursday - daysFromCivil(year, 1, 1)) / 7) + 1;
  }
  const firstDay = type === 2 || type === 11 ? 1 : type === 1 || type === 17 ? 7 : type - 10;
  const january = daysFromCivil(civilFromDays(days).year, 1, 1);
  const offset = (isoWeekday(january) - firstDay + 7) % 7;
  return Math.floor((days - january + offset) / 7) + 1;
}

export const datePartFunctions: readonly FunctionEntry[] = [
  part("YEAR", "The year of a date.", (days) => civilFromDays(days).year, [
    { formula: "YEAR(StartDate)", result: "2026" },
    { formula: 'YEAR(DATEVALUE("0999-01-01"))', result: "999" },
    { formula: "YEAR(CreatedAt)", result: "2026" },
  ]),
  part("MONTH", "The month of a date, 1 to 12.", (days) => civilFromDays(days).month, [
    { formula: "MONTH(StartDate)", result: "3" },
    { formula: "MONTH(DATE(2026, 12, 31))", result: "12" },
    { formula: "MONTH(CreatedAt)", result: "3" },
  ]),
  part("DAY", "The day of the month, 1 to 31.", (days) => civilFromDays(days).day, [
    { formula: "DAY(StartDate)", result: "15" },
    { formula: "DAY(CreatedAt)", result: "16" },
    { formula: "DAY(EOMONTH(StartDate, 0))", result: "31" },
  ]),
  clockPart("HOUR", 3600, 24, "The hour, 0 to 23.", [
    { formula: "HOUR(CreatedAt)", result: "0" },
    { formula: "HOUR(TIME(17, 45, 0))", result: "17" },
    { formula: 'HOUR(INZONE(CreatedAt, "UTC"))', result: "23" },
  ]),
  clockPart("MINUTE", 60, 60, "The minute, 0 to 59.", [
    { formula: "MINUTE(CreatedAt)", result: "30" },
    { formula: "MINUTE(TIME(17, 45, 0))", result: "45" },
    { formula: "MINUTE(NOW())", result: "15" },
  ]),
  defineStrict({
    name: "WEEKDAY",
    group: "Date and time",
    params: [moment, { name: "type", kind: "number", optional: true }],
    returns: NUMBER,
    usesContext: true,
    summary: "The day of the week: 1 is Sunday; with type 2 1 is Monday; with type 3 Monday is 0.",
    examples: [
      { formula: "WEEKDAY(StartDate)", result: "1" },
      { formula: "WEEKDAY(StartDate, 2)", result: "7" },
      { formula: "WEEKDAY(DATE(2026, 3, 16), 3)", result: "0" },
    ],
    run: (frame, value, type) => {
      const weekday = isoWeekday(momentParts(frame, value).days);
      const kind = type === undefined ? 1 : wholeNumber(type, "The type", 1, 17);
      if (kind === 3) return decimalFromInteger(weekday - 1);
      if (kind > 3 && kind < 11) throw new FormulaFailure("FML-306", "The type must be 1, 2, 3 or 11 to 17");
      const first = kind === 1 ? 7 : kind === 2 ? 1 : kind - 10;
      return decimalFromInteger(((weekday - first + 7) % 7) + 1);
    },
  }),
  defineStrict({
    name: "WEEKNUM",
    group: "Date and time",
    params: [moment, { name: "type", kind: "number", optional: true }],
    returns: NUMBER,
    usesContext: true,
    summary: "The week of the year; weeks begin on Sunday, with type 2 on Monday; type 21 is the ISO week.",
    examples: [
      { formula: "WEEKNUM(DATE(2026, 1, 4))", result: "2" },
      { formula: "WEEKNUM(DATE(2027, 1, 1), 21)", result: "53" },
      { formula: "WEEKNUM(StartDate, 21)", result: "11" },
    ],
    run: (frame, value, type) => {
      const kind = type === undefined ? 1 : wholeNumber(type, "The type", 1, 21);
      if (kind > 2 && kind !== 21 && (kind < 11 || kind > 17)) {
        throw new FormulaFailure("FML-306", "The type must be 1, 2, 11 to 17 or 21");
      }
      return decimalFromInteger(weekNumber(momentParts(frame, value).days, kind));
    },
  }),
];
