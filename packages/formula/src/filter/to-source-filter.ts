/**
 * Splits a filter into what the source evaluates and what is evaluated here. A condition is pushed only when the
 * source means the same by it, or more by it and the condition is evaluated here again.
 */
import { buildFormula } from "../build/build-formula.ts";
import type { BinaryExpr, Expr } from "../syntax/expr.ts";
import { formatFormula } from "../syntax/format.ts";
import { parseFormula } from "../syntax/parse.ts";
import type { Scope } from "../types.ts";
import { expandNamedFormulas } from "../named/expand-named-formulas.ts";
import { type FilterDialect, notWritten } from "./dialect.ts";
import { type FilterMoment, writeCondition } from "./write-condition.ts";

export interface SourceFilter {
  /** The condition in the source's language, or null where nothing can be pushed. */
  readonly pushed: string | null;
  /** The formula that must still be evaluated here, or null where the source does it all. */
  readonly remainder: string | null;
  readonly notPushed: readonly { readonly text: string; readonly reason: string }[];
}

export function toSourceFilter(
  text: string,
  scope: Scope,
  dialect: FilterDialect,
  moment?: FilterMoment,
): SourceFilter {
  const parsed = parseFormula(text);
  if (!parsed.ok) return nothing(text, "the formula has a mistake");
  if (buildFormula(parsed.tree, scope, text).issues.some((issue) => issue.severity === "error")) {
    return nothing(text, "the formula has a mistake");
  }
  const pushed: string[] = [];
  const remaining: Expr[] = [];
  const notPushed: { text: string; reason: string }[] = [];
  for (const condition of conjuncts(parsed.tree)) {
    const expanded = expandNamedFormulas(condition, scope);
    const result =
      expanded === null
        ? notWritten("a named formula in it cannot be written out")
        : writeCondition(expanded, { scope, dialect, moment });
    if ("reason" in result) {
      notPushed.push({ text: text.slice(condition.span.start, condition.span.end), reason: result.reason });
      remaining.push(condition);
    } else {
      pushed.push(result.text);
      if (!result.exact) remaining.push(condition);
    }
  }
  return {
    pushed: pushed.length > 0 ? pushed.join(` ${dialect.and} `) : null,
    remainder: joinConditions(remaining),
    notPushed,
  };
}

function nothing(text: string, reason: string): SourceFilter {
  return { pushed: null, remainder: text, notPushed: [{ text, reason }] };
}

/** Conditions that must all hold, from `a AND b` and `AND(a, b)` alike. */
function conjuncts(expr: Expr): Expr[] {
  if (expr.kind === "binary" && expr.operator === "AND")
    return [...conjuncts(expr.left), ...conjuncts(expr.right)];
  if (expr.kind === "call" && expr.name === "AND") return expr.args.flatMap(conjuncts);
  return [expr];
}

function joinConditions(conditions: readonly Expr[]): string | null {
  const [first, ...rest] = conditions;
  if (!first) return null;
  return formatFormula(
    rest.reduce<Expr>(
      (left, right): BinaryExpr => ({
        kind: "binary",
        span: left.span,
        operator: "AND",
        operatorSpan: left.span,
        left,
        right,
      }),
      first,
    ),
  );
}
