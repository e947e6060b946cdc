/** Judges one formula of a definition and places its issues, so that the studio can lead to the spot. */
import { checkFormula, type FieldShape, type FormulaIssue, type Scope } from "@fieldbridge/formula";
import { toIssue, type Issue } from "@fieldbridge/model";
import { findLookupSide } from "../lookups.ts";
import type { TransferContext } from "../plan/transfer-plan.ts";
import { withOwnObjects } from "../scopes.ts";

/** Formula issues know neither their place nor their class; both are the engine's. */
export const placeFormulaIssue = (issue: FormulaIssue, path: string, kind: Issue["class"]): Issue => ({
  ...issue,
  path,
  class: kind,
});

/** Everything about one formula; `target` is the field it fills. */
export function checkFormulaAt(
  path: string,
  text: string,
  scope: Scope,
  context: TransferContext,
  target?: FieldShape,
): Issue[] {
  const checked = checkFormula(text, scope, target);
  const objects = {
    sourceObjects: withOwnObjects(context.source, context.sourceObjects),
    targetObjects: withOwnObjects(context.target, context.targetObjects),
  };
  const unknown = checked.lookups
    .filter((use) => use.kind !== "linked" && use.kind !== "valueMap")
    .filter((use) => findLookupSide(objects, use.object) === null)
    .map((use) => toIssue("TGT-002", path, `${use.object} is an object of neither system.`));
  return [...checked.issues.map((issue) => placeFormulaIssue(issue, path, "mapping")), ...unknown];
}
