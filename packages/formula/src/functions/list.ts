/** Functions over lists: lines of a document, or several plain values. Blanks are skipped. */
import { BOOLEAN, NUMBER, TEXT } from "../build/built.ts";
import { MAX_ITEMS } from "../build/build-path.ts";
import { narrow } from "../build/narrow.ts";
import { checkTextLength, countSteps, writeText } from "../build/text-writer.ts";
import { cellText } from "../cell.ts";
import { decimalFromInteger } from "../decimal/decimal.ts";
import { div } from "../decimal/round.ts";
import { FormulaFailure } from "../failure.ts";
import { isBlank, type Value } from "../value.ts";
import { defineSpecial, type FunctionEntry, placeOf } from "./define.ts";
import { eachValues } from "./each.ts";

import {
  aggregate,
  attempt,
  conditional,
  extremes,
  facts,
  picking,
  sum,
  withoutBlanks,
} from "./list-kinds.ts";

const SKIPS = "Blanks are skipped.";

export const listFunctions: readonly FunctionEntry[] = [
  aggregate({
    name: "SUM",
    result: "Number",
    summary: "The exact sum of several numbers or of an expression over the rows of a list.",
    blank: `${SKIPS} The sum of nothing is 0.`,
    excel: "An expression over lines is computed line by line, no array formula is needed.",
    examples: [
      { formula: "SUM(Lines.Quantity * Lines.UnitPrice)", result: "76.5" },
      { formula: "SUM(0.1, 0.2)", result: "0.3" },
      { formula: "SUM(Discount)", result: "0" },
    ],
    kind: "number",
    canBeBlank: false,
    type: () => NUMBER,
    compute: sum,
  }),
  aggregate({
    name: "AVERAGE",
    result: "Number",
    summary: "The average of several numbers or of a list, to 34 digits.",
    blank: `${SKIPS} The average of nothing is blank.`,
    excel: "Blank instead of an error when there is nothing.",
    examples: [
      { formula: "AVERAGE(Lines.Quantity)", result: "2" },
      { formula: "AVERAGE(1, 2, BLANK)", result: "1.5" },
      { formula: "AVERAGE(Discount)", result: "BLANK" },
    ],
    kind: "number",
    canBeBlank: true,
    type: () => NUMBER,
    compute: (values) => (values.length === 0 ? null : div(sum(values), decimalFromInteger(values.length))),
  }),
  aggregate({
    name: "COUNT",
    result: "Number",
    summary: "How many values, or rows of a list, are not blank.",
    blank: SKIPS,
    excel: "Counts text too, as COUNTA does in Excel.",
    examples: [
      { formula: "COUNT(Lines)", result: "3" },
      { formula: "COUNT(Lines.Discount)", result: "1" },
      { formula: 'COUNT(1, BLANK, "x")', result: "2" },
    ],
    kind: "any",
    canBeBlank: false,
    type: () => NUMBER,
    compute: (values) => decimalFromInteger(values.length),
  }),
  conditional({
    name: "COUNTIF",
    params: [
      { name: "listOrCondition", kind: "list" },
      { name: "conditionOrValue", kind: "scalar", optional: true },
    ],
    result: "Number",
    summary: "How many rows meet a condition, or how many values of a list equal a value.",
    blank: "A blank condition counts as FALSE.",
    excel: 'Write the condition itself (Lines.Quantity > 1) instead of a text such as ">1".',
    examples: [
      { formula: "COUNTIF(Lines.Quantity > 1)", result: "2" },
      { formula: "COUNTIF(Lines, Lines.Quantity > 2)", result: "1" },
      { formula: 'COUNTIF(Lines.Unit, "PCS")', result: "2" },
    ],
    valueKind: null,
    type: NUMBER,
    compute: (_values, conditions) => decimalFromInteger(conditions.filter((value) => value === true).length),
  }),
  conditional({
    name: "SUMIF",
    params: [
      { name: "values", kind: "list" },
      { name: "condition", kind: "boolean" },
    ],
    result: "Number",
    summary: "The sum of a number over the rows that meet a condition.",
    blank: "Blank numbers are skipped; a blank condition counts as FALSE.",
    excel: "The values come first, then the condition itself, computed row by row.",
    examples: [
      { formula: 'SUMIF(Lines.Quantity, Lines.Unit = "PCS")', result: "5" },
      { formula: "SUMIF(Lines.Quantity * Lines.UnitPrice, Lines.Quantity > 1)", result: "66.5" },
      { formula: 'SUMIF(Lines.Quantity, Lines.Unit = "BOX")', result: "0" },
    ],
    valueKind: "number",
    type: NUMBER,
    compute: (values, conditions) =>
      sum(values.filter((value, index) => value !== null && conditions[index] === true)),
  }),
  conditional({
    name: "ANYOF",
    params: [{ name: "condition", kind: "list" }],
    result: "Boolean",
    summary: "TRUE when at least one row of a list meets the condition.",
    blank: "A blank condition counts as FALSE; FALSE for no rows.",
    excel: "Not in Excel.",
    examples: [
      { formula: "ANYOF(Lines.Quantity > 2)", result: "TRUE" },
      { formula: "ANYOF(ISBLANK(Lines.Product.Code))", result: "TRUE" },
      { formula: 'ANYOF(Lines.Unit = "BOX")', result: "FALSE" },
    ],
    valueKind: null,
    type: BOOLEAN,
    compute: (_values, conditions) => conditions.includes(true),
  }),
  extremes("MIN", -1, "Number", "smallest", [
    { formula: "MIN(3, 1.5, 2)", result: "1.5" },
    { formula: "MIN(StartDate, DATE(2026, 1, 1))", result: "2026-01-01" },
    { formula: "MIN(Lines.UnitPrice)", result: "10" },
  ]),
  extremes("MAX", 1, "Number", "largest", [
    { formula: "MAX(3, 1.5, BLANK)", result: "3" },
    { formula: "MAX(Lines.Quantity)", result: "3" },
    { formula: "MAX(0, Amount - 2000)", result: "0" },
  ]),
  extremes("MINOF", -1, "Lists and lines", "smallest", [
    { formula: "MINOF(Lines.UnitPrice)", result: "10" },
    { formula: "MINOF(Lines.Quantity * Lines.UnitPrice)", result: "10" },
    { formula: "MINOF(Lines.Discount)", result: "10" },
  ]),
  extremes("MAXOF", 1, "Lists and lines", "largest", [
    { formula: "MAXOF(Lines.UnitPrice)", result: "15.5" },
    { formula: "MAXOF(Lines.Unit)", result: '"PCS"' },
    { formula: "MAXOF(Lines.Quantity + 1)", result: "4" },
  ]),
  picking(
    {
      name: "FIRST",
      summary: "The value of the first row that is not blank.",
      blank: "Blank if no row has a value.",
      excel: "Not in Excel.",
      examples: [
        { formula: "FIRST(Lines.Product.Code)", result: '"P-1"' },
        { formula: "FIRST(Lines.Discount)", result: "10" },
        { formula: "FIRST(Lines.Quantity * 2)", result: "4" },
      ],
    },
    false,
    (values) => values.find((value) => !isBlank(value)),
  ),
  picking(
    {
      name: "LAST",
      summary: "The value of the last row that is not blank.",
      blank: "Blank if no row has a value.",
      excel: "Not in Excel.",
      examples: [
        { formula: "LAST(Lines.Product.Code)", result: '"P-2"' },
        { formula: "LAST(Lines.Quantity)", result: "1" },
        { formula: "LAST(Lines.Unit)", result: '"H"' },
      ],
    },
    false,
    (values) => values.findLast((value) => !isBlank(value)),
  ),
  picking(
    {
      name: "INDEX",
      summary: "The value of the row at a position, counted from 1.",
      blank: "Blank if there is no such row or its value is blank.",
      excel: "Excel gives #REF! for a position outside the list.",
      examples: [
        { formula: "INDEX(Lines.Quantity, 2)", result: "3" },
        { formula: "INDEX(Lines.Discount, 1)", result: "BLANK" },
        { formula: "INDEX(Lines.Quantity, 9)", result: "BLANK" },
      ],
    },
    true,
    (values, position) => values[position - 1],
  ),
  defineSpecial({
    name: "UNIQUE",
    group: "Lists and lines",
    params: [{ name: "list", kind: "list" }],
    result: "List",
    summary: "The different values of a list in the order they first appear, for COUNT or JOINLIST.",
    blank: SKIPS,
    examples: [
      { formula: 'JOINLIST(UNIQUE(Lines.Unit), ", ")', result: '"PCS, H"' },
      { formula: "COUNT(UNIQUE(Lines.Unit))", result: "2" },
      { formula: "COUNT(UNIQUE(Lines.Quantity * 0))", result: "1" },
    ],
    build(call, builder) {
      const [listExpr] = call.args;
      if (!listExpr) throw new RangeError("UNIQUE is built with a list");
      const each = eachValues(listExpr, builder, "scalar", placeOf(call, 0));
      return {
        ...facts(call, [each]),
        constant: false,
        type: { name: "list", item: each.itemType },
        canBeBlank: false,
        run: (frame) => {
          const items = new Map<string, Value>();
          for (const value of withoutBlanks([each], frame)) {
            const key = `${typeof value === "object" ? value?.kind : typeof value} ${cellText(value)}`;
            if (!items.has(key)) items.set(key, value);
          }
          return { kind: "list", items: [...items.values()] };
        },
      };
    },
  }),
  defineSpecial({
    name: "SPLIT",
    group: "Lists and lines",
    params: [
      { name: "text", kind: "text" },
      { name: "separator", kind: "text" },
    ],
    result: "List",
    summary:
      "The parts of a text between separators as a list, without spaces around them: for COUNT, JOINLIST, or one line for each part.",
    blank: "A blank text has no parts; blank parts are left out.",
    excel: "Called TEXTSPLIT in Excel, which keeps blank parts and outer spaces.",
    examples: [
      { formula: 'JOINLIST(SPLIT("red; blue;green", ";"), "+")', result: '"red+blue+green"' },
      { formula: 'COUNT(SPLIT("a,,b", ","))', result: "2" },
      { formula: 'COUNT(SPLIT(BLANK, ";"))', result: "0" },
    ],
    build(call, builder) {
      const [textExpr, separatorExpr] = call.args;
      if (!textExpr || !separatorExpr) throw new RangeError("SPLIT is built with a text and a separator");
      const parts = [builder.build(textExpr), builder.build(separatorExpr)] as const;
      const [text, separator] = parts.map((part, index) =>
        narrow(part, "text", builder, placeOf(call, index)),
      );
      return {
        ...facts(call, [], parts),
        constant: false,
        type: { name: "list", item: TEXT },
        canBeBlank: false,
        run: (frame) => {
          const value = (text?.(frame) ?? "") as string;
          const between = (separator?.(frame) ?? "") as string;
          const items = between === "" ? [value] : value.split(between);
          return attempt(call, [value, between], () => {
            countSteps(frame, items.length);
            if (items.length > MAX_ITEMS)
              throw new FormulaFailure(
                "FML-312",
                `The text has ${items.length} parts; ${MAX_ITEMS} are allowed`,
              );
            return { kind: "list", items: items.map((item) => item.trim()).filter((item) => item !== "") };
          });
        },
      };
    },
  }),
  defineSpecial({
    name: "JOINLIST",
    group: "Lists and lines",
    params: [
      { name: "list", kind: "list" },
      { name: "separator", kind: "text", optional: true },
    ],
    result: "Text",
    summary:
      "Joins the values of a list to one text, with a comma and a space or the given separator between them.",
    blank: `${SKIPS} Empty text for no rows.`,
    excel: "Not in Excel.",
    examples: [
      { formula: 'JOINLIST(Lines.Product.Code, "; ")', result: '"P-1; P-2"' },
      { formula: "JOINLIST(Lines.Quantity)", result: '"2, 3, 1"' },
      { formula: 'JOINLIST(Lines.Quantity & " " & Lines.Unit, " + ")', result: '"2 PCS + 3 PCS + 1 H"' },
    ],
    build(call, builder) {
      const [listExpr, separatorExpr] = call.args;
      if (!listExpr) throw new RangeError("JOINLIST is built with a list");
      const each = eachValues(listExpr, builder, "scalar", placeOf(call, 0));
      const separator = separatorExpr ? builder.build(separatorExpr) : null;
      const between = separator ? narrow(separator, "text", builder, placeOf(call, 1)) : null;
      return {
        ...facts(call, [each], separator ? [separator] : []),
        type: TEXT,
        canBeBlank: false,
        run: (frame) => {
          const values = withoutBlanks([each], frame).map(cellText);
          const glue = between ? ((between(frame) ?? "") as string) : ", ";
          return attempt(call, [], () => {
            checkTextLength(glue.length * values.length);
            countSteps(frame, values.length);
            return writeText(frame, values.join(glue));
          });
        },
      };
    },
  }),
];
