// Reads a `$filter` into its syntax tree. The whole OData grammar is recognised, so that what Business Central does not
// offer (arithmetic, lambdas, paths into related records, `has`) is refused by name instead of by a syntax error.
import { readTokens, syntaxError } from "./filter-tokens.ts";
import type { Token } from "./filter-tokens.ts";
import type { Comparison, FilterNode, LiteralKind, LiteralNode } from "./filter-syntax.ts";
import { badRequest } from "./odata-error.ts";

const comparisons: ReadonlySet<string> = new Set(["eq", "ne", "gt", "ge", "lt", "le"]);
const arithmetic: ReadonlySet<string> = new Set(["add", "sub", "mul", "div", "mod", "divby"]);
const literalKinds: Readonly<Partial<Record<Token["kind"], LiteralKind>>> = {
  string: "string",
  number: "number",
  guid: "guid",
  date: "date",
  instant: "instant",
};

/** The refusal of a construct that OData has and Business Central lacks. */
export function notOffered(what: string): Error {
  return badRequest(`${what} is not supported on an OData filter.`, "BadRequest_MethodNotImplemented");
}

/** Throws 400 for anything that is no filter or that the product does not offer. */
export function parseFilter(filter: string): FilterNode {
  const tokens = readTokens(filter);
  let index = 0;
  const peek = (): Token => tokens[index] ?? { kind: "end", text: "", at: filter.length };
  const isMark = (mark: string): boolean => peek().kind === "mark" && peek().text === mark;
  const isWord = (word: string): boolean => peek().kind === "word" && peek().text === word;
  const fail = (): Error => syntaxError(filter, peek().at);
  const take = (): Token => {
    const token = peek();
    index += 1;
    return token;
  };
  const expectMark = (mark: string): void => {
    if (!isMark(mark)) throw fail();
    take();
  };

  const parseOr = (): FilterNode => parseChain("or", parseAnd);
  const parseAnd = (): FilterNode => parseChain("and", parseNot);

  function parseChain(word: "and" | "or", next: () => FilterNode): FilterNode {
    const operands = [next()];
    while (isWord(word)) {
      take();
      operands.push(next());
    }
    const [only] = operands;
    return operands.length === 1 && only !== undefined ? only : { kind: word, operands };
  }

  function parseNot(): FilterNode {
    if (!isWord("not")) return parseComparison();
    take();
    return { kind: "not", operand: parseNot() };
  }

  function parseComparison(): FilterNode {
    const left = parseOperand();
    const word = peek().kind === "word" ? peek().text : "";
    if (arithmetic.has(word)) throw notOffered(`The arithmetic operator '${word}'`);
    if (word === "has") throw notOffered("The operator 'has'");
    if (comparisons.has(word)) {
      take();
      const right = parseOperand();
      if (arithmetic.has(peek().text)) throw notOffered(`The arithmetic operator '${peek().text}'`);
      return { kind: "compare", op: word as Comparison, left, right };
    }
    if (word !== "in") return left;
    take();
    return { kind: "in", left, list: parseList() };
  }

  function parseList(): LiteralNode[] {
    expectMark("(");
    const list: LiteralNode[] = [];
    for (;;) {
      const item = parseOperand();
      if (item.kind !== "literal") throw fail();
      list.push(item);
      if (!isMark(",")) break;
      take();
    }
    expectMark(")");
    return list;
  }

  function parseOperand(): FilterNode {
    const token = take();
    if (token.kind === "mark" && token.text === "(") {
      const inner = parseOr();
      expectMark(")");
      return inner;
    }
    if (token.kind === "mark" && token.text === "-") throw notOffered("The arithmetic operator '-'");
    if (token.kind === "mark" && token.text === "@") throw notOffered("A parameter alias");
    if (token.kind === "time" || token.kind === "duration") throw notOffered(`The literal ${token.text}`);
    if (token.kind === "word") return parseWord(token);
    const type = literalKinds[token.kind];
    if (type === undefined) throw syntaxError(filter, token.at);
    const plain = token.kind === "string" ? token.text.slice(1, -1).replaceAll("''", "'") : token.text;
    return { kind: "literal", type, text: plain };
  }

  function parseWord(token: Token): FilterNode {
    if (token.text === "true" || token.text === "false") {
      return { kind: "literal", type: "boolean", text: token.text };
    }
    if (token.text === "null") return { kind: "literal", type: "null", text: "null" };
    if (peek().kind === "string") throw notOffered(`The typed enumeration literal ${token.text}'…'`);
    if (isMark("/")) throw parsePath(token);
    if (!isMark("(")) return { kind: "field", name: token.text };
    take();
    const args: FilterNode[] = [];
    while (!isMark(")")) {
      args.push(parseOr());
      if (!isMark(",")) break;
      take();
    }
    expectMark(")");
    return { kind: "call", name: token.text, args };
  }

  function parsePath(first: Token): Error {
    take();
    const next = peek().text;
    if (next === "any" || next === "all") return notOffered(`The lambda operator '${next}'`);
    return notOffered(`The path '${first.text}/${next}' into a related entity`);
  }

  const tree = parseOr();
  if (peek().kind !== "end") throw fail();
  return tree;
}
