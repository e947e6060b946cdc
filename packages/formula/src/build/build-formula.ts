/**
 * The one walk over a syntax tree that both checks it and makes its closures. Every function builds its own call;
 * this file builds everything else and knows the rules that hold for all of them.
 */
import { parseDecimal } from "../decimal/text.ts";
import { argumentRange } from "../functions/define.ts";
import { functionByName, functionNames } from "../functions/registry.ts";
import { createIssue } from "../issue-codes.ts";
import { findNamedFormula, type NamedPlace, nothingInserted } from "../named/named-call.ts";
import type { CallExpr, Expr } from "../syntax/expr.ts";
import { formatFormula } from "../syntax/format.ts";
import type { FormulaIssue, Scope, Span } from "../types.ts";
import { buildBinary, buildUnary } from "./build-operator.ts";
import { buildPath } from "./build-path.ts";
import {
  BLANK_TYPE,
  BOOLEAN,
  type Builder,
  type Built,
  type ListScope,
  type LookupUse,
  NUMBER,
  type StaticType,
  TEXT,
  unknownBuilt,
} from "./built.ts";
import { buildNamedCall, narrowGiven } from "./build-named-call.ts";
import { closestName } from "./closest-name.ts";
import { findForeignFunction } from "./foreign-function.ts";
import { reportPathHabit } from "./report-path-habit.ts";
import { createConstantFolder } from "./fold-constant.ts";

/** A sub-expression with the list it is evaluated in, for explaining. */
export interface BuiltNode {
  readonly built: Built;
  readonly list: ListScope | null;
}

export interface BuiltFormula {
  readonly root: Built;
  readonly issues: readonly FormulaIssue[];
  readonly fields: readonly (readonly string[])[];
  readonly lookups: readonly LookupUse[];
  readonly nodes: readonly BuiltNode[];
  /** Functions it calls, those of its named formulas included. */
  readonly functions: ReadonlySet<string>;
  /** Parts that named formulas brought in, by the identity of their span. */
  readonly places: ReadonlyMap<Span, NamedPlace>;
}

/** `text` is the formula as written, for Fixes; without it they use the canonical form. */
export function buildFormula(tree: Expr, scope: Scope, text?: string): BuiltFormula {
  const issues: FormulaIssue[] = [];
  const fields = new Map<string, readonly string[]>();
  const lookups = new Map<string, LookupUse>();
  const nodes: BuiltNode[] = [];
  const called = new Set<string>();
  const inserted = nothingInserted();
  const budget = { size: 0 };
  const foldConstant = createConstantFolder();
  /** Closures may only run where every argument has the type they expect. */
  let hasErrors = false;

  function createBuilder(list: ListScope | null): Builder {
    const builder: Builder = {
      scope,
      list,
      build(expr, options) {
        const given = inserted.given.get(expr);
        const plain = buildExpr(expr, builder);
        const raw = given ? narrowGiven(plain, given, builder) : plain;
        const built = hasErrors ? raw : foldConstant(raw);
        nodes.push({ built, list });
        if (built.special && !options?.special) {
          const message = "A skip or fail result cannot be used inside another calculation";
          builder.report("FML-214", message, { span: expr.span });
        }
        return built;
      },
      buildEach: (expr, each) => createBuilder(each).build(expr),
      report(code, message, details) {
        const place = details?.span && inserted.places.get(details.span);
        // A Fix would change the call, not the body where the mistake is.
        const issue = place
          ? createIssue(code, describeNamedPlace(message, place), { ...details, fix: undefined })
          : createIssue(code, message, details);
        hasErrors ||= issue.severity === "error";
        if (!issues.some((each) => isSameIssue(each, issue))) issues.push(issue);
      },
      addLookup(use) {
        lookups.set(JSON.stringify(use), use);
        if (scope.allowLookups === false) {
          const span = currentCall?.span;
          builder.report("FML-218", "This formula must run in the source, so it cannot look anything up", {
            span,
          });
        }
      },
      textOf: (expr) =>
        inserted.places.get(expr.span)?.text ??
        text?.slice(expr.span.start, expr.span.end) ??
        formatFormula(expr),
    };
    return builder;
  }

  let currentCall: CallExpr | null = null;

  function buildExpr(expr: Expr, builder: Builder): Built {
    switch (expr.kind) {
      case "number":
        return buildNumber(expr, builder);
      case "text":
        return constant(expr, TEXT, expr.value);
      case "boolean":
        return constant(expr, BOOLEAN, expr.value);
      case "blank":
        return { ...constant(expr, BLANK_TYPE, null), canBeBlank: true };
      case "missing":
        return unknownBuilt(expr);
      case "path":
        if (reportPathHabit(expr, builder)) return unknownBuilt(expr);
        return buildPath(expr, builder, (names) => fields.set(JSON.stringify(names), names));
      case "unary":
        return buildUnary(expr, builder);
      case "binary":
        return buildBinary(expr, builder);
      case "call": {
        const outer = currentCall;
        currentCall = expr;
        const named = findNamedFormula(scope, expr.name);
        if (!named) called.add(expr.name);
        const built = named
          ? buildNamedCall(expr, named, builder, inserted, budget)
          : buildCall(expr, builder);
        currentCall = outer;
        return built;
      }
    }
  }

  const root = createBuilder(null).build(tree, { special: true });
  if (root.type.name === "row") {
    const message = `"${formatFormula(tree)}" is a related record; add a dot and the field you want`;
    issues.push(createIssue("FML-222", message, { span: tree.span }));
  }
  issues.sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  return {
    root,
    issues,
    fields: [...fields.values()],
    lookups: [...lookups.values()],
    nodes,
    functions: called,
    places: inserted.places,
  };
}

/** A value that a named formula uses twice is judged twice. */
const isSameIssue = (left: FormulaIssue, right: FormulaIssue): boolean =>
  left.code === right.code &&
  left.message === right.message &&
  left.span?.start === right.span?.start &&
  left.span?.end === right.span?.end;

/** What is wrong, and in which part of which named formula. */
export const describeNamedPlace = (message: string, { calls, text }: NamedPlace): string =>
  `${message} (in ${calls.join(" → ")}: ${text})`;

function constant(expr: Expr, type: StaticType, value: string | boolean | null): Built {
  const canBeBlank = value === "";
  return { expr, type, canBeBlank, constant: true, usesLookup: false, special: false, run: () => value };
}

function buildNumber(expr: Expr & { kind: "number" }, builder: Builder): Built {
  const value = parseDecimal(expr.text);
  if (value === null) builder.report("FML-304", `${expr.text} has more than 34 digits`, { span: expr.span });
  return {
    expr,
    type: NUMBER,
    canBeBlank: false,
    constant: true,
    usesLookup: false,
    special: false,
    run: () => value,
  };
}

function buildCall(call: CallExpr, builder: Builder): Built {
  const entry = functionByName(call.name);
  if (!entry) {
    reportUnknownFunction(call, builder);
    for (const arg of call.args) builder.buildEach(arg, { key: null, label: "", rows: null });
    return unknownBuilt(call);
  }
  const { min, max } = argumentRange(entry.params);
  const given = call.args.length;
  if (given < min || given > max) {
    const names = entry.params.map((param) => param.name).join(", ");
    const count = given < min ? `at least ${min}` : `at most ${max}`;
    const wanted = min === max ? `${min}` : count;
    builder.report(
      "FML-202",
      `${call.name} needs ${wanted} ${wanted === "1" ? "value" : "values"}${names ? `: ${names}` : ""}`,
      {
        span: call.span,
      },
    );
    return unknownBuilt(call);
  }
  return entry.build(call, builder);
}

function reportUnknownFunction(call: CallExpr, builder: Builder): void {
  const { name, nameSpan: span } = call;
  if (isWord(name)) {
    const fix = { label: `Use ${name}`, span: call.span, text: name };
    return builder.report("FML-211", `${name} is written without ( ) here`, { span: call.span, fix });
  }
  const foreign = findForeignFunction(name);
  const known = [...functionNames, ...(builder.scope.namedFormulas ?? []).map((each) => each.name)];
  const suggestion = foreign ? foreign.replacement : closestName(name, known);
  const closest = suggestion ? `. Did you mean ${suggestion}?` : "";
  builder.report("FML-211", foreign ? `${name} ${foreign.advice}` : `Unknown function "${name}"${closest}`, {
    span,
    fix:
      suggestion === undefined ? undefined : { label: `Replace with ${suggestion}`, span, text: suggestion },
  });
}

const isWord = (name: string): boolean => name === "TRUE" || name === "FALSE" || name === "BLANK";
