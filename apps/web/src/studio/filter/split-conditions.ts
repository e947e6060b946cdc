/** The conditions of a filter that must all hold, each with where it is evaluated. */
import {
  odataDialect,
  parseFormula,
  soqlDialect,
  toSourceFilter,
  type Expr,
  type Scope,
} from "@fieldbridge/formula";
import type { SystemName } from "@fieldbridge/model";

export interface FilterPart {
  readonly text: string;
  /** `both` is narrowed by the source and judged once more here, because the source compares more loosely. */
  readonly runs: "source" | "here" | "both";
  /** Why the source cannot do it. */
  readonly reason: string | null;
}

const conjuncts = (expr: Expr): readonly Expr[] =>
  expr.kind === "binary" && expr.operator === "AND"
    ? [...conjuncts(expr.left), ...conjuncts(expr.right)]
    : expr.kind === "call" && expr.name === "AND"
      ? expr.args.flatMap(conjuncts)
      : [expr];

/** The filter languages of the systems; Business Central joins only conditions on one field with OR. */
const dialects = {
  salesforce: soqlDialect,
  "business-central": { ...odataDialect, orAcrossFields: false },
} as const;

/** Empty for a filter with mistakes: those are reported as issues. */
export function splitConditions(
  filter: string,
  scope: Scope,
  system: SystemName,
  now: string,
  timeZone: string,
): FilterPart[] {
  const parsed = parseFormula(filter);
  if (!parsed.ok) return [];
  return conjuncts(parsed.tree).map((each) => {
    const text = filter.slice(each.span.start, each.span.end);
    const split = toSourceFilter(text, scope, dialects[system], { now, timeZone });
    return {
      text,
      runs: split.pushed === null ? "here" : split.remainder === null ? "source" : "both",
      reason: split.notPushed[0]?.reason ?? null,
    };
  });
}
