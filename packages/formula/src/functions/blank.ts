/** Blanks and tests: fallbacks for blank values, and questions about a value that never fail. */
import { BOOLEAN, type Built, type Builder, combine, type Outcome, type Run } from "../build/built.ts";
import { valuesEqual } from "../build/equality.ts";
import { kindOfType, locate, narrow } from "../build/narrow.ts";
import { ZERO } from "../decimal/decimal.ts";
import { parseLocalDateTime } from "../dates/iso.ts";
import { parseDate } from "../dates/calendar.ts";
import { parseFormattedDate } from "../dates/parse-format.ts";
import { isCatchable } from "../failure.ts";
import type { CallExpr } from "../syntax/expr.ts";
import { isBlank, type Value } from "../value.ts";
import { branchFacts, buildBranch, commonType } from "./branches.ts";
import { defineSpecial, defineStrict, type FunctionEntry, placeOf } from "./define.ts";
import { readNumberText } from "./read-number-text.ts";

function buildTest(call: CallExpr, builder: Builder, decide: (run: Run) => Run): Built {
  const parts = call.args.map((arg) => builder.build(arg));
  const run = parts[0]?.run ?? (() => null);
  return {
    expr: call,
    type: BOOLEAN,
    ...combine(parts),
    canBeBlank: false,
    special: false,
    run: decide(run),
  };
}

function buildCoalesce(call: CallExpr, builder: Builder): Built {
  const parts = call.args.map((arg, index) => (index === 0 ? builder.build(arg) : buildBranch(arg, builder)));
  const runs = parts.map((part) => part.run);
  return {
    expr: call,
    type: commonType(parts, builder),
    ...branchFacts([], parts),
    canBeBlank: parts.every((part) => part.canBeBlank && !part.special),
    run: (frame): Outcome => {
      const before = frame.pending;
      for (const run of runs) {
        const value = run(frame);
        if (!isBlank(value) || frame.pending > before) return value;
      }
      return null;
    },
  };
}

function buildBlankIf(call: CallExpr, builder: Builder): Built {
  const parts = call.args.map((arg) => builder.build(arg));
  const [value, unwanted] = parts;
  if (!value || !unwanted) throw new RangeError("BLANKIF is built with two values");
  const kind = kindOfType(value.type);
  if (kind) narrow(unwanted, kind, builder, placeOf(call, 1));
  return {
    expr: call,
    type: value.type,
    ...combine(parts),
    canBeBlank: true,
    special: false,
    run: (frame) => {
      const result = value.run(frame) as Value;
      const other = unwanted.run(frame) as Value;
      try {
        return valuesEqual(result, other) ? null : result;
      } catch (error) {
        throw locate(error, call, [result, other], "BLANKIF");
      }
    },
  };
}

/** TRUE where a value can be computed and satisfies the test. */
function testing(decide: (value: Value) => boolean): (run: Run) => Run {
  return (run) => (frame) => {
    try {
      return decide(run(frame) as Value);
    } catch (error) {
      if (!isCatchable(error)) throw error;
      return false;
    }
  };
}

function isDateText(text: string): boolean {
  return parseDate(text) !== null || parseLocalDateTime(text) !== null;
}

const NEVER_BLANK = "Never blank: FALSE for blank.";

export const blankFunctions: readonly FunctionEntry[] = [
  defineSpecial({
    name: "ISBLANK",
    group: "Blank and test",
    params: [{ name: "value", kind: "any" }],
    result: "Boolean",
    summary: "TRUE when a value is missing or empty text.",
    blank: "TRUE for blank. Text of spaces is not blank.",
    excel: "Empty text counts as blank here.",
    examples: [
      { formula: "ISBLANK(Email)", result: "TRUE" },
      { formula: 'ISBLANK("")', result: "TRUE" },
      { formula: 'ISBLANK(" ")', result: "FALSE" },
    ],
    build: (call, builder) => buildTest(call, builder, (run) => (frame) => isBlank(run(frame))),
  }),
  ...(["BLANKVALUE", "COALESCE"] as const).map((name) =>
    defineSpecial({
      name,
      group: "Blank and test",
      params:
        name === "BLANKVALUE"
          ? [
              { name: "value", kind: "scalar" },
              { name: "fallback", kind: "scalar", branch: true },
            ]
          : [
              { name: "value", kind: "scalar" },
              { name: "fallback", kind: "scalar", repeat: true, branch: true },
            ],
      result: "the type of its values",
      summary:
        name === "BLANKVALUE"
          ? "Gives the value, or the fallback when it is blank."
          : "Gives the first value that is not blank.",
      blank: "Blank only if all values are blank.",
      excel: "Not in Excel.",
      examples: [
        { formula: `${name}(Email, "none@example.com")`, result: '"none@example.com"' },
        { formula: `${name}(Name, "unknown")`, result: '"Blue Lake Service"' },
        { formula: `${name}(Email, FAIL("no e-mail address"))`, result: "Fail: no e-mail address" },
      ],
      build: buildCoalesce,
    }),
  ),
  defineSpecial({
    name: "ZEROIFBLANK",
    group: "Blank and test",
    params: [{ name: "number", kind: "number" }],
    result: "Number",
    summary: "Gives the number, or 0 when it is blank.",
    blank: "0 for blank.",
    excel: "Not in Excel, where a blank cell counts as 0 without being asked.",
    examples: [
      { formula: "ZEROIFBLANK(Discount)", result: "0" },
      { formula: "ZEROIFBLANK(Quantity)", result: "12" },
      { formula: "Amount - ZEROIFBLANK(Discount)", result: "1250.5" },
    ],
    build(call, builder) {
      const parts = call.args.map((arg) => builder.build(arg));
      const [part] = parts;
      const run = part ? narrow(part, "number", builder, placeOf(call, 0)) : () => null;
      return {
        expr: call,
        type: { name: "number" },
        ...combine(parts),
        canBeBlank: false,
        special: false,
        run: (frame) => run(frame) ?? ZERO,
      };
    },
  }),
  defineSpecial({
    name: "BLANKIF",
    group: "Blank and test",
    params: [
      { name: "value", kind: "scalar" },
      { name: "unwanted", kind: "scalar" },
    ],
    result: "the type of the value",
    summary: "Gives blank when the value equals the unwanted one, else the value.",
    blank: "Blank stays blank.",
    excel: "Not in Excel.",
    examples: [
      { formula: 'BLANKIF(Country, "DK")', result: "BLANK" },
      { formula: 'BLANKIF(Country, "SE")', result: '"DK"' },
      { formula: "BLANKIF(Quantity, 0)", result: "12" },
    ],
    build: buildBlankIf,
  }),
  defineSpecial({
    name: "ISERROR",
    group: "Blank and test",
    params: [{ name: "value", kind: "scalar" }],
    result: "Boolean",
    summary: "TRUE when computing the value is an error.",
    blank: "Blank is no error: FALSE.",
    examples: [
      { formula: "ISERROR(1 / 0)", result: "TRUE" },
      { formula: "ISERROR(VALUE(Name))", result: "TRUE" },
      { formula: "ISERROR(Amount)", result: "FALSE" },
    ],
    build: (call, builder) =>
      buildTest(call, builder, (run) => (frame) => {
        try {
          run(frame);
          return false;
        } catch (error) {
          if (!isCatchable(error)) throw error;
          return true;
        }
      }),
  }),
  defineSpecial({
    name: "ISNUMBER",
    group: "Blank and test",
    params: [{ name: "value", kind: "scalar" }],
    result: "Boolean",
    summary: "TRUE for a number, and for text that VALUE can read.",
    blank: `${NEVER_BLANK} An error inside gives FALSE too.`,
    excel: "Excel gives FALSE for text that looks like a number.",
    examples: [
      { formula: 'ISNUMBER("12.5")', result: "TRUE" },
      { formula: "ISNUMBER(Name)", result: "FALSE" },
      { formula: 'ISNUMBER(FIND("x", Name))', result: "FALSE" },
    ],
    build: (call, builder) =>
      buildTest(
        call,
        builder,
        testing((value) =>
          typeof value === "string"
            ? readNumberText(value, undefined) !== null
            : value !== null && typeof value === "object" && value.kind === "number",
        ),
      ),
  }),
  defineStrict({
    name: "ISDATE",
    group: "Blank and test",
    params: [
      { name: "text", kind: "text" },
      { name: "format", kind: "text", optional: true },
    ],
    returns: BOOLEAN,
    summary: "TRUE when the text is an ISO date or a date in the given format.",
    excel: "Not in Excel.",
    examples: [
      { formula: 'ISDATE("2026-02-28")', result: "TRUE" },
      { formula: 'ISDATE("2026-02-30")', result: "FALSE" },
      { formula: 'ISDATE("28.02.2026", "dd.MM.yyyy")', result: "TRUE" },
    ],
    run: (_frame, text, format) =>
      format === undefined ? isDateText(text) : parseFormattedDate(text, format) !== null,
  }),
  defineStrict({
    name: "ISEMAIL",
    group: "Blank and test",
    params: [{ name: "text", kind: "text" }],
    returns: BOOLEAN,
    summary: "TRUE when the text has the form of an e-mail address: name@domain.tld.",
    excel: "Not in Excel.",
    examples: [
      { formula: 'ISEMAIL("ann@example.com")', result: "TRUE" },
      { formula: 'ISEMAIL("ann@example")', result: "FALSE" },
      { formula: 'ISEMAIL("ann at example.com")', result: "FALSE" },
    ],
    run: (_frame, text) =>
      text.length <= 254 && /^[^\s@"(),:;<>[\\\]]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,63}$/u.test(text),
  }),
  defineStrict({
    name: "ISPHONE",
    group: "Blank and test",
    params: [{ name: "text", kind: "text" }],
    returns: BOOLEAN,
    summary: "TRUE when the text has 5 to 15 digits, with only + ( ) - . / and spaces between them.",
    excel: "Not in Excel.",
    examples: [
      { formula: 'ISPHONE("+45 33 12 34 56")', result: "TRUE" },
      { formula: 'ISPHONE("call me")', result: "FALSE" },
      { formula: 'ISPHONE("123")', result: "FALSE" },
    ],
    run: (_frame, text) => {
      if (text.length > 40 || !/^\s*\+?[\d\s()./-]+$/.test(text)) return false;
      const digits = text.replace(/\D/g, "").length;
      return digits >= 5 && digits <= 15;
    },
  }),
];
