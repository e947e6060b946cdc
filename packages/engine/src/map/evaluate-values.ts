/** Plain formulas to values of an object's fields: match keys and write-backs, where blank is simply blank. */
import type { Cell, FieldSchema, Issue, Row } from "@fieldbridge/model";
import { toIssue } from "@fieldbridge/model";
import type { PlannedFormula } from "../plan/transfer-plan.ts";
import { evaluatePlanned, fitPlanned, type EvaluationContext } from "./evaluate-planned.ts";

export type EvaluatedValues =
  | { readonly state: "values"; readonly values: Row }
  | { readonly state: "failed"; readonly issues: readonly Issue[] }
  | { readonly state: "pending" };

/** A field whose formula says SKIPFIELD() is left out; every other special result is a failure. */
export function evaluateValues(
  items: readonly { readonly field: FieldSchema; readonly formula: PlannedFormula }[],
  row: Row,
  context: EvaluationContext,
): EvaluatedValues {
  const values: Record<string, Cell> = {};
  const issues: Issue[] = [];
  let isPending = false;
  for (const { field, formula } of items) {
    const result = evaluatePlanned(formula, row, context);
    if (result.state === "pending") isPending = true;
    else if (result.state === "failed") issues.push(...result.issues);
    else if (result.state === "special") {
      if (result.special.kind !== "skipField")
        issues.push(toIssue("RUN-703", formula.path, result.special.message));
    } else {
      const fitted = fitPlanned(result.value, field, formula.path);
      if (fitted.ok) values[field.name] = fitted.cell;
      else issues.push(...fitted.issues);
    }
  }
  if (isPending) return { state: "pending" };
  return issues.length > 0 ? { state: "failed", issues } : { state: "values", values };
}
