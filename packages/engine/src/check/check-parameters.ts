/** Judges the parameters of a transfer, and the companies that are chosen by them. */
import { resolveParameters, toIssue, type Issue, type TransferDefinition } from "@fieldbridge/model";
import type { TransferContext } from "../plan/transfer-plan.ts";
import { scopeForCompany } from "../scopes.ts";
import { checkFormulaAt } from "./check-formula-at.ts";

const checkDefaults = ({ parameters = {} }: TransferDefinition): Issue[] =>
  Object.entries(parameters).flatMap(([name, each]) =>
    each.default === undefined
      ? []
      : resolveParameters({ [name]: each }).issues.map((issue) => ({
          ...issue,
          path: `${issue.path}.default`,
          message: `The default does not fit. ${issue.message}`,
        })),
  );

const checkCompany = (
  definition: TransferDefinition,
  side: "source" | "target",
  context: TransferContext,
): Issue[] => {
  const text = definition[side].company;
  if (text === undefined || text === "") return [];
  const path = `${side}.company`;
  if (context.hasCompanies?.[side] === false)
    return [toIssue("PAR-804", path, `The system of the ${side} has no companies to choose from.`)];
  const field = { name: "company", label: "Company", type: "text" } as const;
  return checkFormulaAt(path, text, scopeForCompany(definition), context, field);
};

export const checkParameters = (definition: TransferDefinition, context: TransferContext): Issue[] => [
  ...checkDefaults(definition),
  ...checkCompany(definition, "source", context),
  ...checkCompany(definition, "target", context),
];
