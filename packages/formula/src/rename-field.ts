/** Renames a field inside formula text. Only the names change; spaces, comments and case stay as written. */
import type { FieldPath } from "./list-names.ts";
import { applyEdits, type TextEdit } from "./syntax/apply-edits.ts";
import { type Expr, walkExpr } from "./syntax/expr.ts";
import { formatPath } from "./syntax/format.ts";
import { parseFormula } from "./syntax/parse.ts";

/**
 * Replaces every path that is `from` or starts with it. Names match as the checker matches them, without regard
 * to case. Text that cannot be read is returned as it is.
 */
export function renameField(text: string, from: FieldPath, to: FieldPath): string {
  const { tree } = parseFormula(text);
  if (!tree || from.length === 0) return text;
  const edits: TextEdit[] = [];
  walkExpr(tree, (expr) => {
    const edit = editOf(expr, from, to);
    if (edit) edits.push(edit);
  });
  return applyEdits(text, edits);
}

function editOf(expr: Expr, from: FieldPath, to: FieldPath): TextEdit | null {
  if (expr.kind !== "path" || expr.segments.length < from.length) return null;
  const matches = from.every(
    (name, index) => expr.segments[index]?.name.toLowerCase() === name.toLowerCase(),
  );
  const last = expr.segments[from.length - 1];
  if (!matches || !last) return null;
  return { span: { start: expr.span.start, end: last.span.end }, text: formatPath(to) };
}
