/** The only place where the engine evaluates formulas: results with placed issues and the links that were missing. */
import {
  evaluateFormula,
  fitValue,
  showResult,
  type EvalContext,
  type EvalResult,
  type LinkRequest,
  type Special,
  type Value,
} from "@fieldbridge/formula";
import type { Cell, FieldSchema, Issue, IssueClass, Row } from "@fieldbridge/model";
import { placeFormulaIssue } from "../check/check-formula-at.ts";
import type { Lookups } from "../lookups.ts";
import type { PlannedFormula } from "../plan/transfer-plan.ts";

export interface EvaluationContext {
  readonly evaluation: EvalContext;
  readonly lookups: Pick<Lookups, "answer">;
}

export type Evaluated =
  | {
      readonly state: "value";
      readonly value: Value;
      readonly warnings: readonly Issue[];
      readonly missedLinks: readonly LinkRequest[];
    }
  | { readonly state: "special"; readonly special: Special; readonly missedLinks: readonly LinkRequest[] }
  | {
      readonly state: "failed";
      readonly issues: readonly Issue[];
      readonly missedLinks: readonly LinkRequest[];
    }
  | { readonly state: "pending" };

/** A lookup that finds nothing may find it later: the record it needs is often on its way itself. */
const classOf = (code: string): IssueClass => (code === "FML-307" ? "waiting" : "data");

const noLinks: readonly LinkRequest[] = [];

const evaluate = (
  formula: PlannedFormula,
  row: Row,
  { evaluation, lookups }: EvaluationContext,
): { result: EvalResult; missedLinks: readonly LinkRequest[] } => {
  if (!formula.compiled.usesLookup)
    return { result: evaluateFormula(formula.compiled, row, evaluation), missedLinks: noLinks };
  const missedLinks: LinkRequest[] = [];
  const lookup: EvalContext["lookup"] = (request) => {
    const answer = lookups.answer(request);
    if (request.kind === "linked" && answer.state === "missing") missedLinks.push(request);
    return answer;
  };
  return { result: evaluateFormula(formula.compiled, row, { ...evaluation, lookup }), missedLinks };
};

/** The same context with more named starts beside the record: `header`, `target`, `outcome`. */
export const withRoots = (
  context: EvaluationContext,
  roots: Readonly<Record<string, Row | null>>,
): EvaluationContext => ({
  lookups: context.lookups,
  evaluation: { ...context.evaluation, roots: { ...context.evaluation.roots, ...roots } },
});

export function evaluatePlanned(formula: PlannedFormula, row: Row, context: EvaluationContext): Evaluated {
  const { result, missedLinks } = evaluate(formula, row, context);
  const place = (issue: Parameters<typeof placeFormulaIssue>[0]): Issue =>
    placeFormulaIssue(issue, formula.path, classOf(issue.code));
  if (result.ok)
    return { state: "value", value: result.value, warnings: (result.warnings ?? []).map(place), missedLinks };
  switch (result.kind) {
    case "pending":
      return { state: "pending" };
    case "special":
      return { state: "special", special: result.special, missedLinks };
    case "issue":
      return { state: "failed", issues: [place(result.issue)], missedLinks };
  }
}

/** The result of a formula in one line, for people. */
export const showPlanned = (formula: PlannedFormula, row: Row, context: EvaluationContext): string =>
  showResult(evaluate(formula, row, context).result);

/** The value as the field stores it, exactly, or why it does not fit (I8). */
export function fitPlanned(
  value: Value,
  field: FieldSchema,
  path: string,
): { readonly ok: true; readonly cell: Cell } | { readonly ok: false; readonly issues: readonly Issue[] } {
  const fitted = fitValue(value, field);
  return fitted.ok ? fitted : { ok: false, issues: [placeFormulaIssue(fitted.issue, path, "data")] };
}
