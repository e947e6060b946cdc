/** Choosing between values: IF and its relatives, AND, OR, NOT, and catching errors. */
import { BOOLEAN, type Built, combine, type Outcome, type Run } from "../build/built.ts";
import { valuesEqual } from "../build/equality.ts";
import { kindOfType, locate, narrow } from "../build/narrow.ts";
import { toInteger, type Decimal } from "../decimal/decimal.ts";
import { FormulaFailure, isCatchable } from "../failure.ts";
import type { CallExpr } from "../syntax/expr.ts";
import type { Builder } from "../build/built.ts";
import type { Value } from "../value.ts";
import { branchFacts, buildBranch, commonType } from "./branches.ts";
import { defineSpecial, type FunctionEntry, placeOf } from "./define.ts";

const CONDITION_BLANK = "A blank condition counts as FALSE.";

function buildIf(call: CallExpr, builder: Builder): Built {
  const [conditionExpr, yes, no] = call.args;
  if (!conditionExpr || !yes) throw new RangeError("IF is built with two or three values");
  const condition = builder.build(conditionExpr);
  const branches = [buildBranch(yes, builder), ...(no ? [buildBranch(no, builder)] : [])];
  const [first, second] = branches;
  const check = narrow(condition, "boolean", builder, placeOf(call, 0));
  const whenTrue: Run = first?.run ?? (() => null);
  const whenFalse: Run = second?.run ?? (() => null);
  const facts = branchFacts([condition], branches);
  return {
    expr: call,
    type: commonType(branches, builder),
    ...facts,
    canBeBlank: facts.canBeBlank || !no,
    run: condition.usesLookup
      ? (frame) => {
          const before = frame.pending;
          const test = check(frame);
          return frame.pending > before ? null : test === true ? whenTrue(frame) : whenFalse(frame);
        }
      : (frame) => (check(frame) === true ? whenTrue(frame) : whenFalse(frame)),
  };
}

function buildIfs(call: CallExpr, builder: Builder): Built {
  const conditions: Built[] = [];
  const branches: Built[] = [];
  call.args.forEach((arg, index) => {
    if (index % 2 === 0) conditions.push(builder.build(arg));
    else branches.push(buildBranch(arg, builder));
  });
  if (conditions.length !== branches.length) {
    builder.report("FML-202", "IFS needs a value after each condition", { span: call.span });
  }
  const checks = conditions.map((part, index) => narrow(part, "boolean", builder, placeOf(call, index * 2)));
  const results = branches.map((branch) => branch.run);
  return {
    expr: call,
    type: commonType(branches, builder),
    ...branchFacts(conditions, branches),
    canBeBlank: true,
    run: (frame) => {
      const before = frame.pending;
      for (let index = 0; index < checks.length; index += 1) {
        const test = checks[index]?.(frame);
        if (frame.pending > before) return null;
        if (test === true) return results[index]?.(frame) ?? null;
      }
      return null;
    },
  };
}

function buildSwitch(call: CallExpr, builder: Builder): Built {
  const [subjectExpr, ...rest] = call.args;
  if (!subjectExpr) throw new RangeError("SWITCH is built with a value");
  const subject = builder.build(subjectExpr);
  const hasDefault = rest.length % 2 === 1;
  const pairs = hasDefault ? rest.slice(0, -1) : rest;
  const candidates: Built[] = [];
  const branches: Built[] = [];
  pairs.forEach((arg, index) => {
    if (index % 2 === 0) candidates.push(candidate(subject, builder.build(arg), builder));
    else branches.push(buildBranch(arg, builder));
  });
  const last = rest.at(-1);
  const fallback = hasDefault && last ? buildBranch(last, builder) : null;
  const results = branches.map((branch) => branch.run);
  const all = fallback ? [...branches, fallback] : branches;
  const facts = branchFacts([subject, ...candidates], all);
  return {
    expr: call,
    type: commonType(all, builder),
    ...facts,
    canBeBlank: facts.canBeBlank || !fallback,
    run: (frame) => {
      const before = frame.pending;
      const value = subject.run(frame) as Value;
      for (let index = 0; index < candidates.length; index += 1) {
        const other = candidates[index]?.run(frame) as Value;
        if (frame.pending > before) return null;
        if (equalAt(call, value, other)) return results[index]?.(frame) ?? null;
      }
      return fallback ? fallback.run(frame) : null;
    },
  };
}

/** Reports a value that the subject can never equal because of its type. */
function candidate(subject: Built, other: Built, builder: Builder): Built {
  const kind = kindOfType(subject.type);
  if (kind) narrow(other, kind, builder, "A value to compare with");
  return other;
}

function equalAt(call: CallExpr, a: Value, b: Value): boolean {
  try {
    return valuesEqual(a, b);
  } catch (error) {
    throw locate(error, call, [a, b], call.name);
  }
}

function buildLogic(call: CallExpr, builder: Builder, decide: (runs: readonly Run[]) => Run): Built {
  const parts = call.args.map((arg) => builder.build(arg));
  const runs = parts.map((part, index) => narrow(part, "boolean", builder, placeOf(call, index)));
  return {
    expr: call,
    type: BOOLEAN,
    ...combine(parts),
    canBeBlank: false,
    special: false,
    run: decide(runs),
  };
}

function buildIfError(call: CallExpr, builder: Builder): Built {
  const [tryExpr, otherExpr] = call.args;
  if (!tryExpr || !otherExpr) throw new RangeError("IFERROR is built with two values");
  const tried = builder.build(tryExpr);
  const other = buildBranch(otherExpr, builder);
  const facts = branchFacts([], [tried, other]);
  return {
    expr: call,
    type: commonType([tried, other], builder),
    ...facts,
    run: (frame): Outcome => {
      try {
        return tried.run(frame);
      } catch (error) {
        if (!isCatchable(error)) throw error;
        return other.run(frame);
      }
    },
  };
}

function buildIn(call: CallExpr, builder: Builder): Built {
  const [subjectExpr, ...rest] = call.args;
  if (!subjectExpr) throw new RangeError("IN is built with a value");
  const subject = builder.build(subjectExpr);
  const others = rest.map((arg) => candidate(subject, builder.build(arg), builder));
  return {
    expr: call,
    type: BOOLEAN,
    ...combine([subject, ...others]),
    canBeBlank: false,
    special: false,
    run: (frame) => {
      const value = subject.run(frame) as Value;
      return others.some((other) => equalAt(call, value, other.run(frame) as Value));
    },
  };
}

function buildChoose(call: CallExpr, builder: Builder): Built {
  const [indexExpr, ...rest] = call.args;
  if (!indexExpr) throw new RangeError("CHOOSE is built with a number");
  const position = builder.build(indexExpr);
  const at = narrow(position, "number", builder, placeOf(call, 0));
  const values = rest.map((arg) => builder.build(arg));
  return {
    expr: call,
    type: commonType(values, builder),
    ...branchFacts([position], values),
    canBeBlank: position.canBeBlank || values.some((value) => value.canBeBlank),
    run: (frame) => {
      const wanted = at(frame) as Decimal | null;
      if (wanted === null) return null;
      const index = toInteger(wanted);
      const chosen = index === null ? undefined : values[index - 1];
      if (!chosen) {
        const failure = new FormulaFailure("FML-306", `CHOOSE has ${values.length} values`);
        throw locate(failure, call, [wanted], "CHOOSE");
      }
      return chosen.run(frame);
    },
  };
}

export const logicFunctions: readonly FunctionEntry[] = [
  defineSpecial({
    name: "IF",
    group: "Logic",
    params: [
      { name: "condition", kind: "boolean" },
      { name: "whenTrue", kind: "scalar", branch: true },
      { name: "whenFalse", kind: "scalar", optional: true, branch: true },
    ],
    result: "the type of its branches",
    summary: "Gives one of two values. Only the chosen branch is computed.",
    blank: `${CONDITION_BLANK} Without a third value the result is blank when the condition is not met.`,
    excel: "Without a third value Excel gives FALSE, here it is blank. Both branches must have one type.",
    examples: [
      { formula: 'IF(Amount > 1000, "large", "small")', result: '"large"' },
      { formula: 'IF(ISBLANK(Email), SKIPRECORD("no e-mail"), Email)', result: "Skip record: no e-mail" },
      { formula: 'IF(Amount < 0, "credit")', result: "BLANK" },
    ],
    build: buildIf,
  }),
  defineSpecial({
    name: "IFS",
    group: "Logic",
    params: [
      { name: "condition", kind: "boolean", repeat: true },
      { name: "value", kind: "scalar", repeat: true, branch: true },
    ],
    result: "the type of its branches",
    summary: "Gives the value after the first condition that is TRUE.",
    blank: `${CONDITION_BLANK} Blank when no condition is met.`,
    excel: "Excel gives #N/A when no condition is met.",
    examples: [
      { formula: 'IFS(Quantity >= 100, "A", Quantity >= 10, "B", TRUE, "C")', result: '"B"' },
      { formula: 'IFS(Amount > 5000, "high")', result: "BLANK" },
      { formula: "IFS(Amount > 5000, 1, Amount > 1000, 2)", result: "2" },
    ],
    build: buildIfs,
  }),
  ...(["SWITCH", "CASE"] as const).map((name) =>
    defineSpecial({
      name,
      group: "Logic",
      params: [
        { name: "value", kind: "scalar" },
        { name: "match", kind: "scalar", repeat: true },
        { name: "result", kind: "scalar", repeat: true, branch: true },
        { name: "otherwise", kind: "scalar", optional: true, branch: true },
      ],
      result: "the type of its branches",
      summary: "Compares a value with others and gives the result after the first that is equal.",
      blank: "Blank equals only blank. Blank when nothing matches and there is no last value.",
      excel:
        name === "SWITCH"
          ? "Excel gives #N/A when nothing matches; text is compared exactly here."
          : "Not in Excel; as in Salesforce.",
      examples: [
        { formula: `${name}(Status, "Completed", "C", "New", "N", "?")`, result: '"C"' },
        { formula: `${name}(Quantity, 1, "one", 12, "dozen")`, result: '"dozen"' },
        { formula: `${name}(Country, "DE", "Germany")`, result: "BLANK" },
      ],
      build: buildSwitch,
    }),
  ),
  defineSpecial({
    name: "AND",
    group: "Logic",
    params: [{ name: "condition", kind: "boolean", repeat: true }],
    result: "Boolean",
    summary: "TRUE when all conditions are TRUE. Stops at the first that is not.",
    blank: CONDITION_BLANK,
    excel: "Excel ignores blank cells; here they count as FALSE.",
    examples: [
      { formula: "AND(Amount > 0, Quantity > 0)", result: "TRUE" },
      { formula: "AND(Amount > 0, BLANK)", result: "FALSE" },
      { formula: "AND(Quantity > 100, 1 / 0 > 1)", result: "FALSE" },
    ],
    build: (call, builder) =>
      buildLogic(call, builder, (runs) => (frame) => runs.every((run) => run(frame) === true)),
  }),
  defineSpecial({
    name: "OR",
    group: "Logic",
    params: [{ name: "condition", kind: "boolean", repeat: true }],
    result: "Boolean",
    summary: "TRUE when at least one condition is TRUE. Stops at the first that is.",
    blank: CONDITION_BLANK,
    examples: [
      { formula: 'OR(Country = "DK", Country = "SE")', result: "TRUE" },
      { formula: "OR(BLANK, FALSE)", result: "FALSE" },
      { formula: "OR(Amount > 0, 1 / 0 > 1)", result: "TRUE" },
    ],
    build: (call, builder) =>
      buildLogic(call, builder, (runs) => (frame) => runs.some((run) => run(frame) === true)),
  }),
  defineSpecial({
    name: "NOT",
    group: "Logic",
    params: [{ name: "condition", kind: "boolean" }],
    result: "Boolean",
    summary: "TRUE when the condition is not TRUE.",
    blank: "Blank counts as FALSE, so the result is TRUE.",
    examples: [
      { formula: "NOT(Active)", result: "FALSE" },
      { formula: "NOT(ISBLANK(Name))", result: "TRUE" },
      { formula: "NOT(BLANK)", result: "TRUE" },
    ],
    build: (call, builder) =>
      buildLogic(
        call,
        builder,
        ([run]) =>
          (frame) =>
            run?.(frame) !== true,
      ),
  }),
  defineSpecial({
    name: "XOR",
    group: "Logic",
    params: [{ name: "condition", kind: "boolean", repeat: true }],
    result: "Boolean",
    summary: "TRUE when an odd number of conditions is TRUE; with two conditions: exactly one.",
    blank: CONDITION_BLANK,
    examples: [
      { formula: "XOR(TRUE, FALSE)", result: "TRUE" },
      { formula: "XOR(TRUE, TRUE)", result: "FALSE" },
      { formula: "XOR(TRUE, TRUE, TRUE)", result: "TRUE" },
    ],
    build: (call, builder) =>
      buildLogic(
        call,
        builder,
        (runs) => (frame) => runs.filter((run) => run(frame) === true).length % 2 === 1,
      ),
  }),
  defineSpecial({
    name: "IN",
    group: "Logic",
    params: [
      { name: "value", kind: "scalar" },
      { name: "candidate", kind: "scalar", repeat: true },
    ],
    result: "Boolean",
    summary: "TRUE when the value equals one of the others.",
    blank: "Blank equals only blank.",
    excel: "Not in Excel.",
    examples: [
      { formula: 'IN(Country, "DK", "NO", "SE")', result: "TRUE" },
      { formula: "IN(Quantity, 1, 2, 3)", result: "FALSE" },
      { formula: 'IN(Email, "a@example.com", BLANK)', result: "TRUE" },
    ],
    build: buildIn,
  }),
  defineSpecial({
    name: "CHOOSE",
    group: "Logic",
    params: [
      { name: "position", kind: "number" },
      { name: "value", kind: "scalar", repeat: true },
    ],
    result: "the type of its values",
    summary: "Gives the value at a position, counted from 1.",
    blank: "Blank if the position is blank.",
    excel: "A position with decimals is an error, Excel cuts them.",
    examples: [
      { formula: 'CHOOSE(2, "low", "normal", "high")', result: '"normal"' },
      { formula: 'CHOOSE(MONTH(StartDate), "Q1", "Q1", "Q1", "Q2")', result: '"Q1"' },
      { formula: 'CHOOSE(4, "a", "b")', result: "Error FML-306" },
    ],
    build: buildChoose,
  }),
  defineSpecial({
    name: "IFERROR",
    group: "Logic",
    params: [
      { name: "value", kind: "scalar" },
      { name: "fallback", kind: "scalar", branch: true },
    ],
    result: "the type of its values",
    summary: "Gives the first value, or the fallback when computing it is an error.",
    blank: "Blank is no error and stays blank.",
    examples: [
      { formula: "IFERROR(Amount / 0, 0)", result: "0" },
      { formula: 'IFERROR(VALUE("12,5"), -1)', result: "-1" },
      {
        formula: 'IFERROR(VALUE(Name), FAIL("the name is not a number"))',
        result: "Fail: the name is not a number",
      },
    ],
    build: buildIfError,
  }),
];
