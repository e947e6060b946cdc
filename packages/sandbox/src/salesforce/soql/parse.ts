// The query parser: recursive descent over the documented subset. What it does not know it refuses as malformed; a
// filter that is silently ignored would be the worst answer this server could give.
import type {
  Call,
  Comparison,
  Condition,
  Operand,
  OrderItem,
  Path,
  Query,
  SelectItem,
  Value,
} from "./ast.ts";
import { isRangeName } from "./date-ranges.ts";
import { malformed, readTokens, type Token } from "./tokens.ts";

const CLAUSES =
  "FROM WHERE WITH GROUP HAVING ORDER LIMIT OFFSET FOR ALL USING UPDATE AND OR NOT IN LIKE ASC DESC NULLS";
const RESERVED = new Set(CLAUSES.split(" "));
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  "=": "=",
  "!=": "!=",
  "<>": "!=",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

/** Reads a whole query; throws MALFORMED_QUERY with row and column. */
export function parseQuery(query: string): Query {
  const tokens = readTokens(query);
  let next = 0;

  const peek = (ahead = 0): Token => tokens[Math.min(next + ahead, tokens.length - 1)] as Token; // never empty
  const isWord = (word: string, ahead = 0): boolean =>
    peek(ahead).kind === "word" && peek(ahead).text.toUpperCase() === word;
  const isMark = (mark: string, ahead = 0): boolean =>
    peek(ahead).kind === "mark" && peek(ahead).text === mark;
  const unexpected = (token = peek()): Error =>
    malformed(query, token.at, `unexpected token: '${token.text}'`);

  function advance(): Token {
    const token = peek();
    next += 1;
    return token;
  }
  function takeWord(word: string): boolean {
    if (!isWord(word)) return false;
    next += 1;
    return true;
  }
  function expectWord(word: string): void {
    if (!takeWord(word)) throw unexpected();
  }
  function takeMark(mark: string): boolean {
    if (!isMark(mark)) return false;
    next += 1;
    return true;
  }
  function expectMark(mark: string): void {
    if (!takeMark(mark)) throw unexpected();
  }
  function readName(): string {
    if (peek().kind !== "word" || RESERVED.has(peek().text.toUpperCase())) throw unexpected();
    return advance().text;
  }
  function readPath(): Path {
    const at = peek().at;
    const names = [readName()];
    while (takeMark(".")) names.push(readName());
    return { names, at };
  }
  function readAlias(): string | null {
    return peek().kind === "word" && !RESERVED.has(peek().text.toUpperCase()) ? advance().text : null;
  }
  function readCall(): Call {
    const at = peek().at;
    const name = readName().toUpperCase();
    expectMark("(");
    const path = isMark(")") ? null : readPath();
    expectMark(")");
    return { name, path, at };
  }
  function readOperand(): Operand {
    return isMark("(", 1) ? { kind: "call", call: readCall() } : { kind: "path", path: readPath() };
  }
  function readList<T>(read: () => T): T[] {
    const items = [read()];
    while (takeMark(",")) items.push(read());
    return items;
  }
  function readWhole(): number {
    const token = advance();
    if (token.kind !== "number" || !/^\d+$/.test(token.text)) throw unexpected(token);
    return Number(token.text);
  }

  function readSelectItem(): SelectItem {
    const at = peek().at;
    if (takeMark("(")) {
      const child = readSelect();
      expectMark(")");
      return { kind: "child", query: child, at };
    }
    if (isWord("TYPEOF")) throw malformed(query, at, "TYPEOF is not supported by this sandbox");
    if (isWord("FIELDS") && isMark("(", 1)) {
      next += 2;
      const token = advance();
      const which = token.text.toUpperCase();
      expectMark(")");
      if (which !== "ALL" && which !== "STANDARD" && which !== "CUSTOM") throw unexpected(token);
      return { kind: "fields", which, at };
    }
    const operand = readOperand();
    const alias = readAlias();
    return operand.kind === "path"
      ? { kind: "path", path: operand.path, alias }
      : { kind: "call", call: operand.call, alias };
  }

  function readValue(): Value {
    const token = advance();
    const at = token.at;
    switch (token.kind) {
      case "string":
        return { kind: "string", text: token.text, at };
      case "number":
      case "date":
      case "datetime":
        return { kind: token.kind, text: token.text, at };
      case "word":
        return readWordValue(token);
      case "mark":
      case "end":
        throw unexpected(token);
    }
  }
  function readWordValue(token: Token): Value {
    const name = token.text.toUpperCase();
    const at = token.at;
    if (name === "TRUE" || name === "FALSE") return { kind: "boolean", value: name === "TRUE", at };
    if (name === "NULL") return { kind: "null", at };
    const counted = /^[A-Z]{3}(\d+(?:\.\d+)?)$/.exec(name)?.[1];
    if (counted !== undefined)
      throw malformed(query, at, "Currency literals are not supported by this sandbox");
    if (!isRangeName(name)) throw unexpected(token);
    return { kind: "range", name, count: takeMark(":") ? readWhole() : null, at };
  }

  function readComparison(): Condition {
    const left = readOperand();
    const negated = isWord("NOT") && isWord("IN", 1);
    if (negated) next += 1;
    if (takeWord("IN")) return readIn(left, negated);
    const token = advance();
    if (token.kind === "word" && token.text.toUpperCase() === "LIKE")
      return { kind: "compare", left, comparison: "LIKE", value: readValue() };
    const comparison = token.kind === "mark" ? COMPARISONS[token.text] : undefined;
    if (!comparison) throw unexpected(token);
    return { kind: "compare", left, comparison, value: readValue() };
  }
  function readIn(left: Operand, negated: boolean): Condition {
    if (left.kind === "call") throw malformed(query, left.call.at, "IN needs a field");
    expectMark("(");
    const inner: Condition = isWord("SELECT")
      ? { kind: "inQuery", left: left.path, negated, query: readSelect() }
      : { kind: "in", left: left.path, negated, values: readList(readValue) };
    expectMark(")");
    return inner;
  }
  function readTerm(): Condition {
    if (takeWord("NOT")) return { kind: "not", term: readTerm() };
    if (!takeMark("(")) return readComparison();
    const inner = readCondition();
    expectMark(")");
    return inner;
  }
  function readCondition(): Condition {
    const first = readTerm();
    const joint = isWord("AND") ? "AND" : isWord("OR") ? "OR" : null;
    if (joint === null) return first;
    const terms = [first];
    while (takeWord(joint)) terms.push(readTerm());
    if (isWord("AND") || isWord("OR")) throw unexpected();
    return { kind: joint === "AND" ? "and" : "or", terms };
  }

  function readOrderItem(): OrderItem {
    const by = readOperand();
    const descending = takeWord("DESC");
    if (!descending) takeWord("ASC");
    let nullsLast = false;
    if (takeWord("NULLS")) {
      nullsLast = takeWord("LAST");
      if (!nullsLast) expectWord("FIRST");
    }
    return { by, descending, nullsLast };
  }
  function readAliases(): ReadonlyMap<string, readonly string[]> {
    const aliases = new Map<string, readonly string[]>();
    const main = readAlias();
    if (main !== null) aliases.set(main.toLowerCase(), []);
    while (takeMark(",")) {
      const path = readPath();
      const alias = readAlias();
      const start = aliases.get(path.names[0]?.toLowerCase() ?? "");
      const names = start ? [...start, ...path.names.slice(1)] : path.names;
      aliases.set((alias ?? path.names.at(-1) ?? "").toLowerCase(), names);
    }
    return aliases;
  }
  function skipReadOptions(): void {
    if (takeWord("WITH") && !takeWord("SECURITY_ENFORCED") && !takeWord("USER_MODE"))
      expectWord("SYSTEM_MODE");
  }

  function readSelect(): Query {
    expectWord("SELECT");
    const select = readList(readSelectItem);
    expectWord("FROM");
    const from = readPath();
    const aliases = readAliases();
    if (takeWord("USING")) {
      expectWord("SCOPE");
      readName();
    }
    const where = takeWord("WHERE") ? readCondition() : null;
    skipReadOptions();
    let groupBy: Operand[] = [];
    if (takeWord("GROUP")) {
      expectWord("BY");
      groupBy = readList(readOperand);
    }
    const having = takeWord("HAVING") ? readCondition() : null;
    let orderBy: OrderItem[] = [];
    if (takeWord("ORDER")) {
      expectWord("BY");
      orderBy = readList(readOrderItem);
    }
    const limit = takeWord("LIMIT") ? readWhole() : null;
    const offset = takeWord("OFFSET") ? readWhole() : 0;
    if (takeWord("FOR") && !takeWord("VIEW") && !takeWord("REFERENCE")) expectWord("UPDATE");
    let allRows = false;
    if (takeWord("ALL")) {
      expectWord("ROWS");
      allRows = true;
    }
    return { select, from, aliases, where, groupBy, having, orderBy, limit, offset, allRows };
  }

  const parsed = readSelect();
  if (peek().kind !== "end") throw unexpected();
  return parsed;
}
