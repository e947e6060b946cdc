/** The syntax tree: plain frozen data, made for exhaustive switches. Spans point into the formula text. */
import type { Span } from "../types.ts";

export type BinaryOperator =
  | "OR"
  | "AND"
  | "="
  | "<>"
  | "<"
  | "<="
  | ">"
  | ">="
  | "&"
  | "+"
  | "-"
  | "*"
  | "/"
  | "^";

export interface PathSegment {
  readonly name: string;
  /** Includes the brackets of a bracketed name. */
  readonly span: Span;
}

export interface NumberExpr {
  readonly kind: "number";
  readonly span: Span;
  /** Digits as written. */
  readonly text: string;
}
export interface TextExpr {
  readonly kind: "text";
  readonly span: Span;
  readonly value: string;
}
export interface BooleanExpr {
  readonly kind: "boolean";
  readonly span: Span;
  readonly value: boolean;
}
export interface BlankExpr {
  readonly kind: "blank";
  readonly span: Span;
}
export interface PathExpr {
  readonly kind: "path";
  readonly span: Span;
  readonly segments: readonly PathSegment[];
}
export interface CallExpr {
  readonly kind: "call";
  readonly span: Span;
  /** Upper case. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: readonly Expr[];
}
export interface UnaryExpr {
  readonly kind: "unary";
  readonly span: Span;
  readonly operator: "-" | "NOT" | "%";
  readonly operand: Expr;
}
export interface BinaryExpr {
  readonly kind: "binary";
  readonly span: Span;
  readonly operator: BinaryOperator;
  readonly operatorSpan: Span;
  readonly left: Expr;
  readonly right: Expr;
}
/** Stands where the text has no expression; only in trees that come with issues. */
export interface MissingExpr {
  readonly kind: "missing";
  readonly span: Span;
}

export type Expr =
  | NumberExpr
  | TextExpr
  | BooleanExpr
  | BlankExpr
  | PathExpr
  | CallExpr
  | UnaryExpr
  | BinaryExpr
  | MissingExpr;

/** Direct sub-expressions, left to right. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "call":
      return expr.args;
    case "unary":
      return [expr.operand];
    case "binary":
      return [expr.left, expr.right];
    case "number":
    case "text":
    case "boolean":
    case "blank":
    case "path":
    case "missing":
      return [];
  }
}

/** The expression and everything below it, parents first. */
export function walkExpr(expr: Expr, visit: (expr: Expr) => void): void {
  visit(expr);
  for (const child of childrenOf(expr)) walkExpr(child, visit);
}
