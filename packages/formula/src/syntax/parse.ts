/**
 * The hand-written Pratt parser: the one truth about the grammar. It never throws, reports several issues at
 * once and always gives a tree in which `missing` stands for what was not there.
 */
import { createIssue, type FormulaIssueCode } from "../issue-codes.ts";
import type { FormulaFix, FormulaIssue, Span } from "../types.ts";
import type { BinaryOperator, Expr, PathSegment } from "./expr.ts";
import { describeCallPlace } from "./describe-place.ts";
import { type Token, tokenize } from "./tokenize.ts";

export const MAX_LENGTH = 10_000;
export const MAX_NODES = 2_000;
export const MAX_DEPTH = 64;

export type ParseResult =
  | { readonly ok: true; readonly tree: Expr }
  | { readonly ok: false; readonly issues: FormulaIssue[]; readonly tree?: Expr };

interface Operator {
  readonly operator: BinaryOperator;
  readonly level: number;
}

const LEVEL_NOT = 3;
const LEVEL_COMPARE = 4;
const LEVEL_POWER = 8;
const OPERATORS: Readonly<Record<string, number>> = {
  OR: 1,
  AND: 2,
  "=": LEVEL_COMPARE,
  "<>": LEVEL_COMPARE,
  "<": LEVEL_COMPARE,
  "<=": LEVEL_COMPARE,
  ">": LEVEL_COMPARE,
  ">=": LEVEL_COMPARE,
  "&": 5,
  "+": 6,
  "-": 6,
  "*": 7,
  "/": 7,
  "^": LEVEL_POWER,
};

/** Reads a formula. A leading `=` and `//` comments are accepted and dropped. */
export function parseFormula(text: string): ParseResult {
  if (text.length > MAX_LENGTH) {
    const span = { start: MAX_LENGTH, end: text.length };
    const message = `The formula has ${text.length} characters; ${MAX_LENGTH} are allowed`;
    return { ok: false, issues: [createIssue("FML-209", message, { span })] };
  }
  const { tokens, issues } = tokenize(text);
  const tree = parseTokens(tokens, issues);
  issues.sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  return issues.length === 0 ? { ok: true, tree } : { ok: false, issues, tree };
}

function parseTokens(tokens: readonly Token[], issues: FormulaIssue[]): Expr {
  const last = tokens.at(-1);
  let index = 0;
  let depth = 0;
  let nodes = 0;
  let tooLarge = false;

  function peek(offset = 0): Token {
    const token = tokens[Math.min(index + offset, tokens.length - 1)] ?? last;
    if (!token) throw new RangeError("The tokenizer always ends with an end token");
    return token;
  }
  function next(): Token {
    const token = peek();
    if (token.kind !== "end") index += 1;
    return token;
  }
  function isSymbol(text: string, offset = 0): boolean {
    const token = peek(offset);
    return token.kind === "symbol" && token.text === text;
  }
  function report(code: FormulaIssueCode, message: string, span: Span, fix?: FormulaFix): void {
    if (!tooLarge) issues.push(createIssue(code, message, { span, fix }));
  }
  function previousEnd(): number {
    return index === 0 ? 0 : (tokens[index - 1]?.span.end ?? 0);
  }
  /** Every node passes here, so the node limit counts each once. */
  function made<E extends Expr>(expr: E): E {
    nodes += 1;
    if (nodes > MAX_NODES) stopTooLarge(`The formula has more than ${MAX_NODES} parts`, expr.span);
    return Object.freeze(expr);
  }
  function stopTooLarge(message: string, span: Span): void {
    if (tooLarge) return;
    report("FML-209", message, span);
    tooLarge = true;
    index = tokens.length - 1;
  }
  function missing(what: string): Expr {
    const at = previousEnd();
    const token = peek();
    const message =
      token.kind === "end" ? `${what} is missing at the end` : `${what} is missing before "${token.text}"`;
    report("FML-201", message, token.kind === "end" ? { start: at, end: at } : token.span);
    return made({ kind: "missing", span: { start: at, end: at } });
  }

  function operatorAt(token: Token): Operator | undefined {
    const name = token.kind === "name" ? token.text.toUpperCase() : token.kind === "symbol" ? token.text : "";
    const level = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
    return level === undefined ? undefined : { operator: name as BinaryOperator, level };
  }

  /** Parentheses, calls and signs nest; long chains of operators do not. */
  function nested(read: () => Expr): Expr {
    depth += 1;
    if (depth > MAX_DEPTH) stopTooLarge(`The formula is nested deeper than ${MAX_DEPTH} levels`, peek().span);
    const expr = read();
    depth -= 1;
    return expr;
  }

  function parseExpr(minimum: number): Expr {
    const { start } = peek().span;
    let left = parsePrefix(minimum);
    let lastLevel = Infinity;
    for (;;) {
      const token = peek();
      const found = operatorAt(token);
      if (!found || found.level < minimum) break;
      if (found.level === lastLevel && (found.level === LEVEL_COMPARE || found.level === LEVEL_POWER)) {
        const kind = found.level === LEVEL_COMPARE ? "Comparisons" : "Powers";
        report("FML-208", `${kind} cannot be chained: "${found.operator}"`, token.span);
      }
      next();
      const right = parseExpr(found.level + 1);
      left = made({
        kind: "binary",
        span: { start, end: previousEnd() },
        operator: found.operator,
        operatorSpan: token.span,
        left,
        right,
      });
      lastLevel = found.level;
    }
    return left;
  }

  function parsePrefix(minimum: number): Expr {
    const token = peek();
    if (token.kind === "symbol" && token.text === "-") {
      next();
      const operand = parseUnaryOperand();
      const span = { start: token.span.start, end: previousEnd() };
      return made({ kind: "unary", span, operator: "-", operand });
    }
    const isNot = token.kind === "name" && token.text.toUpperCase() === "NOT";
    if (isNot && !isSymbol("(", 1) && !isSymbol(".", 1)) {
      next();
      if (minimum > LEVEL_NOT) report("FML-206", "Put parentheses around NOT here: NOT(...)", token.span);
      const operand = nested(() => parseExpr(LEVEL_NOT));
      const span = { start: token.span.start, end: previousEnd() };
      return made({ kind: "unary", span, operator: "NOT", operand });
    }
    return parsePostfix();
  }
  /** A sign binds closer than any operator, so `-2^2` is 4 as in Excel. */
  function parseUnaryOperand(): Expr {
    return nested(() => (isSymbol("-") ? parsePrefix(LEVEL_POWER) : parsePostfix()));
  }
  function parsePostfix(): Expr {
    const { start } = peek().span;
    const operand = parsePrimary();
    if (!isSymbol("%")) return operand;
    const percent = next();
    if (isSymbol("%")) {
      report("FML-206", 'Only one "%" may follow a value', next().span);
    }
    const span = { start, end: percent.span.end };
    return made({ kind: "unary", span, operator: "%", operand });
  }

  function parsePrimary(): Expr {
    const token = peek();
    if (token.kind === "number") {
      next();
      return made({ kind: "number", span: token.span, text: token.text });
    }
    if (token.kind === "text") {
      next();
      return made({ kind: "text", span: token.span, value: token.text });
    }
    if (token.kind === "bracket") return parsePath();
    if (token.kind === "name") return parseName(token);
    if (isSymbol("(")) return parseGroup();
    return missing("A value");
  }

  function parseGroup(): Expr {
    const open = next();
    const inner = nested(() => parseExpr(1));
    skipUnexpected(false);
    if (isSymbol(")")) next();
    else reportUnclosed("Expected ) to close the parenthesis", open.span);
    return inner;
  }
  function reportUnclosed(message: string, opened: Span): void {
    const at = Math.max(previousEnd(), opened.end);
    const span = { start: at, end: at };
    report("FML-201", message, span, { label: "Insert )", span, text: ")" });
  }

  function parseName(token: Token): Expr {
    const upper = token.text.toUpperCase();
    if (isSymbol("(", 1)) return parseCall();
    if (isSymbol(".", 1)) return parsePath();
    if (upper === "TRUE" || upper === "FALSE") {
      next();
      return made({ kind: "boolean", span: token.span, value: upper === "TRUE" });
    }
    if (upper === "BLANK") {
      next();
      return made({ kind: "blank", span: token.span });
    }
    if (upper === "AND" || upper === "OR" || upper === "NOT") return missing("A value");
    return parsePath();
  }

  function parsePath(): Expr {
    const segments: PathSegment[] = [];
    for (;;) {
      const token = next();
      segments.push({ name: token.text, span: token.span });
      if (!isSymbol(".")) break;
      const dot = next();
      const following = peek();
      if (following.kind !== "name" && following.kind !== "bracket") {
        report("FML-201", "A field name is missing after the dot", dot.span);
        break;
      }
    }
    const start = segments[0]?.span.start ?? 0;
    const span = { start, end: previousEnd() };
    return made({ kind: "path", span, segments: Object.freeze(segments) });
  }

  function parseCall(): Expr {
    const name = next();
    const open = next();
    const args: Expr[] = [];
    if (!isSymbol(")")) {
      for (;;) {
        args.push(
          isSymbol(",") || isSymbol(")") || isSymbol(";") ? missing("A value") : nested(() => parseExpr(1)),
        );
        skipUnexpected(true);
        if (isSymbol(";")) {
          const { span } = peek();
          const fix = { label: "Convert", span, text: "," };
          report("FML-204", "Values are separated with a comma here, not with ;", span, fix);
        } else if (!isSymbol(",")) break;
        next();
      }
    }
    if (isSymbol(")")) next();
    else reportUnclosed(describeCallPlace(args.length, name.text.toUpperCase()), open.span);
    const span = { start: name.span.start, end: previousEnd() };
    return made({
      kind: "call",
      span,
      name: name.text.toUpperCase(),
      nameSpan: name.span,
      args: Object.freeze(args),
    });
  }

  /** Steps over what cannot continue an expression, up to the end of this argument or group, as one issue. */
  function skipUnexpected(inCall: boolean): void {
    const start = peek();
    let nesting = 0;
    let end = start.span.start;
    while (peek().kind !== "end") {
      if (nesting === 0 && (isSymbol(")") || (inCall && (isSymbol(",") || isSymbol(";"))))) break;
      if (isSymbol("(")) nesting += 1;
      if (isSymbol(")")) nesting -= 1;
      end = next().span.end;
    }
    if (end > start.span.start) {
      report("FML-206", `"${start.text}" cannot stand here; an operator or a comma is missing`, {
        start: start.span.start,
        end,
      });
    }
  }

  if (isSymbol("=")) next();
  if (peek().kind === "end") {
    if (issues.length === 0) report("FML-210", "The formula is empty", { start: 0, end: peek().span.end });
    return made({ kind: "missing", span: { start: 0, end: 0 } });
  }
  const tree = parseExpr(1);
  while (peek().kind !== "end") {
    const token = peek();
    if (isSymbol(")")) {
      const fix = { label: "Remove )", span: token.span, text: "" };
      report("FML-206", "There is a ) without its (", token.span, fix);
      next();
    } else if (operatorAt(token)) {
      next();
      if (peek().kind !== "end") parseExpr(1);
    } else {
      skipUnexpected(false);
    }
  }
  return tree;
}
