/** A typed formula as it is kept: without the leading `=` of Excel, functions and words in upper case. */
import { parseFormula, walkExpr, type Span } from "@fieldbridge/formula";

/** Nothing else changes: names, spaces, line breaks and comments stay as typed. */
export function tidyFormula(text: string): string {
  const words: Span[] = [];
  const { tree } = parseFormula(text);
  if (tree)
    walkExpr(tree, (expr) => {
      if (expr.kind === "call") words.push(expr.nameSpan);
      else if (expr.kind === "boolean" || expr.kind === "blank") words.push(expr.span);
      else if (expr.kind === "binary") words.push(expr.operatorSpan);
      else if (expr.kind === "unary" && expr.operator === "NOT")
        words.push({ start: expr.span.start, end: expr.span.start + expr.operator.length });
    });
  let tidy = text;
  // From the end on, for where a capital letter is longer than the small one.
  for (const { start, end } of words.sort((a, b) => b.start - a.start))
    tidy = tidy.slice(0, start) + text.slice(start, end).toUpperCase() + tidy.slice(end);
  return tidy.trim().replace(/^=\s*/, "");
}
