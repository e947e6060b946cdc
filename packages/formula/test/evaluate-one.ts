/** One formula against one record, for tests. */
import { exampleContext, exampleRecord, exampleScope } from "../src/functions/example-record.ts";
import {
  compileFormula,
  type EvalContext,
  evaluateFormula,
  type EvalResult,
  type Row,
  type Scope,
  showResult,
} from "../src/index.ts";

export interface Situation {
  readonly scope?: Scope;
  readonly record?: Row;
  readonly context?: Partial<EvalContext>;
}

/** Throws when the formula does not compile. */
export function evaluateOne(
  formula: string,
  { scope = exampleScope, record = exampleRecord, context }: Situation = {},
): EvalResult {
  const compiled = compileFormula(formula, scope);
  if (!compiled.ok)
    throw new Error(
      `${formula}: ${compiled.issues.map((issue) => `${issue.code} ${issue.message}`).join("; ")}`,
    );
  return evaluateFormula(compiled.formula, record, { ...exampleContext, ...context });
}

export function showOne(formula: string, situation?: Situation): string {
  return showResult(evaluateOne(formula, situation));
}
