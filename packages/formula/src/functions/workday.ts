/** Working days: Monday to Friday without the holidays of a list. */
import { type Built, combine, DATE, NUMBER } from "../build/built.ts";
import { narrow } from "../build/narrow.ts";
import { type Decimal, decimalFromInteger } from "../decimal/decimal.ts";
import { dateFromDays, isoWeekday } from "../dates/calendar.ts";
import type { DateValue, Value } from "../value.ts";
import { BLANK_IN_BLANK_OUT, defineSpecial, type FunctionEntry, placeOf } from "./define.ts";
import { eachValues } from "./each.ts";
import { wholeNumber } from "./numbers.ts";

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

export const workdayFunctions: readonly FunctionEntry[] = [
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
];
