/** Compiles formulas and evaluates them for one record. Data problems come back as issues, never as exceptions. */
import { type BuiltFormula, buildFormula, describeNamedPlace } from "./build/build-formula.ts";
import { type Frame, type LookupUse, toExprType } from "./build/built.ts";
import { createZoneClock, type ZoneClock } from "./dates/zone.ts";
import { FormulaFailure } from "./failure.ts";
import { createIssue } from "./issue-codes.ts";
import type { Expr } from "./syntax/expr.ts";
import { formatFormula } from "./syntax/format.ts";
import { parseFormula } from "./syntax/parse.ts";
import type {
  EvalContext,
  ExprType,
  FormulaIssue,
  LinkRequest,
  LookupRequest,
  Row,
  Scope,
  Special,
} from "./types.ts";
import type { Value } from "./value.ts";

/** A checked formula, ready to be evaluated for any number of records. */
export interface CompiledFormula {
  readonly text: string;
  readonly tree: Expr;
  readonly type: ExprType;
  /** Canonical paths of all fields it reads, roots included. */
  readonly fields: readonly (readonly string[])[];
  readonly lookups: readonly LookupUse[];
  /** Functions it calls, those of its named formulas included. */
  readonly functions: ReadonlySet<string>;
  readonly usesLookup: boolean;
  /** May skip or fail. */
  readonly special: boolean;
  /** Warnings and hints; a formula with errors does not compile. */
  readonly issues: readonly FormulaIssue[];
  readonly built: BuiltFormula;
  readonly clock: ZoneClock;
}

export type CompileResult =
  | { readonly ok: true; readonly formula: CompiledFormula }
  | { readonly ok: false; readonly issues: FormulaIssue[] };

export type EvalResult =
  | { readonly ok: true; readonly value: Value; readonly warnings?: readonly FormulaIssue[] }
  | { readonly ok: false; readonly kind: "special"; readonly special: Special }
  | { readonly ok: false; readonly kind: "issue"; readonly issue: FormulaIssue }
  | {
      readonly ok: false;
      readonly kind: "pending";
      readonly requests: readonly (LookupRequest | LinkRequest)[];
    };

export function compileFormula(source: string | Expr, scope: Scope): CompileResult {
  const parsed = typeof source === "string" ? parseFormula(source) : { ok: true as const, tree: source };
  if (!parsed.ok) return { ok: false, issues: parsed.issues };
  const text = typeof source === "string" ? source : formatFormula(source);
  const built = buildFormula(parsed.tree, scope, typeof source === "string" ? source : undefined);
  const errors = built.issues.filter((issue) => issue.severity === "error");
  if (errors.length > 0) return { ok: false, issues: errors };
  return {
    ok: true,
    formula: {
      text,
      tree: parsed.tree,
      type: toExprType(built.root.type),
      fields: built.fields,
      lookups: built.lookups,
      functions: built.functions,
      usesLookup: built.root.usesLookup,
      special: built.root.special,
      issues: built.issues,
      built,
      clock: createZoneClock(),
    },
  };
}

export function createFrame(formula: CompiledFormula, row: Row, context: EvalContext): Frame {
  return {
    row,
    context,
    clock: formula.clock,
    item: null,
    steps: 0,
    pending: 0,
    requests: null,
    warnings: null,
  };
}

/** `pending` names lookups without an answer; fetch them and evaluate again. */
export function evaluateFormula(formula: CompiledFormula, row: Row, context: EvalContext): EvalResult {
  const frame = createFrame(formula, row, context);
  try {
    const value = formula.built.root.run(frame);
    if (frame.pending > 0) return pendingResult(frame);
    if (value !== null && typeof value === "object" && value.kind === "special") {
      return { ok: false, kind: "special", special: value.special };
    }
    return frame.warnings ? { ok: true, value, warnings: frame.warnings } : { ok: true, value };
  } catch (error) {
    if (!(error instanceof FormulaFailure)) throw error;
    if (frame.pending > 0) return pendingResult(frame);
    return { ok: false, kind: "issue", issue: issueOfFailure(error, formula) };
  }
}

function pendingResult(frame: Frame): EvalResult {
  const unique = new Map((frame.requests ?? []).map((request) => [JSON.stringify(request), request]));
  return { ok: false, kind: "pending", requests: [...unique.values()] };
}

export function issueOfFailure(failure: FormulaFailure, { built }: CompiledFormula): FormulaIssue {
  const place = failure.span && built.places.get(failure.span);
  const message = place ? describeNamedPlace(failure.message, place) : failure.message;
  return createIssue(failure.code, message, { span: failure.span, valueMap: failure.valueMap });
}
