/** Text functions that measure, search, compare and pad. */
import { BOOLEAN, NUMBER, TEXT } from "../build/built.ts";
import { checkTextLength, countSteps, writeText } from "../build/text-writer.ts";
import { decimalFromInteger } from "../decimal/decimal.ts";
import { FormulaFailure } from "../failure.ts";
import { codePointLength, unitOffset } from "./code-points.ts";
import { BLANK_IN_BLANK_OUT, defineSpecial, defineStrict, type FunctionEntry, placeOf } from "./define.ts";
import { countArgument, wholeNumber } from "./numbers.ts";
import { extractPattern, matchesPattern } from "./pattern.ts";
import { combine } from "../build/built.ts";
import { narrow } from "../build/narrow.ts";

const text = { name: "text", kind: "text" } as const;
const find = { name: "find", kind: "text" } as const;
const ignoreCase = { name: "ignoreCase", kind: "boolean", optional: true } as const;

/** Patterns look at single characters, which costs more than copying text. */
const SPLIT_PER_STEP = 4;

/** Case without the special cases of any language. */
function fold(value: string): string {
  return value.toLowerCase();
}

function padding(missing: number, filler: string): string {
  if (missing <= 0) return "";
  const fill = filler === "" ? " " : filler;
  const repeated = fill.repeat(Math.ceil(missing / codePointLength(fill)));
  return repeated.slice(0, unitOffset(repeated, missing));
}

const SEARCHES = [
  [
    "CONTAINS",
    "TRUE when the text contains another.",
    (value: string, part: string) => value.includes(part),
    "Lake",
    "lake",
  ],
  [
    "BEGINSWITH",
    "TRUE when the text begins with another.",
    (value: string, part: string) => value.startsWith(part),
    "Blue",
    "blue",
  ],
  [
    "ENDSWITH",
    "TRUE when the text ends with another.",
    (value: string, part: string) => value.endsWith(part),
    "Service",
    "service",
  ],
] as const;

export const textFindFunctions: readonly FunctionEntry[] = [
  defineStrict({
    name: "LEN",
    group: "Text",
    params: [text],
    returns: NUMBER,
    summary: "Number of characters. An emoji of one code point counts as one.",
    excel: "Excel counts some characters, such as emoji, twice.",
    examples: [
      { formula: "LEN(Name)", result: "17" },
      { formula: 'LEN("😀")', result: "1" },
      { formula: "LEN(Email)", result: "BLANK" },
    ],
    run: (_frame, value) => decimalFromInteger(codePointLength(value)),
  }),
  defineStrict({
    name: "FIND",
    group: "Text",
    params: [find, text, { name: "start", kind: "number", optional: true }],
    returns: NUMBER,
    summary: "Position of a text in another, counted from 1. An error when it is not there.",
    examples: [
      { formula: 'FIND("Lake", Name)', result: "6" },
      { formula: 'FIND("a", "banana", 3)', result: "4" },
      { formula: 'FIND("x", Name)', result: "Error FML-316" },
    ],
    run: (_frame, part, value, start) => {
      const from = start === undefined ? 0 : unitOffset(value, wholeNumber(start, "The start", 1, 1e9) - 1);
      const at = value.indexOf(part, from);
      if (at < 0) throw new FormulaFailure("FML-316", "The text was not found");
      return decimalFromInteger(codePointLength(value.slice(0, at)) + 1);
    },
  }),
  ...SEARCHES.map(([name, summary, holds, part, lower]) =>
    defineStrict({
      name,
      group: "Text",
      params: [text, find, ignoreCase],
      returns: BOOLEAN,
      summary: `${summary} A third value TRUE ignores upper and lower case.`,
      excel: "Not in Excel.",
      examples: [
        { formula: `${name}(Name, "${part}")`, result: "TRUE" },
        { formula: `${name}(Name, "${lower}")`, result: "FALSE" },
        { formula: `${name}(Name, "${lower}", TRUE)`, result: "TRUE" },
      ],
      run: (_frame, value, wanted, ignore) =>
        ignore === true ? holds(fold(value), fold(wanted)) : holds(value, wanted),
    }),
  ),
  defineSpecial({
    name: "SAMETEXT",
    group: "Text",
    params: [text, { name: "other", kind: "text" }],
    result: "Boolean",
    summary: "TRUE when two texts are equal apart from upper and lower case. Accents count.",
    blank: "As with =: blank equals only blank.",
    excel: "Does what = does in Excel.",
    examples: [
      { formula: 'SAMETEXT(Country, "dk")', result: "TRUE" },
      { formula: 'SAMETEXT("Århus", "arhus")', result: "FALSE" },
      { formula: "SAMETEXT(Email, BLANK)", result: "TRUE" },
    ],
    build(call, builder) {
      const parts = call.args.map((arg) => builder.build(arg));
      const [a, b] = parts.map((part, index) => narrow(part, "text", builder, placeOf(call, index)));
      return {
        expr: call,
        type: BOOLEAN,
        ...combine(parts),
        canBeBlank: false,
        special: false,
        run: (frame) => fold((a?.(frame) ?? "") as string) === fold((b?.(frame) ?? "") as string),
      };
    },
  }),
  defineStrict({
    name: "MATCHES",
    group: "Text",
    params: [text, { name: "pattern", kind: "text" }],
    returns: BOOLEAN,
    summary:
      "TRUE when the whole text has the form of the pattern: # digit, @ letter, ? any character, * any number of characters; a \\ before one of these takes it as itself.",
    excel: "Not in Excel.",
    examples: [
      { formula: 'MATCHES("AB-1234", "AB-####")', result: "TRUE" },
      { formula: 'MATCHES("WO-31 open", "@@-*")', result: "TRUE" },
      { formula: 'MATCHES("AB-12", "AB-####")', result: "FALSE" },
    ],
    run: (frame, value, pattern) => {
      countSteps(frame, value.length / SPLIT_PER_STEP);
      return matchesPattern(value, pattern, (steps) => countSteps(frame, steps));
    },
  }),
  defineStrict({
    name: "EXTRACT",
    group: "Text",
    params: [text, { name: "pattern", kind: "text" }],
    returns: TEXT,
    mayBeBlank: true,
    summary:
      "The first part of the text that has the form of the pattern (as in MATCHES); where several lengths fit, the shortest.",
    blank: `${BLANK_IN_BLANK_OUT} Blank if no part has the form.`,
    excel: "Not in Excel.",
    examples: [
      { formula: 'EXTRACT("Order WO-00031 closed", "WO-#####")', result: '"WO-00031"' },
      { formula: 'EXTRACT("tel (33) 12", "(*)")', result: '"(33)"' },
      { formula: 'EXTRACT("none here", "###")', result: "BLANK" },
    ],
    run: (frame, value, pattern) => {
      countSteps(frame, value.length / SPLIT_PER_STEP);
      return extractPattern(value, pattern, (steps) => countSteps(frame, steps));
    },
  }),
  defineStrict({
    name: "DIGITS",
    group: "Text",
    params: [text],
    returns: TEXT,
    summary: "Only the digits 0 to 9 of a text.",
    excel: "Not in Excel.",
    examples: [
      { formula: 'DIGITS("+45 33 12 34 56")', result: '"4533123456"' },
      { formula: 'DIGITS("WO-00031")', result: '"00031"' },
      { formula: 'DIGITS("none")', result: '""' },
    ],
    run: (frame, value) => writeText(frame, (value.match(/[0-9]+/g) ?? []).join("")),
  }),
  defineStrict({
    name: "PADLEFT",
    group: "Text",
    params: [text, { name: "length", kind: "number" }, { name: "filler", kind: "text", optional: true }],
    returns: TEXT,
    summary:
      "Fills a text on the left up to a length, with spaces or the given filler. Longer text stays whole.",
    excel: "Not in Excel.",
    examples: [
      { formula: 'PADLEFT("42", 6, "0")', result: '"000042"' },
      { formula: 'PADLEFT("abcdef", 3)', result: '"abcdef"' },
      { formula: 'PADLEFT("7", 3)', result: '"  7"' },
    ],
    run: (frame, value, length, filler = " ") => {
      const wanted = countArgument(length, "The length");
      checkTextLength(wanted);
      return writeText(frame, padding(wanted - codePointLength(value), filler) + value);
    },
  }),
  defineStrict({
    name: "PADRIGHT",
    group: "Text",
    params: [text, { name: "length", kind: "number" }, { name: "filler", kind: "text", optional: true }],
    returns: TEXT,
    summary:
      "Fills a text on the right up to a length, with spaces or the given filler. Longer text stays whole.",
    excel: "Not in Excel.",
    examples: [
      { formula: 'PADRIGHT("AB", 5, ".")', result: '"AB..."' },
      { formula: 'PADRIGHT("x", 4, "12")', result: '"x121"' },
      { formula: 'PADRIGHT("abc", 2)', result: '"abc"' },
    ],
    run: (frame, value, length, filler = " ") => {
      const wanted = countArgument(length, "The length");
      checkTextLength(wanted);
      return writeText(frame, value + padding(wanted - codePointLength(value), filler));
    },
  }),
  defineStrict({
    name: "REPT",
    group: "Text",
    params: [text, { name: "count", kind: "number" }],
    returns: TEXT,
    summary: "Repeats a text.",
    examples: [
      { formula: 'REPT("ab", 3)', result: '"ababab"' },
      { formula: 'REPT("-", 0)', result: '""' },
      { formula: 'REPT("x", 2000000)', result: "Error FML-311" },
    ],
    run: (frame, value, number) => {
      const times = countArgument(number, "The count");
      checkTextLength(value.length * times);
      return writeText(frame, value.repeat(times));
    },
  }),
];
