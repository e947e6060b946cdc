/** Dates and times: parts, arithmetic with units, working days, formats. Zones come from the transfer. */
import { DATE, DATETIME, NUMBER, TEXT, TIME, type Built, combine } from "../build/built.ts";
import { type Decimal, decimalFromInteger, exactDecimal } from "../decimal/decimal.ts";
import { trimZeros } from "../decimal/round.ts";
import {
  addMonths,
  civilFromDays,
  dateFromDays,
  dateFromParts,
  daysFromCivil,
  daysInMonth,
  isoWeekday,
} from "../dates/calendar.ts";
import { localParts, momentParts, runInstant } from "../dates/zoned.ts";
import { FormulaFailure } from "../failure.ts";
import type { DateValue, Value } from "../value.ts";
import { formatAsDate } from "./date-text.ts";
import { addUnits, differenceIn, startOfUnit, UNIT_WORDS } from "./date-units.ts";
import { BLANK_IN_BLANK_OUT, defineSpecial, defineStrict, type FunctionEntry, placeOf } from "./define.ts";
import { narrow } from "../build/narrow.ts";
import { eachValues } from "./each.ts";
import { wholeNumber } from "./numbers.ts";

const moment = { name: "moment", kind: "moment" } as const;
const KEEPS_TYPE = "Date for a Date, DateTime for a DateTime";

function sameAsFirst(parts: readonly Built[]): Built["type"] {
  return parts[0]?.type ?? DATE;
}

const unit = { name: "unit", kind: "text", words: UNIT_WORDS } as const;

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

function isWorkday(days: number, holidays: ReadonlySet<number>): boolean {
  return isoWeekday(days) <= 5 && !holidays.has(days);
}

const MAX_WORKDAYS = 100_000;

/** Whole weeks are jumped over, but never the last days, which may start on a weekend; the holidays in them are made up for afterwards. */
function addWorkdays(start: number, count: number, holidays: ReadonlySet<number>): DateValue {
  const step = Math.sign(count);
  let days = start;
  let left = Math.abs(count);
  while (left > 5) {
    const weeks = Math.floor((left - 1) / 5);
    const next = days + step * weeks * 7;
    left -= weeks * 5;
    for (const holiday of holidays) {
      const passed = step > 0 ? holiday > days && holiday <= next : holiday < days && holiday >= next;
      if (passed && isoWeekday(holiday) <= 5) left += 1;
    }
    days = next;
  }
  while (left > 0) {
    days += step;
    if (isWorkday(days, holidays)) left -= 1;
  }
  return dateFromDays(days);
}

function countWorkdays(start: number, end: number, holidays: ReadonlySet<number>): number {
  const [from, to] = start <= end ? [start, end] : [end, start];
  const weeks = Math.floor((to - from + 1) / 7);
  let count = weeks * 5;
  for (let days = from + weeks * 7; days <= to; days += 1) if (isoWeekday(days) <= 5) count += 1;
  for (const holiday of holidays)
    if (holiday >= from && holiday <= to && isoWeekday(holiday) <= 5) count -= 1;
  return start <= end ? count : -count;
}

function workdayFunction(
  entry: Pick<FunctionEntry, "name" | "summary" | "examples"> & {
    readonly second: "number" | "date";
    readonly returns: Built["type"];
  },
  compute: (start: DateValue, second: Decimal | DateValue, holidays: ReadonlySet<number>) => Value,
): FunctionEntry {
  return defineSpecial({
    name: entry.name,
    group: "Date and time",
    params: [
      { name: "start", kind: "date" },
      { name: entry.second === "date" ? "end" : "days", kind: entry.second },
      { name: "holidays", kind: "list", optional: true },
    ],
    result: entry.second === "date" ? "Number" : "Date",
    summary: `${entry.summary} Saturdays, Sundays and the holidays (a list or one date) do not count.`,
    blank: `${BLANK_IN_BLANK_OUT} Blank holidays are ignored.`,
    examples: entry.examples,
    build(call, builder) {
      const parts = call.args.slice(0, 2).map((arg) => builder.build(arg));
      const [first, second] = parts.map((built, index) =>
        narrow(built, index === 0 ? "date" : entry.second, builder, placeOf(call, index)),
      );
      const [, , listExpr] = call.args;
      const list = listExpr ? eachValues(listExpr, builder, "date", placeOf(call, 2)) : null;
      const facts = combine(parts);
      return {
        expr: call,
        type: entry.returns,
        ...facts,
        constant: facts.constant && !list,
        special: false,
        run: (frame) => {
          const start = first?.(frame) as DateValue | null;
          const other = second?.(frame) as Decimal | DateValue | null;
          const holidays = new Set<number>();
          for (const day of list?.values(frame) ?? [])
            if (day !== null) holidays.add((day as DateValue).days);
          return start === null || other === null ? null : compute(start, other, holidays);
        },
      };
    },
  });
}

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
  workdayFunction(
    {
      name: "WORKDAY",
      summary: "The date a number of working days later or earlier.",
      second: "number",
      returns: DATE,
      examples: [
        { formula: "WORKDAY(DATE(2026, 3, 13), 1)", result: "2026-03-16" },
        { formula: "WORKDAY(StartDate, 5)", result: "2026-03-20" },
        { formula: "WORKDAY(DATE(2026, 3, 13), 1, DATE(2026, 3, 16))", result: "2026-03-17" },
      ],
    },
    (start, count, holidays) =>
      addWorkdays(
        start.days,
        wholeNumber(count as Decimal, "The days", -MAX_WORKDAYS, MAX_WORKDAYS),
        holidays,
      ),
  ),
  workdayFunction(
    {
      name: "NETWORKDAYS",
      summary: "The number of working days between two dates, both included.",
      second: "date",
      returns: NUMBER,
      examples: [
        { formula: "NETWORKDAYS(DATE(2026, 3, 2), DATE(2026, 3, 13))", result: "10" },
        { formula: "NETWORKDAYS(DATE(2026, 3, 13), DATE(2026, 3, 2))", result: "-10" },
        { formula: "NETWORKDAYS(DATE(2026, 3, 2), DATE(2026, 3, 6), DATE(2026, 3, 4))", result: "4" },
      ],
    },
    (start, end, holidays) =>
      decimalFromInteger(countWorkdays(start.days, (end as DateValue).days, holidays)),
  ),
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
