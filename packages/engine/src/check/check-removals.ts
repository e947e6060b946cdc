/** What is wrong with the rule for records that disappear from the source. */
import { toIssue, type Issue, type TransferDefinition } from "@fieldbridge/model";
import type { TransferContext } from "../plan/transfer-plan.ts";
import { scopeForFilter, scopeForFlag } from "../scopes.ts";
import { checkFormulaAt } from "./check-formula-at.ts";

const checkFlag = (values: Readonly<Record<string, string>>, context: TransferContext): Issue[] => {
  const { target } = context;
  if (Object.keys(values).length === 0)
    return [toIssue("REM-801", "removals.values", "Choose what marks a target record as removed.")];
  if (target === null) return [];
  return Object.entries(values).flatMap(([name, text]) => {
    const path = `removals.values.${name}`;
    const field = target.fields.find((candidate) => candidate.name === name);
    if (!field) return [toIssue("MAP-109", path, `${target.label} has no field "${name}".`)];
    return field.updatable
      ? checkFormulaAt(path, text, scopeForFlag(context), context, { ...field, nullable: true })
      : [toIssue("REM-802", path, `"${field.label}" cannot be changed in an existing ${target.label}.`)];
  });
};

export function checkRemovals({ removals }: TransferDefinition, context: TransferContext): Issue[] {
  if (removals === undefined || removals.mode === "ignore") return [];
  const { source, target } = context;
  const scope = { name: "scope", label: "Scope", type: "boolean" } as const;
  return [
    ...(removals.mode === "flag" ? checkFlag(removals.values ?? {}, context) : []),
    ...(removals.mode === "delete" && target !== null && !target.deletable
      ? [toIssue("REM-802", "removals", `${target.label} records cannot be deleted.`)]
      : []),
    ...(removals.scope === undefined || source === null
      ? []
      : checkFormulaAt("removals.scope", removals.scope, scopeForFilter(context), context, scope)),
  ];
}
