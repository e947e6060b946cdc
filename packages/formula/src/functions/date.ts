/** Dates and times: parts, arithmetic with units, working days, formats. Zones come from the transfer. */
import { DATE, DATETIME, NUMBER, TEXT, TIME, type Built } from "../build/built.ts";
import { decimalFromInteger, exactDecimal } from "../decimal/decimal.ts";
import { trimZeros } from "../decimal/round.ts";
import { addMonths, civilFromDays, dateFromParts, daysFromCivil, daysInMonth } from "../dates/calendar.ts";
import { localParts, runInstant } from "../dates/zoned.ts";
import { FormulaFailure } from "../failure.ts";
import { formatAsDate } from "./date-text.ts";
import { addUnits, differenceIn, startOfUnit, UNIT_WORDS } from "./date-units.ts";
import { defineStrict, type FunctionEntry } from "./define.ts";
import { wholeNumber } from "./numbers.ts";

const moment = { name: "moment", kind: "moment" } as const;
const KEEPS_TYPE = "Date for a Date, DateTime for a DateTime";

function sameAsFirst(parts: readonly Built[]): Built["type"] {
  return parts[0]?.type ?? DATE;
}

const unit = { name: "unit", kind: "text", words: UNIT_WORDS } as const;

export const dateFunctions: readonly FunctionEntry[] = [
  defineStrict({
    name: "TODAY",
    group: "Date and time",
    params: [],
    returns: DATE,
    usesContext: true,
    blank: "Never blank.",
    summary: "The date of the run in the time zone of the transfer. It stays the same during a run.",
    excel: "Fixed at the start of the run.",
    examples: [
      { formula: "TODAY()", result: "2026-11-19" },
      { formula: "TODAY() - 1", result: "2026-11-18" },
      { formula: "YEAR(TODAY())", result: "2026" },
    ],
    run: (frame) => ({ kind: "date", days: localParts(frame, runInstant(frame)).days }),
  }),
  defineStrict({
    name: "NOW",
    group: "Date and time",
    params: [],
    returns: DATETIME,
    usesContext: true,
    blank: "Never blank.",
    summary: "The instant at which the run started.",
    excel: "Fixed at the start of the run.",
    examples: [
      { formula: "NOW()", result: "2026-11-19T10:15:30Z" },
      { formula: 'FORMATDATE(NOW(), "HH:mm")', result: '"11:15"' },
      { formula: 'DATEADD(NOW(), -1, "hour")', result: "2026-11-19T09:15:30Z" },
    ],
    run: (frame) => runInstant(frame),
  }),
  defineStrict({
    name: "DATE",
    group: "Date and time",
    params: [
      { name: "year", kind: "number" },
      { name: "month", kind: "number" },
      { name: "day", kind: "number" },
    ],
    returns: DATE,
    summary: "A date from year, month and day. A day that does not exist is an error.",
    excel: "Excel rolls a month 13 into the next year.",
    examples: [
      { formula: "DATE(2026, 3, 15)", result: "2026-03-15" },
      { formula: "DATE(2024, 2, 29)", result: "2024-02-29" },
      { formula: "DATE(2026, 2, 29)", result: "Error FML-306" },
    ],
    run: (_frame, year, month, day) => {
      const date = dateFromParts(
        wholeNumber(year, "The year", 1, 9999),
        wholeNumber(month, "The month", 1, 12),
        wholeNumber(day, "The day", 1, 31),
      );
      if (!date) throw new FormulaFailure("FML-306", "There is no such day");
      return date;
    },
  }),
  defineStrict({
    name: "TIME",
    group: "Date and time",
    params: [
      { name: "hour", kind: "number" },
      { name: "minute", kind: "number" },
      { name: "second", kind: "number", optional: true },
    ],
    returns: TIME,
    summary: "A time of day from hour, minute and second.",
    excel: "Values outside the clock are an error, Excel rolls them over.",
    examples: [
      { formula: "TIME(8, 30, 0)", result: "08:30:00" },
      { formula: "TIME(23, 59)", result: "23:59:00" },
      { formula: "TIME(24, 0, 0)", result: "Error FML-306" },
    ],
    run: (_frame, hour, minute, second) => {
      const seconds =
        wholeNumber(hour, "The hour", 0, 23) * 3600 +
        wholeNumber(minute, "The minute", 0, 59) * 60 +
        (second === undefined ? 0 : wholeNumber(second, "The second", 0, 59));
      return { kind: "time", nanos: seconds * 1e9 };
    },
  }),
  defineStrict({
    name: "DATEADD",
    cost: 40,
    group: "Date and time",
    returns: sameAsFirst,
    result: KEEPS_TYPE,
    usesContext: true,
    params: [moment, { name: "count", kind: "number" }, unit],
    summary:
      "Adds a number of units: year, quarter, month, week, day, and for instants hour, minute, second. Months are cut to the last day; days keep the local clock time.",
    excel: "Not in Excel.",
    examples: [
      { formula: 'DATEADD(DATE(2026, 1, 31), 1, "month")', result: "2026-02-28" },
      { formula: 'DATEADD(CreatedAt, 90, "minute")', result: "2026-03-16T01:00:00Z" },
      { formula: 'DATEADD(StartDate, -2, "week")', result: "2026-03-01" },
    ],
    run: (frame, value, count, name) => addUnits(frame, value, count, name),
  }),
  defineStrict({
    name: "DATEDIFF",
    cost: 40,
    group: "Date and time",
    params: [{ name: "start", kind: "moment" }, { name: "end", kind: "moment" }, unit],
    returns: NUMBER,
    usesContext: true,
    summary:
      "Completed units from start to end, negative when the end is earlier. Both must be dates or both instants.",
    excel: "DATEDIF in Excel has other unit names and no negative results.",
    examples: [
      { formula: 'DATEDIFF(DATE(2026, 1, 15), DATE(2026, 3, 14), "month")', result: "1" },
      { formula: 'DATEDIFF(StartDate, DATE(2026, 3, 1), "day")', result: "-14" },
      { formula: 'DATEDIFF(CreatedAt, DATETIMEVALUE("2026-03-16T01:00:00Z"), "minute")', result: "90" },
    ],
    run: (frame, start, end, name) => decimalFromInteger(differenceIn(frame, start, end, name)),
  }),
  defineStrict({
    name: "EDATE",
    group: "Date and time",
    params: [
      { name: "start", kind: "date" },
      { name: "months", kind: "number" },
    ],
    returns: DATE,
    summary: "The date a number of months later, cut to the last day of the month.",
    examples: [
      { formula: "EDATE(DATE(2026, 1, 31), 1)", result: "2026-02-28" },
      { formula: "EDATE(StartDate, -12)", result: "2025-03-15" },
      { formula: "EDATE(DATE(2024, 2, 29), 12)", result: "2025-02-28" },
    ],
    run: (_frame, start, months) =>
      addMonths(start.days, wholeNumber(months, "The months", -200_000, 200_000)),
  }),
  defineStrict({
    name: "EOMONTH",
    group: "Date and time",
    params: [
      { name: "start", kind: "date" },
      { name: "months", kind: "number", optional: true },
    ],
    returns: DATE,
    summary: "The last day of the month, a number of months later.",
    examples: [
      { formula: "EOMONTH(StartDate, 0)", result: "2026-03-31" },
      { formula: "EOMONTH(StartDate, -1)", result: "2026-02-28" },
      { formula: "EOMONTH(DATE(2027, 12, 5), 2)", result: "2028-02-29" },
    ],
    run: (_frame, start, months) => {
      const moved = addMonths(
        start.days,
        months === undefined ? 0 : wholeNumber(months, "The months", -200_000, 200_000),
      );
      const { year, month } = civilFromDays(moved.days);
      return { kind: "date", days: daysFromCivil(year, month, daysInMonth(year, month)) };
    },
  }),
  defineStrict({
    name: "STARTOF",
    cost: 40,
    group: "Date and time",
    returns: sameAsFirst,
    result: KEEPS_TYPE,
    usesContext: true,
    params: [moment, unit],
    summary: "The beginning of the year, quarter, month, week (Monday), day, hour, minute or second.",
    excel: "Not in Excel.",
    examples: [
      { formula: 'STARTOF(StartDate, "month")', result: "2026-03-01" },
      { formula: 'STARTOF(StartDate, "week")', result: "2026-03-09" },
      { formula: 'STARTOF(CreatedAt, "day")', result: "2026-03-15T23:00:00Z" },
    ],
    run: (frame, value, name) => startOfUnit(frame, value, name),
  }),
  defineStrict({
    name: "FORMATDATE",
    cost: 150,
    group: "Date and time",
    params: [
      { name: "moment", kind: "scalar" },
      { name: "format", kind: "text" },
    ],
    returns: TEXT,
    usesContext: true,
    summary:
      "A date, instant or time as text: yyyy yy, M MM MMM MMMM, d dd ddd dddd, H HH, h hh with tt, m mm, s ss, S to SSSSSSSSS; words in single quotes. Instants in the time zone of the transfer, names in English.",
    excel: "TEXT in Excel depends on the language.",
    examples: [
      { formula: 'FORMATDATE(StartDate, "dd.MM.yyyy")', result: '"15.03.2026"' },
      { formula: 'FORMATDATE(CreatedAt, "yyyy-MM-dd HH:mm")', result: '"2026-03-16 00:30"' },
      { formula: 'FORMATDATE(StartDate, "d MMMM yyyy")', result: '"15 March 2026"' },
    ],
    run: (frame, value, format) => {
      if (
        typeof value !== "object" ||
        (value.kind !== "date" && value.kind !== "datetime" && value.kind !== "time")
      ) {
        throw new FormulaFailure(
          "FML-314",
          "FORMATDATE needs a Date, DateTime or Time; use DATEVALUE for text",
        );
      }
      return formatAsDate(frame, value, format);
    },
  }),
  defineStrict({
    name: "INZONE",
    cost: 40,
    group: "Date and time",
    params: [
      { name: "moment", kind: "datetime" },
      { name: "zone", kind: "text" },
    ],
    returns: DATETIME,
    summary: "The same instant, whose date, hour and format are then read in another time zone.",
    excel: "Not in Excel.",
    examples: [
      {
        formula: 'FORMATDATE(INZONE(CreatedAt, "Asia/Tokyo"), "yyyy-MM-dd HH:mm")',
        result: '"2026-03-16 08:30"',
      },
      { formula: 'INZONE(CreatedAt, "UTC") = CreatedAt', result: "TRUE" },
      { formula: 'INZONE(CreatedAt, "Moon/Sea")', result: "Error FML-306" },
    ],
    run: (frame, value, zone) => {
      frame.clock.offsetAt(zone, value.ms);
      return { ...value, zone };
    },
  }),
  defineStrict({
    name: "UNIXTIME",
    group: "Date and time",
    params: [{ name: "moment", kind: "datetime" }],
    returns: NUMBER,
    summary: "Seconds since 1970-01-01 00:00 UTC.",
    excel: "Not in Excel.",
    examples: [
      { formula: "UNIXTIME(CreatedAt)", result: "1773617400" },
      { formula: 'UNIXTIME(DATETIMEVALUE("1970-01-01T00:00:00Z"))', result: "0" },
      { formula: 'UNIXTIME(DATETIMEVALUE("1970-01-01T00:00:01.5Z"))', result: "1.5" },
    ],
    run: (_frame, value) => trimZeros(exactDecimal(BigInt(value.ms) * 1_000_000n + BigInt(value.nanos), 9)),
  }),
];
