/** What the canvas needs to know about a formula, read off its syntax tree and nowhere else. */
import { formatPath, parseFormula, walkExpr, type Expr } from "@fieldbridge/formula";
import type { MappingKind } from "./rows.ts";

export interface FormulaReading {
  readonly kind: MappingKind;
  readonly chip: string | null;
  /** Distinct paths in the order of the text. */
  readonly paths: readonly (readonly string[])[];
}

const lookups = new Set(["LOOKUP", "LOOKUPFIRST", "EXISTS", "LINKED"]);

const outermost = (tree: Expr): string | null => {
  switch (tree.kind) {
    case "call":
      return tree.name;
    case "binary":
    case "unary":
      return tree.operator;
    case "path":
    case "number":
    case "text":
    case "boolean":
    case "blank":
    case "missing":
      return null;
  }
};

/** Reads a formula, half-typed ones included: what can be recognised is reported. */
export function readFormula(text: string): FormulaReading {
  const result = parseFormula(text);
  const tree = result.tree;
  if (tree === undefined) return { kind: "formula", chip: null, paths: [] };
  const paths = new Map<string, readonly string[]>();
  const calls = new Set<string>();
  walkExpr(tree, (each) => {
    if (each.kind === "call") calls.add(each.name);
    if (each.kind !== "path") return;
    const names = each.segments.map((segment) => segment.name);
    paths.set(formatPath(names), names);
  });
  const kind: MappingKind =
    tree.kind === "path"
      ? "direct"
      : [...calls].some((name) => lookups.has(name))
        ? "lookup"
        : calls.has("MAPVALUE")
          ? "map"
          : paths.size === 0 && calls.size === 0
            ? "constant"
            : "formula";
  return { kind, chip: outermost(tree), paths: [...paths.values()] };
}

export type ReadFormula = (text: string) => FormulaReading;

const mostRemembered = 5_000;

/** `readFormula` with a memory, for one session: an edit changes one formula, not two hundred. */
export function createFormulaReader(): ReadFormula {
  const known = new Map<string, FormulaReading>();
  return (text) => {
    const found = known.get(text);
    if (found) return found;
    if (known.size >= mostRemembered) known.clear();
    const reading = readFormula(text);
    known.set(text, reading);
    return reading;
  };
}
