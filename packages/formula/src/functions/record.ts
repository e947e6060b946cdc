/** Record control (skip, fail, warn) and the record as it was when it was last transferred. */
import { BOOLEAN, type Builder, type Built, type Frame, SPECIAL } from "../build/built.ts";
import { valuesEqual } from "../build/equality.ts";
import { narrow } from "../build/narrow.ts";
import { cellText } from "../cell.ts";
import { FormulaFailure } from "../failure.ts";
import { createIssue } from "../issue-codes.ts";
import type { CallExpr } from "../syntax/expr.ts";
import type { Row, Special } from "../types.ts";
import type { Value } from "../value.ts";
import { defineSpecial, type FunctionEntry, placeOf } from "./define.ts";

const LONGEST_MESSAGE = 1000;

function messageOf(value: Value): string {
  return value === null ? "" : cellText(value).slice(0, LONGEST_MESSAGE);
}

function buildSpecial(call: CallExpr, builder: Builder, make: (message: string) => Special): Built {
  const [messageExpr] = call.args;
  const message = messageExpr ? builder.build(messageExpr) : null;
  const run = message ? narrow(message, "text", builder, placeOf(call, 0)) : null;
  return {
    expr: call,
    type: SPECIAL,
    canBeBlank: false,
    constant: false,
    usesLookup: message?.usesLookup ?? false,
    special: true,
    run: (frame) => ({ kind: "special", special: make(run ? messageOf(run(frame) as Value) : "") }),
  };
}

function priorRow(frame: Frame): Row | null {
  const { prior } = frame.context;
  if (prior === undefined)
    throw new FormulaFailure("FML-315", "The record as last transferred is not known here");
  return prior;
}

/** A path read from the record as it was; null for a new record. */
function priorRun(field: Built, frame: Frame): Value {
  const row = priorRow(frame);
  return row === null ? null : (field.run({ ...frame, row }) as Value);
}

function buildPrior(
  call: CallExpr,
  builder: Builder,
  make: (field: Built) => Pick<Built, "type" | "canBeBlank" | "run">,
): Built {
  const [fieldExpr] = call.args;
  if (!fieldExpr) throw new RangeError(`${call.name} is built with a field`);
  const field = builder.build(fieldExpr);
  if (fieldExpr.kind !== "path") {
    builder.report("FML-212", `${call.name} needs a field of the record`, { span: fieldExpr.span });
  }
  return { expr: call, constant: false, usesLookup: field.usesLookup, special: false, ...make(field) };
}

const NOT_IN_EXCEL = "Not in Excel.";
const BRANCH_ONLY =
  "Allowed as the whole formula, as a branch of IF, IFS, CASE and SWITCH, and as the fallback of BLANKVALUE, COALESCE, IFERROR, LOOKUP and MAPVALUE.";

export const recordFunctions: readonly FunctionEntry[] = [
  defineSpecial({
    name: "SKIPFIELD",
    group: "Record control",
    params: [],
    result: "a skip result",
    summary: `Leaves the target field untouched. ${BRANCH_ONLY}`,
    blank: "Never blank.",
    excel: NOT_IN_EXCEL,
    examples: [
      { formula: "IF(ISBLANK(Email), SKIPFIELD(), Email)", result: "Skip field" },
      { formula: "SKIPFIELD()", result: "Skip field" },
      { formula: "IF(ISBLANK(Name), SKIPFIELD(), Name)", result: '"Blue Lake Service"' },
    ],
    build: (call, builder) => buildSpecial(call, builder, () => ({ kind: "skipField" })),
  }),
  defineSpecial({
    name: "SKIPRECORD",
    group: "Record control",
    params: [{ name: "reason", kind: "text", optional: true }],
    result: "a skip result",
    summary: `Counts the record as skipped and says why. ${BRANCH_ONLY}`,
    blank: "A blank reason is left out.",
    excel: NOT_IN_EXCEL,
    examples: [
      { formula: 'SKIPRECORD("test account")', result: "Skip record: test account" },
      { formula: 'IF(Amount > 0, Amount, SKIPRECORD("nothing to invoice"))', result: "1250.5" },
      { formula: 'BLANKVALUE(Email, SKIPRECORD("no e-mail"))', result: "Skip record: no e-mail" },
    ],
    build: (call, builder) => buildSpecial(call, builder, (message) => ({ kind: "skipRecord", message })),
  }),
  defineSpecial({
    name: "FAIL",
    group: "Record control",
    params: [{ name: "message", kind: "text" }],
    result: "a fail result",
    summary: `Holds the record with this message. ${BRANCH_ONLY}`,
    blank: "A blank message is left out.",
    excel: NOT_IN_EXCEL,
    examples: [
      { formula: 'FAIL("customer is blocked")', result: "Fail: customer is blocked" },
      { formula: 'IF(Amount < 0, FAIL("negative amount"), Amount)', result: "1250.5" },
      {
        formula: 'BLANKVALUE(Email, FAIL(Name & " has no e-mail"))',
        result: "Fail: Blue Lake Service has no e-mail",
      },
    ],
    build: (call, builder) => buildSpecial(call, builder, (message) => ({ kind: "fail", message })),
  }),
  defineSpecial({
    name: "WARN",
    group: "Record control",
    params: [
      { name: "value", kind: "scalar" },
      { name: "message", kind: "text" },
      { name: "condition", kind: "boolean", optional: true },
    ],
    result: "the type of the value",
    summary:
      "Gives the value and notes a warning with the record; with a third value only when that is TRUE.",
    blank: "A blank value stays blank. A blank condition counts as FALSE.",
    excel: NOT_IN_EXCEL,
    examples: [
      { formula: 'WARN(Amount, "unusually high")', result: "1250.5" },
      { formula: 'WARN(Amount, "unusually high", Amount > 9999)', result: "1250.5" },
      { formula: 'WARN(Email, "no e-mail")', result: "BLANK" },
    ],
    build(call, builder) {
      const [value, message, condition] = call.args.map((arg) => builder.build(arg));
      if (!value || !message) throw new RangeError("WARN is built with a value and a message");
      const text = narrow(message, "text", builder, placeOf(call, 1));
      const test = condition ? narrow(condition, "boolean", builder, placeOf(call, 2)) : null;
      const parts = condition ? [value, message, condition] : [value, message];
      return {
        expr: call,
        type: value.type,
        canBeBlank: value.canBeBlank,
        constant: false,
        usesLookup: parts.some((part) => part.usesLookup),
        special: false,
        run: (frame) => {
          const result = value.run(frame);
          if (!test || test(frame) === true) {
            frame.warnings ??= [];
            frame.warnings.push(createIssue("FML-321", messageOf(text(frame) as Value), { span: call.span }));
          }
          return result;
        },
      };
    },
  }),
];

export const priorFunctions: readonly FunctionEntry[] = [
  defineSpecial({
    name: "ISNEW",
    group: "Blank and test",
    params: [],
    result: "Boolean",
    summary: "TRUE when the record was never transferred before.",
    blank: "Never blank.",
    excel: NOT_IN_EXCEL,
    examples: [
      { formula: "ISNEW()", result: "FALSE" },
      { formula: "NOT(ISNEW())", result: "TRUE" },
      { formula: 'IF(ISNEW(), "create", "update")', result: '"update"' },
    ],
    build: (call) => ({
      expr: call,
      type: BOOLEAN,
      canBeBlank: false,
      constant: false,
      usesLookup: false,
      special: false,
      run: (frame) => priorRow(frame) === null,
    }),
  }),
  defineSpecial({
    name: "ISCHANGED",
    group: "Blank and test",
    params: [{ name: "field", kind: "scalar" }],
    result: "Boolean",
    summary:
      "TRUE when the field differs from the record as it was last transferred. FALSE for a new record.",
    blank: "Blank equals only blank.",
    excel: NOT_IN_EXCEL,
    examples: [
      { formula: "ISCHANGED(Amount)", result: "TRUE" },
      { formula: "ISCHANGED(Name)", result: "FALSE" },
      { formula: "ISCHANGED(Email)", result: "FALSE" },
    ],
    build: (call, builder) =>
      buildPrior(call, builder, (field) => ({
        type: BOOLEAN,
        canBeBlank: false,
        run: (frame) =>
          priorRow(frame) !== null && !valuesEqual(field.run(frame) as Value, priorRun(field, frame)),
      })),
  }),
  defineSpecial({
    name: "PRIORVALUE",
    group: "Blank and test",
    params: [{ name: "field", kind: "scalar" }],
    result: "the type of the field",
    summary: "The value that the field had when the record was last transferred.",
    blank: "Blank for a new record.",
    excel: NOT_IN_EXCEL,
    examples: [
      { formula: "PRIORVALUE(Amount)", result: "1000" },
      { formula: "Amount - PRIORVALUE(Amount)", result: "250.5" },
      { formula: "PRIORVALUE(Email)", result: "BLANK" },
    ],
    build: (call, builder) =>
      buildPrior(call, builder, (field) => ({
        type: field.type,
        canBeBlank: true,
        run: (frame) => priorRun(field, frame),
      })),
  }),
];
