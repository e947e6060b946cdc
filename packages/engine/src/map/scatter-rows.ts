/** The rows of scattered lines for one record, as a run makes them. */
import type { Issue, Row } from "@fieldbridge/model";
import type { PlannedFormula } from "../plan/transfer-plan.ts";
import { toItemRows } from "../scatter.ts";
import { evaluatePlanned, type EvaluationContext } from "./evaluate-planned.ts";

export type ScatteredRows =
  | { readonly state: "rows"; readonly rows: readonly Row[] }
  | { readonly state: "pending" }
  | { readonly state: "failed"; readonly issues: readonly Issue[] };

/** Specials do not come: the check refuses a formula that may give one. */
export function scatterRows(formula: PlannedFormula, source: Row, context: EvaluationContext): ScatteredRows {
  const result = evaluatePlanned(formula, source, context);
  if (result.state === "pending" || result.state === "failed") return result;
  return { state: "rows", rows: result.state === "value" ? toItemRows(result.value) : [] };
}
