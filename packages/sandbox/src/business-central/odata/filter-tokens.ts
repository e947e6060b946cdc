// Cuts a `$filter` into tokens with positions, following the literal forms of the OData 4.0 ABNF.
import { badRequest } from "./odata-error.ts";

export type TokenKind =
  | "guid"
  | "instant"
  | "date"
  | "time"
  | "number"
  | "string"
  | "duration"
  | "word"
  | "mark"
  | "end";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Character offset in the filter. */
  readonly at: number;
}

/** Tried in this order: the longer literal forms come before the forms they begin with. */
const forms: readonly (readonly [TokenKind, RegExp])[] = [
  ["guid", /[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?![\w-])/y],
  ["instant", /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,12})?)?(?:Z|[+-]\d{2}:\d{2})(?!\w)/y],
  ["date", /\d{4}-\d{2}-\d{2}(?![\w-])/y],
  ["time", /\d{2}:\d{2}(?::\d{2}(?:\.\d{1,12})?)?(?![\w:])/y],
  ["number", /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?!\w)/y],
  ["string", /'(?:[^']|'')*'/y],
  ["duration", /duration'[^']*'/y],
  ["word", /[A-Za-z_][\w.]*/y],
  ["mark", /[(),/:@-]/y],
];

/** Tokens of the filter, closed by an `end` token. Throws 400 at the first character that begins nothing. */
export function readTokens(filter: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < filter.length) {
    if (filter[at] === " " || filter[at] === "\t") {
      at += 1;
      continue;
    }
    const token = readToken(filter, at);
    if (token === undefined) throw syntaxError(filter, at);
    tokens.push(token);
    at += token.text.length;
  }
  tokens.push({ kind: "end", text: "", at });
  return tokens;
}

function readToken(filter: string, at: number): Token | undefined {
  for (const [kind, form] of forms) {
    form.lastIndex = at;
    const found = form.exec(filter);
    if (found !== null) return { kind, text: found[0], at };
  }
  return undefined;
}

/** The refusal of a filter that cannot be read, pointing at a position. */
export function syntaxError(filter: string, at: number): Error {
  return badRequest(`Syntax error at position ${at} in '${filter}'.`);
}
