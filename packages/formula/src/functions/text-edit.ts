/** Text functions that cut, join and clean. */
import { BLANK_IN_BLANK_OUT, defineSpecial, defineStrict, type FunctionEntry, placeOf } from "./define.ts";
import { type Builder, type Built, combine, TEXT } from "../build/built.ts";
import { textOperand } from "../build/build-operator.ts";
import { checkTextLength, writeText } from "../build/text-writer.ts";
import type { CallExpr } from "../syntax/expr.ts";
import type { Value } from "../value.ts";
import { codePointLength, sliceCodePoints, unitOffset } from "./code-points.ts";
import { countArgument, wholeNumber } from "./numbers.ts";
import { toProperCase } from "./proper-case.ts";

const text = { name: "text", kind: "text" } as const;
const count = { name: "count", kind: "number" } as const;

/** CONCAT and TEXTJOIN: numbers join in their canonical form, blanks as nothing. */
function buildJoin(call: CallExpr, builder: Builder, hasSeparator: boolean): Built {
  const parts = call.args.map((arg) => builder.build(arg));
  const runs = parts.map((part) => textOperand(part, builder, placeOf(call, parts.indexOf(part))));
  return {
    expr: call,
    type: TEXT,
    ...combine(parts),
    canBeBlank: false,
    special: false,
    run: (frame) => {
      const values = runs.map((run) => (run(frame) as Value) ?? "") as string[];
      if (!hasSeparator) return writeText(frame, values.join(""));
      return writeText(
        frame,
        values
          .slice(1)
          .filter((value) => value !== "")
          .join(values[0]),
      );
    },
  };
}

export const textEditFunctions: readonly FunctionEntry[] = [
  defineStrict({
    name: "TRIM",
    group: "Text",
    params: [text],
    returns: TEXT,
    summary: "Removes white space at both ends and makes one space of several inside.",
    excel: "Also removes tabs, line breaks and no-break spaces at the ends.",
    examples: [
      { formula: 'TRIM("  Blue   Lake ")', result: '"Blue Lake"' },
      { formula: 'TRIM("   ")', result: '""' },
      { formula: "TRIM(Email)", result: "BLANK" },
    ],
    run: (frame, value) => writeText(frame, value.trim().replace(/ {2,}/g, " ")),
  }),
  defineStrict({
    name: "CLEAN",
    group: "Text",
    params: [text],
    returns: TEXT,
    summary: "Removes characters that cannot be printed: control characters and line breaks.",
    examples: [
      { formula: 'CLEAN("a\tb")', result: '"ab"' },
      { formula: "CLEAN(Name)", result: '"Blue Lake Service"' },
      { formula: 'CLEAN("line\nbreak")', result: '"linebreak"' },
    ],
    run: (frame, value) => writeText(frame, value.replace(/[\p{Cc}\u2028\u2029]/gu, "")),
  }),
  defineStrict({
    name: "UPPER",
    group: "Text",
    params: [text],
    returns: TEXT,
    summary: "Upper case, the same in every language setting.",
    examples: [
      { formula: "UPPER(City)", result: '"ÅRHUS"' },
      { formula: 'UPPER("i")', result: '"I"' },
      { formula: 'UPPER("straße")', result: '"STRASSE"' },
    ],
    run: (frame, value) => writeText(frame, value.toUpperCase()),
  }),
  defineStrict({
    name: "LOWER",
    group: "Text",
    params: [text],
    returns: TEXT,
    summary: "Lower case, the same in every language setting.",
    examples: [
      { formula: "LOWER(City)", result: '"århus"' },
      { formula: 'LOWER("ABC-1")', result: '"abc-1"' },
      { formula: "LOWER(Email)", result: "BLANK" },
    ],
    run: (frame, value) => writeText(frame, value.toLowerCase()),
  }),
  defineStrict({
    name: "PROPER",
    group: "Text",
    params: [text],
    returns: TEXT,
    summary: "Upper case for the first letter of each word, lower case for the rest.",
    examples: [
      { formula: 'PROPER("blue LAKE service")', result: '"Blue Lake Service"' },
      { formula: 'PROPER("jean-luc")', result: '"Jean-Luc"' },
      { formula: 'PROPER("42nd street")', result: '"42Nd Street"' },
    ],
    run: (frame, value) => writeText(frame, toProperCase(value)),
  }),
  defineStrict({
    name: "LEFT",
    group: "Text",
    params: [text, { ...count, optional: true }],
    returns: TEXT,
    summary: "The first characters of a text; one without a count.",
    examples: [
      { formula: "LEFT(Name, 4)", result: '"Blue"' },
      { formula: 'LEFT("😀abc", 2)', result: '"😀a"' },
      { formula: 'LEFT("ab", 10)', result: '"ab"' },
    ],
    run: (frame, value, number) =>
      writeText(
        frame,
        sliceCodePoints(value, 0, number === undefined ? 1 : countArgument(number, "The count")),
      ),
  }),
  defineStrict({
    name: "RIGHT",
    group: "Text",
    params: [text, { ...count, optional: true }],
    returns: TEXT,
    summary: "The last characters of a text; one without a count.",
    examples: [
      { formula: "RIGHT(Name, 7)", result: '"Service"' },
      { formula: 'RIGHT("ab😀", 1)', result: '"😀"' },
      { formula: 'RIGHT("ab", 0)', result: '""' },
    ],
    run: (frame, value, number) => {
      const wanted = number === undefined ? 1 : countArgument(number, "The count");
      const length = codePointLength(value);
      return writeText(frame, value.slice(unitOffset(value, Math.max(0, length - wanted))));
    },
  }),
  defineStrict({
    name: "MID",
    group: "Text",
    params: [text, { name: "start", kind: "number" }, count],
    returns: TEXT,
    summary: "Characters from the middle of a text, counted from 1.",
    examples: [
      { formula: "MID(Name, 6, 4)", result: '"Lake"' },
      { formula: 'MID("abc", 3, 10)', result: '"c"' },
      { formula: 'MID("abc", 9, 1)', result: '""' },
    ],
    run: (frame, value, start, number) =>
      writeText(
        frame,
        sliceCodePoints(
          value,
          wholeNumber(start, "The start", 1, 1e9) - 1,
          countArgument(number, "The count"),
        ),
      ),
  }),
  defineStrict({
    name: "SUBSTITUTE",
    group: "Text",
    params: [
      text,
      { name: "old", kind: "text" },
      { name: "new", kind: "text" },
      { name: "occurrence", kind: "number", optional: true },
    ],
    returns: TEXT,
    summary: "Replaces every occurrence of a text, or only the one with the given number.",
    examples: [
      { formula: 'SUBSTITUTE("1.250,50", ".", "")', result: '"1250,50"' },
      { formula: 'SUBSTITUTE("a-b-c", "-", "/", 2)', result: '"a-b/c"' },
      { formula: 'SUBSTITUTE("abc", "x", "y")', result: '"abc"' },
    ],
    run: (frame, value, old, replacement, occurrence) => {
      if (old === "") return value;
      if (occurrence === undefined) {
        const pieces = value.split(old);
        checkTextLength(value.length + (pieces.length - 1) * (replacement.length - old.length));
        return writeText(frame, pieces.join(replacement));
      }
      let at = -old.length;
      for (let left = wholeNumber(occurrence, "The occurrence", 1, 1e9); left > 0; left -= 1) {
        at = value.indexOf(old, at + old.length);
        if (at < 0) return value;
      }
      return writeText(frame, value.slice(0, at) + replacement + value.slice(at + old.length));
    },
  }),
  defineStrict({
    name: "REPLACE",
    group: "Text",
    params: [text, { name: "start", kind: "number" }, count, { name: "new", kind: "text" }],
    returns: TEXT,
    summary: "Replaces a number of characters from a position, counted from 1.",
    examples: [
      { formula: 'REPLACE("ABC-123", 4, 1, "/")', result: '"ABC/123"' },
      { formula: 'REPLACE("abc", 1, 0, "x")', result: '"xabc"' },
      { formula: 'REPLACE("abc", 9, 5, "!")', result: '"abc!"' },
    ],
    run: (frame, value, start, number, replacement) => {
      const from = unitOffset(value, wholeNumber(start, "The start", 1, 1e9) - 1);
      const to = unitOffset(value, countArgument(number, "The count"), from);
      return writeText(frame, value.slice(0, from) + replacement + value.slice(to));
    },
  }),
  defineSpecial({
    name: "CONCAT",
    group: "Text",
    params: [{ name: "text", kind: "text", repeat: true }],
    result: "Text",
    summary: "Joins texts and numbers, the same as &.",
    blank: "Blank counts as empty text.",
    examples: [
      { formula: 'CONCAT(PostalCode, " ", City)', result: '"8000 Århus"' },
      { formula: 'CONCAT("No. ", Quantity)', result: '"No. 12"' },
      { formula: 'CONCAT("a", BLANK, "b")', result: '"ab"' },
    ],
    build: (call, builder) => buildJoin(call, builder, false),
  }),
  defineSpecial({
    name: "TEXTJOIN",
    group: "Text",
    params: [
      { name: "separator", kind: "text" },
      { name: "text", kind: "text", repeat: true },
    ],
    result: "Text",
    summary: "Joins texts with a separator between them and leaves blanks out.",
    blank: "Blanks and empty texts are left out.",
    excel: "Excel asks as second value whether blanks are left out; here they always are.",
    examples: [
      { formula: 'TEXTJOIN(", ", Name, Email, City)', result: '"Blue Lake Service, Århus"' },
      { formula: 'TEXTJOIN("-", 1, 2, 3)', result: '"1-2-3"' },
      { formula: 'TEXTJOIN(", ", Email, BLANK)', result: '""' },
    ],
    build: (call, builder) => buildJoin(call, builder, true),
  }),
  defineStrict({
    name: "BEFORE",
    group: "Text",
    params: [text, { name: "separator", kind: "text" }],
    returns: TEXT,
    mayBeBlank: true,
    summary: "The text before the first separator.",
    blank: `${BLANK_IN_BLANK_OUT} Blank if the separator is not in the text.`,
    excel: "TEXTBEFORE in Excel gives #N/A when the separator is not there.",
    examples: [
      { formula: 'BEFORE("ann@example.com", "@")', result: '"ann"' },
      { formula: 'BEFORE("a-b-c", "-")', result: '"a"' },
      { formula: 'BEFORE("abc", "-")', result: "BLANK" },
    ],
    run: (_frame, value, separator) => {
      const at = value.indexOf(separator);
      return at < 0 ? null : value.slice(0, at);
    },
  }),
  defineStrict({
    name: "AFTER",
    group: "Text",
    params: [text, { name: "separator", kind: "text" }],
    returns: TEXT,
    mayBeBlank: true,
    summary: "The text after the first separator.",
    blank: `${BLANK_IN_BLANK_OUT} Blank if the separator is not in the text.`,
    excel: "TEXTAFTER in Excel gives #N/A when the separator is not there.",
    examples: [
      { formula: 'AFTER("ann@example.com", "@")', result: '"example.com"' },
      { formula: 'AFTER("a-b-c", "-")', result: '"b-c"' },
      { formula: 'AFTER("abc", "-")', result: "BLANK" },
    ],
    run: (_frame, value, separator) => {
      const at = value.indexOf(separator);
      return at < 0 ? null : value.slice(at + separator.length);
    },
  }),
  defineStrict({
    name: "SPLITPART",
    group: "Text",
    params: [text, { name: "separator", kind: "text" }, { name: "position", kind: "number" }],
    returns: TEXT,
    mayBeBlank: true,
    summary: "One part of a text split at a separator, counted from 1; from the end when negative.",
    blank: `${BLANK_IN_BLANK_OUT} Blank if there is no such part.`,
    excel: "Not in Excel.",
    examples: [
      { formula: 'SPLITPART("a;b;c", ";", 2)', result: '"b"' },
      { formula: 'SPLITPART("a;b;c", ";", -1)', result: '"c"' },
      { formula: 'SPLITPART("a;b;c", ";", 4)', result: "BLANK" },
    ],
    run: (_frame, value, separator, position) => {
      const at = wholeNumber(position, "The position", -1e9, 1e9);
      wholeNumber({ ...position, small: Math.abs(at) }, "The position", 1, 1e9);
      const parts = separator === "" ? [value] : value.split(separator);
      return parts.at(at > 0 ? at - 1 : at) ?? null;
    },
  }),
];
