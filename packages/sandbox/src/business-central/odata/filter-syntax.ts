// The syntax tree of a `$filter`: plain data, made by parse-filter.ts and read by compile-filter.ts and key-lookup.ts.

export type LiteralKind = "string" | "number" | "guid" | "boolean" | "date" | "instant" | "null";

export type Comparison = "eq" | "ne" | "gt" | "ge" | "lt" | "le";

export interface LiteralNode {
  readonly kind: "literal";
  readonly type: LiteralKind;
  /** Unquoted text; numbers as written. */
  readonly text: string;
}

export interface FieldNode {
  readonly kind: "field";
  readonly name: string;
}

export interface CallNode {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly FilterNode[];
}

export type FilterNode =
  | LiteralNode
  | FieldNode
  | CallNode
  | {
      readonly kind: "compare";
      readonly op: Comparison;
      readonly left: FilterNode;
      readonly right: FilterNode;
    }
  | { readonly kind: "in"; readonly left: FilterNode; readonly list: readonly LiteralNode[] }
  | { readonly kind: "and" | "or"; readonly operands: readonly FilterNode[] }
  | { readonly kind: "not"; readonly operand: FilterNode };

/** Names of all fields below a node. */
export function fieldsOf(node: FilterNode): Set<string> {
  switch (node.kind) {
    case "literal":
      return new Set();
    case "field":
      return new Set([node.name]);
    case "call":
      return union(node.args);
    case "compare":
      return union([node.left, node.right]);
    case "in":
      return fieldsOf(node.left);
    case "and":
    case "or":
      return union(node.operands);
    case "not":
      return fieldsOf(node.operand);
  }
}

function union(nodes: readonly FilterNode[]): Set<string> {
  return new Set(nodes.flatMap((node) => [...fieldsOf(node)]));
}
