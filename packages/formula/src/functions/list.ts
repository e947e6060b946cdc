/** Functions over lists: lines of a document, or several plain values. Blanks are skipped. */
import {
  BOOLEAN,
  type Builder,
  type Built,
  type Frame,
  NUMBER,
  type StaticType,
  TEXT,
} from "../build/built.ts";
import { orderOf, valuesEqual } from "../build/equality.ts";
import { type Kind, kindOfType, locate, narrow } from "../build/narrow.ts";
import { checkTextLength, countSteps, writeText } from "../build/text-writer.ts";
import { cellText } from "../cell.ts";
import { add, type Decimal, decimalFromInteger, ZERO } from "../decimal/decimal.ts";
import { div } from "../decimal/round.ts";
import type { CallExpr } from "../syntax/expr.ts";
import { isBlank, type Value } from "../value.ts";
import { commonType } from "./branches.ts";
import { defineSpecial, type FunctionEntry, type FunctionGroup, placeOf } from "./define.ts";
import { createListScope, type EachValues, eachFromBuilt, eachValues } from "./each.ts";
import { wholeNumber } from "./numbers.ts";

function facts(call: CallExpr, each: readonly EachValues[], others: readonly Built[] = []) {
  const parts = [...each.map((entry) => entry.built), ...others];
  return {
    expr: call,
    constant: parts.every((part) => part.constant),
    usesLookup: parts.some((part) => part.usesLookup),
    special: false,
  };
}

function attempt(call: CallExpr, values: readonly Value[], compute: () => Value): Value {
  try {
    return compute();
  } catch (error) {
    throw locate(error, call, values.slice(0, 10), call.name);
  }
}

function withoutBlanks(each: readonly EachValues[], frame: Frame): Value[] {
  const values: Value[] = [];
  for (const entry of each) for (const value of entry.values(frame)) if (!isBlank(value)) values.push(value);
  return values;
}

/** A function of all values of its arguments that are not blank. */
function aggregate(
  spec: Omit<FunctionEntry, "build" | "params" | "group"> & {
    readonly group?: FunctionGroup;
    readonly kind: Kind;
    readonly single?: boolean;
    readonly canBeBlank: boolean;
    readonly type: (each: readonly EachValues[], builder: Builder) => StaticType;
    readonly compute: (values: readonly Value[], frame: Frame) => Value;
  },
): FunctionEntry {
  const { kind, single = false, canBeBlank, type, compute, group = "Lists and lines", ...doc } = spec;
  return defineSpecial({
    ...doc,
    group,
    params: [{ name: "values", kind: "list", ...(!single && { repeat: true }) }],
    build(call, builder) {
      const each = call.args.map((arg, index) => eachValues(arg, builder, kind, placeOf(call, index)));
      return {
        ...facts(call, each),
        type: type(each, builder),
        canBeBlank,
        run: (frame) => {
          const values = withoutBlanks(each, frame);
          return attempt(call, values, () => compute(values, frame));
        },
      };
    },
  });
}

function itemType(each: readonly EachValues[], builder: Builder): StaticType {
  return commonType(
    each.map((entry) => ({ ...entry.built, type: entry.itemType })),
    builder,
  );
}

function sum(values: readonly Value[]): Decimal {
  let total = ZERO;
  for (const value of values) total = add(total, value as Decimal);
  return total;
}

function extreme(values: readonly Value[], wanted: 1 | -1): Value {
  let best: Value = null;
  for (const value of values) if (best === null || orderOf(value, best) === wanted) best = value;
  return best;
}

function extremes(
  name: string,
  wanted: 1 | -1,
  group: FunctionGroup,
  word: string,
  examples: FunctionEntry["examples"],
): FunctionEntry {
  return aggregate({
    name,
    group,
    result: "the type of its values",
    summary: `The ${word} of several values or of a list. Works for numbers, dates, times and text.`,
    blank: "Blanks are skipped; blank if nothing is left.",
    excel: name.endsWith("OF") ? "Not in Excel." : "Gives blank and not 0 when there is nothing.",
    examples,
    kind: "scalar",
    single: name.endsWith("OF"),
    canBeBlank: true,
    type: itemType,
    compute: (values) => extreme(values, wanted),
  });
}

/** Value at a position of a list, as FIRST, LAST and INDEX give it. */
function picking(
  spec: Pick<FunctionEntry, "name" | "summary" | "blank" | "examples"> & { readonly excel?: string },
  withPosition: boolean,
  pick: (values: readonly Value[], position: number) => Value | undefined,
): FunctionEntry {
  return defineSpecial({
    ...spec,
    group: "Lists and lines",
    result: "the type of the items",
    params: [
      { name: "list", kind: "list" },
      ...(withPosition ? [{ name: "position", kind: "number" } as const] : []),
    ],
    build(call, builder) {
      const [listExpr, positionExpr] = call.args;
      if (!listExpr) throw new RangeError(`${call.name} is built with a list`);
      const each = eachValues(listExpr, builder, "scalar", placeOf(call, 0));
      const position = positionExpr ? builder.build(positionExpr) : null;
      const at = position ? narrow(position, "number", builder, placeOf(call, 1)) : null;
      return {
        ...facts(call, [each], position ? [position] : []),
        type: each.itemType,
        canBeBlank: true,
        run: (frame) => {
          const wanted = at?.(frame) as Decimal | null | undefined;
          if (wanted === null) return null;
          const values = each.values(frame);
          return attempt(
            call,
            wanted ? [wanted] : [],
            () => pick(values, wanted ? wholeNumber(wanted, "The position", 1, 1e9) : 0) ?? null,
          );
        },
      };
    },
  });
}

/** Functions that look at a condition per item: COUNTIF, SUMIF, ANYOF. */
function conditional(
  spec: Omit<FunctionEntry, "build" | "group"> & {
    readonly valueKind: Kind | null;
    readonly type: StaticType;
    readonly compute: (values: readonly Value[], conditions: readonly Value[]) => Value;
  },
): FunctionEntry {
  const { valueKind, type, compute, ...doc } = spec;
  return defineSpecial({
    ...doc,
    group: "Lists and lines",
    build(call, builder) {
      const [first, second] = call.args;
      if (!first) throw new RangeError(`${call.name} is built with a list`);
      const scope = createListScope();
      if (!second) {
        const each = eachValues(first, builder, "boolean", placeOf(call, 0), scope);
        return {
          ...facts(call, [each]),
          type,
          canBeBlank: false,
          run: (frame) => compute([], each.values(frame)),
        };
      }
      const each = eachValues(first, builder, valueKind ?? "any", placeOf(call, 0), scope);
      const test = builder.buildEach(second, scope);
      if (test.type.name === "boolean" || test.type.name === "unknown" || valueKind === "number") {
        const conditions = eachFromBuilt(test, builder, "boolean", placeOf(call, 1), scope);
        return {
          ...facts(call, [each, conditions]),
          type,
          canBeBlank: false,
          run: (frame) => {
            const values = each.values(frame);
            return attempt(call, values, () => compute(values, conditions.values(frame)));
          },
        };
      }
      const kind = kindOfType(each.itemType);
      const wanted = kind ? narrow(test, kind, builder, placeOf(call, 1)) : test.run;
      return {
        ...facts(call, [each], [test]),
        type,
        canBeBlank: false,
        run: (frame) => {
          const values = each.values(frame);
          const other = wanted(frame) as Value;
          return attempt(call, values, () =>
            compute(
              values,
              values.map((value) => valuesEqual(value, other)),
            ),
          );
        },
      };
    },
  });
}

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
