/** Conversions between types, each by name: nothing is converted silently where something could be lost. */
import { BOOLEAN, type Builder, type Built, combine, DATE, DATETIME, NUMBER, TEXT } from "../build/built.ts";
import { locate } from "../build/narrow.ts";
import { cellText, toCell } from "../cell.ts";
import { parseDate } from "../dates/calendar.ts";
import { DAY_NANOS, parseInstant, parseLocalDateTime } from "../dates/iso.ts";
import { parseFormattedDate } from "../dates/parse-format.ts";
import { fromLocalParts, localParts } from "../dates/zoned.ts";
import { FormulaFailure } from "../failure.ts";
import type { CallExpr } from "../syntax/expr.ts";
import type { Choice } from "../types.ts";
import { isBlank, type Value } from "../value.ts";
import { formatAsDate } from "./date-text.ts";
import { BLANK_IN_BLANK_OUT, defineSpecial, defineStrict, type FunctionEntry } from "./define.ts";
import { formatNumberPattern } from "./number-format.ts";
import { readNumberText } from "./read-number-text.ts";

const TRUE_WORDS = new Set(["true", "yes", "y", "1", "on"]);
const FALSE_WORDS = new Set(["false", "no", "n", "0", "off"]);

function unreadable(text: string, what: string): FormulaFailure {
  return new FormulaFailure("FML-302", `"${text.slice(0, 100)}" is not ${what}`);
}

/** LABEL and CODE: the set of the choice is known while checking. */
function buildChoice(
  call: CallExpr,
  builder: Builder,
  convert: (choices: readonly Choice[], value: string) => string | undefined,
): Built {
  const parts = call.args.map((arg) => builder.build(arg));
  const set = parts.at(-1);
  const choices = set?.type.choices;
  if (set && !choices && set.type.name !== "unknown") {
    builder.report("FML-212", `${call.name} needs a field with a list of choices`, { span: set.expr.span });
  }
  const run = parts[0]?.run ?? (() => null);
  return {
    expr: call,
    type: TEXT,
    ...combine(parts),
    special: false,
    run: (frame) => {
      const value = run(frame) as Value;
      if (isBlank(value) || typeof value !== "string") return null;
      const converted = convert(choices ?? [], value);
      if (converted === undefined) {
        throw locate(
          new FormulaFailure("FML-306", "The list of choices does not have this value"),
          call,
          [value],
          call.name,
        );
      }
      return converted;
    },
  };
}

/** Excel in many languages writes `0,00`; here that comma would group thousands. */
function warnDecimalComma(entry: FunctionEntry): FunctionEntry {
  return {
    ...entry,
    build: (call, builder) => {
      const [, format] = call.args;
      if (format?.kind === "text" && /^[#0.]*[#0],(?:[#0]{1,2}|[#0]{4,})%?$/.test(format.value)) {
        const text = format.value.replace(/[.,]/g, (mark) => (mark === "," ? "." : ","));
        builder.report("FML-227", `In "${format.value}" the comma groups thousands`, {
          span: format.span,
          fix: { label: `Use "${text}"`, span: format.span, text: `"${text}"` },
        });
      }
      return entry.build(call, builder);
    },
  };
}

export const conversionFunctions: readonly FunctionEntry[] = [
  warnDecimalComma(
    defineStrict({
      name: "TEXT",
      cost: 60,
      group: "Conversion",
      params: [
        { name: "value", kind: "any" },
        { name: "format", kind: "text", optional: true },
      ],
      returns: TEXT,
      usesContext: true,
      summary:
        "Any value as text: numbers exact without grouping, dates ISO. With a format numbers are rounded and grouped as it says (0 and # digits, comma groups, point decimals, %), dates follow FORMATDATE.",
      excel: "The format always uses point and comma, whatever the language.",
      examples: [
        { formula: "TEXT(Amount)", result: '"1250.5"' },
        { formula: 'TEXT(Amount, "#,##0.00")', result: '"1,250.50"' },
        { formula: 'TEXT(StartDate, "dd.MM.yyyy")', result: '"15.03.2026"' },
      ],
      run: (frame, value, format) => {
        if (typeof value === "object" && (value.kind === "list" || value.kind === "row")) {
          throw new FormulaFailure("FML-314", "A list or record has no text");
        }
        if (format === undefined || typeof value === "string" || typeof value === "boolean") {
          return typeof value === "boolean" ? (value ? "TRUE" : "FALSE") : (toCell(value) as string);
        }
        if (value.kind === "number") return formatNumberPattern(value, format);
        return formatAsDate(frame, value, format);
      },
    }),
  ),
  defineStrict({
    name: "VALUE",
    group: "Conversion",
    params: [
      { name: "text", kind: "any" },
      { name: "decimalSeparator", kind: "text", optional: true, words: [".", ","] },
    ],
    returns: NUMBER,
    mayBeBlank: true,
    summary:
      'Text as a number. Without a second value only digits, a sign and a decimal point; with "," or "." as decimal separator the other one may group thousands.',
    blank: `${BLANK_IN_BLANK_OUT} Empty text gives blank.`,
    excel: "Does not depend on the language of the computer.",
    examples: [
      { formula: 'VALUE("1250.50")', result: "1250.5" },
      { formula: 'VALUE("1.250,50", ",")', result: "1250.5" },
      { formula: 'VALUE("12 pcs")', result: "Error FML-302" },
    ],
    run: (_frame, value, separator) => {
      if (separator !== undefined && separator !== "." && separator !== ",") {
        throw new FormulaFailure("FML-306", 'The decimal separator must be "." or ","');
      }
      if (typeof value === "object" && value.kind === "number") return value;
      if (typeof value !== "string") throw new FormulaFailure("FML-302", "This is not a number");
      if (value.trim() === "") return null;
      const number = readNumberText(value, separator);
      if (!number) throw unreadable(value, "a number");
      return number;
    },
  }),
  defineStrict({
    name: "DATEVALUE",
    cost: 60,
    group: "Conversion",
    params: [
      { name: "text", kind: "text" },
      { name: "format", kind: "text", optional: true },
    ],
    returns: DATE,
    mayBeBlank: true,
    summary: "Text as a date: ISO (2026-03-15), or in the given format.",
    blank: `${BLANK_IN_BLANK_OUT} Empty text gives blank.`,
    excel: "A format is needed unless the text is ISO; Excel guesses by the language.",
    examples: [
      { formula: 'DATEVALUE("2026-03-15")', result: "2026-03-15" },
      { formula: 'DATEVALUE("15/03/2026", "dd/MM/yyyy")', result: "2026-03-15" },
      { formula: 'DATEVALUE("15/03/2026")', result: "Error FML-302" },
    ],
    run: (_frame, text, format) => {
      if (text.trim() === "") return null;
      if (format === undefined) {
        const date = parseDate(text.trim());
        if (!date) throw unreadable(text, "an ISO date such as 2026-03-15");
        return date;
      }
      const parsed = parseFormattedDate(text, format);
      if (!parsed) throw unreadable(text, `a date in the format ${format}`);
      return { kind: "date", days: parsed.days };
    },
  }),
  defineStrict({
    name: "DATETIMEVALUE",
    cost: 60,
    group: "Conversion",
    params: [
      { name: "text", kind: "text" },
      { name: "format", kind: "text", optional: true },
    ],
    returns: DATETIME,
    mayBeBlank: true,
    usesContext: true,
    summary:
      "Text as an instant: ISO, or in the given format. Without Z or an offset it is local time of the transfer.",
    blank: `${BLANK_IN_BLANK_OUT} Empty text gives blank.`,
    excel: "Not in Excel.",
    examples: [
      { formula: 'DATETIMEVALUE("2026-03-15T08:30:00Z")', result: "2026-03-15T08:30:00Z" },
      { formula: 'DATETIMEVALUE("2026-07-01T08:30")', result: "2026-07-01T06:30:00Z" },
      { formula: 'DATETIMEVALUE("15.03.2026 08:30", "dd.MM.yyyy HH:mm")', result: "2026-03-15T07:30:00Z" },
    ],
    run: (frame, text, format) => {
      const trimmed = text.trim();
      if (trimmed === "") return null;
      if (format !== undefined) {
        const formatted = parseFormattedDate(trimmed, format);
        if (!formatted) throw unreadable(text, `in the format ${format}`);
        return fromLocalParts(frame, formatted.days, formatted.nanosOfDay);
      }
      const instant = parseInstant(trimmed);
      if (instant) return instant;
      const parsed = parseLocalDateTime(trimmed) ?? parseLocalDateTime(`${trimmed}T00:00`);
      if (!parsed) throw unreadable(text, "an ISO date and time");
      return fromLocalParts(frame, parsed.days, parsed.nanosOfDay);
    },
  }),
  defineStrict({
    name: "TODATE",
    group: "Conversion",
    params: [{ name: "moment", kind: "moment" }],
    returns: DATE,
    usesContext: true,
    summary: "The date of an instant in the time zone of the transfer.",
    excel: "Not in Excel.",
    examples: [
      { formula: "TODATE(CreatedAt)", result: "2026-03-16" },
      { formula: "TODATE(StartDate)", result: "2026-03-15" },
      { formula: 'TODATE(INZONE(CreatedAt, "UTC"))', result: "2026-03-15" },
    ],
    run: (frame, moment) =>
      moment.kind === "date" ? moment : { kind: "date", days: localParts(frame, moment).days },
  }),
  defineStrict({
    name: "TODATETIME",
    cost: 60,
    group: "Conversion",
    params: [
      { name: "moment", kind: "moment" },
      { name: "time", kind: "time", optional: true },
    ],
    returns: DATETIME,
    usesContext: true,
    summary: "The instant of a date at midnight, or at the given time, in the time zone of the transfer.",
    excel: "Not in Excel.",
    examples: [
      { formula: "TODATETIME(StartDate)", result: "2026-03-14T23:00:00Z" },
      { formula: "TODATETIME(StartDate, TIME(8, 30, 0))", result: "2026-03-15T07:30:00Z" },
      { formula: "TODATETIME(CreatedAt)", result: "2026-03-15T23:30:00Z" },
    ],
    run: (frame, moment, time) => {
      if (moment.kind === "datetime" && time === undefined) return moment;
      const days = moment.kind === "date" ? moment.days : localParts(frame, moment).days;
      return fromLocalParts(frame, days, (time?.nanos ?? 0) % DAY_NANOS);
    },
  }),
  defineStrict({
    name: "TOBOOLEAN",
    group: "Conversion",
    params: [{ name: "value", kind: "scalar" }],
    returns: BOOLEAN,
    mayBeBlank: true,
    summary:
      "TRUE for true, yes, y, on and 1, FALSE for false, no, n, off and 0; upper and lower case alike.",
    blank: `${BLANK_IN_BLANK_OUT} Empty text gives blank.`,
    excel: "Not in Excel.",
    examples: [
      { formula: 'TOBOOLEAN("Yes")', result: "TRUE" },
      { formula: "TOBOOLEAN(0)", result: "FALSE" },
      { formula: 'TOBOOLEAN("maybe")', result: "Error FML-302" },
    ],
    run: (_frame, value) => {
      if (typeof value === "boolean") return value;
      const word = cellText(value).trim().toLowerCase();
      if (word === "") return null;
      if (TRUE_WORDS.has(word)) return true;
      if (FALSE_WORDS.has(word)) return false;
      throw unreadable(word, "TRUE or FALSE");
    },
  }),
  defineSpecial({
    name: "LABEL",
    group: "Conversion",
    params: [{ name: "choice", kind: "scalar" }],
    result: "Text",
    summary: "The label of a choice, where the field itself holds the code.",
    blank: BLANK_IN_BLANK_OUT,
    excel: "Not in Excel.",
    examples: [
      { formula: "LABEL(Status)", result: '"Work completed"' },
      { formula: "UPPER(LABEL(Status))", result: '"WORK COMPLETED"' },
      { formula: 'LABEL(Status) & "!"', result: '"Work completed!"' },
    ],
    build: (call, builder) =>
      buildChoice(
        call,
        builder,
        (choices, code) => choices.find((choice) => choice.code === code)?.label ?? code,
      ),
  }),
  defineSpecial({
    name: "CODE",
    group: "Conversion",
    params: [
      { name: "choice", kind: "scalar" },
      { name: "field", kind: "scalar", optional: true },
    ],
    result: "Text",
    summary: "The code of a choice. With a second value: the code that the field's list has for a label.",
    blank: BLANK_IN_BLANK_OUT,
    excel: "Excel's CODE gives the number of a character.",
    examples: [
      { formula: "CODE(Status)", result: '"Completed"' },
      { formula: 'CODE("Work completed", Status)', result: '"Completed"' },
      { formula: 'CODE("unheard of", Status)', result: "Error FML-306" },
    ],
    build: (call, builder) =>
      buildChoice(call, builder, (choices, value) => {
        if (call.args.length === 1) return value;
        const lower = value.toLowerCase();
        const found =
          choices.find((choice) => choice.label === value) ??
          choices.find((choice) => choice.label.toLowerCase() === lower || choice.code === value);
        return found?.code;
      }),
  }),
];
