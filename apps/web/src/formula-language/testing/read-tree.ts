/** What the editor's tree says of a right formula, in the words the test has for the parser's tree. */
import { formulaLanguage } from "../formula-language.ts";

type Node = ReturnType<typeof formulaLanguage.language.parser.parse>["topNode"];

export interface Reading {
  /** The expression as nested text. */
  readonly shape: string;
  /** Kind and place of every token that carries meaning, in order. */
  readonly tokens: readonly string[];
}

const kinds: Readonly<Record<string, string>> = {
  Number: "number",
  Text: "text",
  Boolean: "boolean",
  BlankValue: "blank",
  FunctionName: "function",
  Field: "field",
  QuotedField: "field",
  WordField: "field",
};
const expressions = new Set([
  "Number",
  "Text",
  "Boolean",
  "BlankValue",
  "Call",
  "Path",
  "Group",
  "Percent",
  "Negative",
  "Negation",
  "Binary",
]);

function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (child.name !== "Comment") children.push(child);
  return children;
}

const tokenOf = (kind: string, { from, to }: Node): string => `${kind} ${from}-${to}`;

/** `formula` is the text of the tree. */
export function readTree(node: Node, formula: string): Reading {
  const children = childrenOf(node);
  const inner = children.filter(({ name }) => expressions.has(name)).map((each) => readTree(each, formula));
  const [first, second] = inner;
  switch (node.name) {
    case "Formula":
    case "Group":
      return first ?? { shape: "nothing", tokens: [] };
    case "Path":
      return {
        shape: `path ${children.filter(({ name }) => name in kinds).length}`,
        tokens: children.filter(({ name }) => name in kinds).map((each) => tokenOf("field", each)),
      };
    case "Call": {
      const [name, list] = children;
      const args = list
        ? childrenOf(list)
            .filter((each) => expressions.has(each.name))
            .map((each) => readTree(each, formula))
        : [];
      return {
        shape: `call(${args.map(({ shape }) => shape).join(", ")})`,
        tokens: [...(name ? [tokenOf("function", name)] : []), ...args.flatMap(({ tokens }) => tokens)],
      };
    }
    case "Percent":
    case "Negative":
    case "Negation":
    case "Binary": {
      const sign = children.find(({ name }) => !expressions.has(name));
      if (!first || !sign) return { shape: "broken", tokens: [] };
      const operator = formula.slice(sign.from, sign.to).toUpperCase();
      const shape = second ? `(${first.shape} ${operator} ${second.shape})` : `${operator}(${first.shape})`;
      const token = tokenOf("operator", sign);
      const tokens = second
        ? [...first.tokens, token, ...second.tokens]
        : node.name === "Percent"
          ? [...first.tokens, token]
          : [token, ...first.tokens];
      return { shape, tokens };
    }
    default: {
      const kind = kinds[node.name] ?? node.name;
      return { shape: kind, tokens: [tokenOf(kind, node)] };
    }
  }
}
