/** The company an end works in, chosen by a formula over the run's parameters before anything is read. */
import { toIssue, type Issue, type RunParameters, type TransferDefinition } from "@fieldbridge/model";
import { evaluatePlanned } from "./map/evaluate-planned.ts";
import { planFormula } from "./plan/compile-formulas.ts";
import { scopeForCompany, toRunRoots } from "./scopes.ts";

/** `company` is undefined where the end works in the connection's own. */
export type ChosenCompany =
  | { readonly ok: true; readonly company: string | undefined }
  | { readonly ok: false; readonly issues: readonly Issue[] };

export function chooseCompany(
  definition: TransferDefinition,
  side: "source" | "target",
  parameters: RunParameters,
  runStartedAt: string,
): ChosenCompany {
  const text = definition[side].company;
  if (text === undefined || text === "") return { ok: true, company: undefined };
  const path = `${side}.company`;
  const formula = planFormula(path, text, scopeForCompany(definition));
  const result =
    formula &&
    evaluatePlanned(
      formula,
      {},
      {
        evaluation: {
          now: runStartedAt,
          timeZone: definition.timeZone ?? "UTC",
          roots: toRunRoots(runStartedAt, parameters),
        },
        lookups: { answer: () => ({ state: "missing" }) },
      },
    );
  if (result?.state === "failed") return { ok: false, issues: result.issues };
  const company = result?.state === "value" && typeof result.value === "string" ? result.value.trim() : "";
  return company === ""
    ? {
        ok: false,
        issues: [toIssue("PAR-805", path, `The company of the ${side} is blank: ${text} gives no name.`)],
      }
    : { ok: true, company };
}
