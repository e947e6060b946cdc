// Cuts a query into tokens, each with its position, so that every complaint can point at its place.
import { apiError, type ApiError } from "../errors.ts";

export type Token = {
  readonly kind: "word" | "string" | "number" | "date" | "datetime" | "mark" | "end";
  /** The text as written; for a string its content with escapes resolved. */
  readonly text: string;
  /** Offset of the first character in the query. */
  readonly at: number;
};

const BLANK = /\s+/y;
const DATETIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)/y;
const DATE = /\d{4}-\d\d-\d\d/y;
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const MARK = /<>|!=|<=|>=|[=<>(),.:]/y;
const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  '"': '"',
  "'": "'",
  "\\": "\\",
};

/** The error a broken query gets: an excerpt, a caret, the place and the reason. */
export function malformed(query: string, at: number, reason: string): ApiError {
  return queryError(query, at, "MALFORMED_QUERY", reason);
}

/** An error of any code that points at a place in the query. */
export function queryError(query: string, at: number, code: string, reason: string): ApiError {
  const before = query.slice(0, at);
  const row = before.split("\n").length;
  const column = at - before.lastIndexOf("\n");
  const start = Math.max(before.lastIndexOf("\n") + 1, at - 20);
  const excerpt = query.slice(start, at + 30).split("\n")[0] ?? "";
  const caret = `${" ".repeat(at - start)}^`;
  return apiError(400, code, `\n${excerpt}\n${caret}\nERROR at Row:${row}:Column:${column}\n${reason}`);
}

/** `\_` and `\%` stay as written: only LIKE knows what they mean. */
function readString(query: string, start: number): { text: string; end: number } {
  let text = "";
  for (let at = start + 1; at < query.length; at += 1) {
    const character = query.charAt(at);
    if (character === "'") return { text, end: at + 1 };
    if (character !== "\\") {
      text += character;
      continue;
    }
    at += 1;
    const escaped = query.charAt(at);
    const unicode = /^u([0-9a-fA-F]{4})/.exec(query.slice(at, at + 5))?.[1];
    if (unicode !== undefined) {
      text += String.fromCharCode(Number.parseInt(unicode, 16));
      at += 4;
    } else if (escaped === "_" || escaped === "%") text += `\\${escaped}`;
    else {
      const plain = ESCAPES[escaped];
      if (plain === undefined)
        throw malformed(query, at, `Invalid string literal: illegal escape \\${escaped}`);
      text += plain;
    }
  }
  throw malformed(query, start, "Unterminated string literal");
}

export function readTokens(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  function take(pattern: RegExp): string | null {
    pattern.lastIndex = at;
    return pattern.exec(query)?.[0] ?? null;
  }
  const kinds = [
    ["datetime", DATETIME],
    ["date", DATE],
    ["number", NUMBER],
    ["word", WORD],
    ["mark", MARK],
  ] as const;
  while (at < query.length) {
    const blank = take(BLANK);
    if (blank !== null) {
      at += blank.length;
      continue;
    }
    if (query.charAt(at) === "'") {
      const { text, end } = readString(query, at);
      tokens.push({ kind: "string", text, at });
      at = end;
      continue;
    }
    const found = kinds.map(([kind, pattern]) => ({ kind, text: take(pattern) })).find((each) => each.text);
    if (!found?.text) throw malformed(query, at, `unexpected token: '${query.charAt(at)}'`);
    tokens.push({ kind: found.kind, text: found.text, at });
    at += found.text.length;
  }
  tokens.push({ kind: "end", text: "<EOF>", at: query.length });
  return tokens;
}
