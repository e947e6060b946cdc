/** What a formula depends on, read from its text alone: field paths, lookups and function calls. */
import type { LookupUse } from "./build/built.ts";
import { type CallExpr, type Expr, walkExpr } from "./syntax/expr.ts";
import { parseFormula } from "./syntax/parse.ts";
import type { Span } from "./types.ts";

export type FieldPath = readonly string[];

function treeOf(text: string): Expr | undefined {
  return parseFormula(text).tree;
}

/** Paths as written, each once, in order of appearance. Text with syntax issues gives what can be read. */
export function listFields(text: string): FieldPath[] {
  const paths = new Map<string, FieldPath>();
  const tree = treeOf(text);
  if (tree) {
    walkExpr(tree, (expr) => {
      if (expr.kind !== "path") return;
      const path = expr.segments.map((segment) => segment.name);
      paths.set(JSON.stringify(path), path);
    });
  }
  return [...paths.values()];
}

export interface FunctionCall {
  /** Upper case. */
  readonly name: string;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly argumentCount: number;
}

export function listFunctionCalls(text: string): FunctionCall[] {
  return listCalls(text).map(({ name, span, nameSpan, args }) => ({
    name,
    span,
    nameSpan,
    argumentCount: args.length,
  }));
}

function listCalls(text: string): CallExpr[] {
  const calls: CallExpr[] = [];
  const tree = treeOf(text);
  if (tree) {
    walkExpr(tree, (expr) => {
      if (expr.kind === "call") calls.push(expr);
    });
  }
  return calls;
}

function textAt(call: CallExpr, index: number): string | undefined {
  const arg = call.args[index];
  return arg?.kind === "text" ? arg.value : undefined;
}

/** Lookups, links and value maps whose names are written in the formula. */
export function listLookups(text: string): LookupUse[] {
  const uses: LookupUse[] = [];
  for (const call of listCalls(text)) {
    const use = lookupOf(call);
    if (use) uses.push(use);
  }
  return uses;
}

function lookupOf(call: CallExpr): LookupUse | null {
  const first = textAt(call, 0);
  const second = textAt(call, 1);
  switch (call.name) {
    case "LOOKUP":
    case "LOOKUPFIRST":
      return first === undefined
        ? null
        : {
            kind: call.name === "LOOKUP" ? "lookup" : "lookupFirst",
            object: first,
            keyField: second,
            resultField: textAt(call, 3),
          };
    case "EXISTS":
      return first === undefined
        ? null
        : { kind: "exists", object: first, keyField: second, resultField: second };
    case "LINKED":
      return second === undefined ? null : { kind: "linked", object: second };
    case "MAPVALUE":
      return first === undefined ? null : { kind: "valueMap", object: first };
    default:
      return null;
  }
}
