/** Shared by the functions that choose between branches: the common type, and closures that may give specials. */
import {
  type Builder,
  type Built,
  BLANK_TYPE,
  isTextual,
  type StaticType,
  TEXT,
  typeLabel,
  UNKNOWN,
} from "../build/built.ts";
import { conversionFix, type Kind } from "../build/narrow.ts";

/** Builds a branch; skip and fail results are allowed in it. */
export function buildBranch(expr: Built["expr"], builder: Builder): Built {
  return builder.build(expr, { special: true });
}

/** The type all branches share; reports the first that does not fit. */
export function commonType(branches: readonly Built[], builder: Builder): StaticType {
  let common: StaticType = BLANK_TYPE;
  for (const branch of branches) {
    const { type } = branch;
    if (type.name === "special" || type.onlyBlank) continue;
    if (common.onlyBlank) common = type;
    else if (common.name === type.name) common = sameChoices(common, type);
    else if (isTextual(common) && isTextual(type)) common = TEXT;
    else if (common.name === "unknown" || type.name === "unknown") common = UNKNOWN;
    else {
      const text = builder.textOf(branch.expr);
      const fix = conversionFix(type, common.name as Kind, branch.expr, text);
      builder.report(
        "FML-213",
        `This branch gives ${typeLabel(type)}, an earlier one gives ${typeLabel(common)}`,
        {
          span: branch.expr.span,
          fix,
        },
      );
    }
  }
  if (common.onlyBlank && branches.every((branch) => branch.type.name === "special"))
    return { name: "special" };
  return common;
}

function sameChoices(a: StaticType, b: StaticType): StaticType {
  if (a.name !== "choice" || a.choices === b.choices) return a;
  return { name: "choice", choices: [...(a.choices ?? []), ...(b.choices ?? [])] };
}

/** Facts of a choice between branches, given everything that is evaluated to make it. */
export function branchFacts(conditions: readonly Built[], branches: readonly Built[]) {
  const all = [...conditions, ...branches];
  return {
    constant: all.every((part) => part.constant),
    usesLookup: all.some((part) => part.usesLookup),
    special: branches.some((branch) => branch.special),
    canBeBlank: branches.some((branch) => branch.canBeBlank),
  };
}
