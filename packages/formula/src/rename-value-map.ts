/** Renames a value map inside formula text. Only its name changes; spaces and comments stay as written. */
import { applyEdits, type TextEdit } from "./syntax/apply-edits.ts";
import { walkExpr } from "./syntax/expr.ts";
import { formatTextLiteral } from "./syntax/format.ts";
import { parseFormula } from "./syntax/parse.ts";

/** Text that cannot be read is returned as it is. */
export function renameValueMap(text: string, from: string, to: string): string {
  const { tree } = parseFormula(text);
  if (!tree) return text;
  const edits: TextEdit[] = [];
  walkExpr(tree, (expr) => {
    if (expr.kind !== "call" || expr.name !== "MAPVALUE") return;
    const [map] = expr.args;
    if (map?.kind === "text" && map.value === from)
      edits.push({ span: map.span, text: formatTextLiteral(to) });
  });
  return applyEdits(text, edits);
}
