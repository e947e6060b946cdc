/** One mapping for one record: the value as the target stores it, or what happens instead. Pure. */
import type { LinkRequest, Value } from "@fieldbridge/formula";
import { toIssue, type Cell, type Issue, type Row } from "@fieldbridge/model";
import type { PlannedMapping } from "../plan/transfer-plan.ts";
import { evaluatePlanned, fitPlanned, type EvaluationContext } from "./evaluate-planned.ts";

/** `left` does not touch the target field, `clear` makes it blank. */
export type MappedValue =
  | { readonly state: "value"; readonly cell: Cell; readonly issues: readonly Issue[] }
  | { readonly state: "left" }
  | { readonly state: "clear" }
  | { readonly state: "skipRecord"; readonly reason: string }
  | { readonly state: "failed"; readonly issues: readonly Issue[] }
  | { readonly state: "pending" };

const toWaiting = (mapping: PlannedMapping, { object, recordId }: LinkRequest): Issue =>
  toIssue(
    "RUN-704",
    mapping.formula.path,
    `${mapping.field.label} needs ${object} ${recordId}, which has not been transferred yet.`,
    { value: recordId },
  );

const isBlankValue = (value: Value): boolean => value === null || value === "";

const toBlank = (mapping: PlannedMapping, row: Row, context: EvaluationContext): MappedValue => {
  switch (mapping.whenBlank) {
    case "clear":
      return { state: "clear" };
    case "hold":
      return {
        state: "failed",
        issues: [toIssue("MAP-110", mapping.formula.path, `${mapping.field.label} would be blank.`)],
      };
    case "default":
      return mapping.fallback === null
        ? { state: "left" }
        : evaluateMapping(
            { ...mapping, formula: mapping.fallback, fallback: null, whenBlank: "leave" },
            row,
            context,
          );
    case "leave":
    case undefined:
      return { state: "left" };
  }
};

export function evaluateMapping(mapping: PlannedMapping, row: Row, context: EvaluationContext): MappedValue {
  const result = evaluatePlanned(mapping.formula, row, context);
  const [missed] = result.state === "pending" ? [] : result.missedLinks;
  switch (result.state) {
    case "pending":
      return { state: "pending" };
    case "failed":
      return { state: "failed", issues: missed ? [toWaiting(mapping, missed)] : result.issues };
    case "special":
      switch (result.special.kind) {
        case "skipField":
          return { state: "left" };
        case "skipRecord":
          return { state: "skipRecord", reason: result.special.message };
        case "fail":
          return {
            state: "failed",
            issues: [
              missed
                ? toWaiting(mapping, missed)
                : toIssue("RUN-703", mapping.formula.path, result.special.message),
            ],
          };
      }
      break;
    case "value": {
      if (isBlankValue(result.value)) {
        const mustWait = mapping.whenBlank === undefined || mapping.whenBlank === "hold";
        if (missed && mustWait) return { state: "failed", issues: [toWaiting(mapping, missed)] };
        return toBlank(mapping, row, context);
      }
      const fitted = fitPlanned(result.value, mapping.field, mapping.formula.path);
      return fitted.ok
        ? { state: "value", cell: fitted.cell, issues: result.warnings }
        : { state: "failed", issues: fitted.issues };
    }
  }
}
