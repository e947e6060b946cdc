// Finds the keys a filter pins down (`number eq 'A' or number eq 'B'`), so that a find by key does not read a whole set.
import type { FilterNode } from "./filter-syntax.ts";

/** The only values the field can have in a row that passes the filter. */
export interface KeyLookup {
  readonly field: string;
  readonly values: ReadonlySet<string>;
}

/** All equalities the filter demands at its top level, one per field; empty when it demands none. */
export function keyLookups(node: FilterNode): KeyLookup[] {
  if (node.kind === "and") return node.operands.flatMap(keyLookups);
  const found = equalities(node);
  return found === undefined ? [] : [found];
}

function equalities(node: FilterNode): KeyLookup | undefined {
  if (node.kind === "compare" && node.op === "eq") {
    const [field, literal] = node.left.kind === "field" ? [node.left, node.right] : [node.right, node.left];
    if (field.kind !== "field" || literal.kind !== "literal") return undefined;
    return { field: field.name, values: new Set([literal.text]) };
  }
  if (node.kind === "in" && node.left.kind === "field") {
    return { field: node.left.name, values: new Set(node.list.map((item) => item.text)) };
  }
  if (node.kind !== "or") return undefined;
  const parts = node.operands.map(equalities);
  const [first] = parts;
  if (first === undefined || !parts.every((part) => part?.field === first.field)) return undefined;
  return { field: first.field, values: new Set(parts.flatMap((part) => [...(part?.values ?? [])])) };
}
