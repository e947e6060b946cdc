/** A tree without calls of named formulas, for whoever translates it into another language. */
import type { Expr } from "../syntax/expr.ts";
import { MAX_NODES } from "../syntax/parse.ts";
import type { Scope } from "../types.ts";
import { expandCall, findNamedFormula, nothingInserted } from "./named-call.ts";

/** Null where a call cannot be written out; the check says why. */
export function expandNamedFormulas(tree: Expr, scope: Scope): Expr | null {
  if ((scope.namedFormulas?.length ?? 0) === 0) return tree;
  const inserted = nothingInserted();
  let size = 0;
  let failed = false;
  const expand = (expr: Expr): Expr => {
    switch (expr.kind) {
      case "call": {
        const formula = findNamedFormula(scope, expr.name);
        if (!formula || failed) return { ...expr, args: expr.args.map(expand) };
        const expanded = expandCall(expr, formula, inserted);
        if (expanded.ok) size += expanded.size;
        failed ||= !expanded.ok || size > MAX_NODES;
        return expanded.ok && !failed ? expand(expanded.body) : expr;
      }
      case "unary":
        return { ...expr, operand: expand(expr.operand) };
      case "binary":
        return { ...expr, left: expand(expr.left), right: expand(expr.right) };
      case "number":
      case "text":
      case "boolean":
      case "blank":
      case "path":
      case "missing":
        return expr;
    }
  };
  const expanded = expand(tree);
  return failed ? null : expanded;
}
