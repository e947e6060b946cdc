/**
 * Formula text to tokens with exact positions. Text the language does not know becomes an issue here, with a Fix
 * where habit from Excel, SQL or a programming language explains it, and reading goes on.
 */
import { createIssue, type FormulaIssueCode } from "../issue-codes.ts";
import type { FormulaIssue, Span } from "../types.ts";

export type TokenKind = "number" | "text" | "name" | "bracket" | "symbol" | "end";

export interface Token {
  readonly kind: TokenKind;
  /** Symbol or name as written; for text and brackets the content. */
  readonly text: string;
  readonly span: Span;
  /** True where nothing stands between this token and the one before it. */
  readonly joined: boolean;
}

const SPACE = /\s/;
const NAME_START = /[\p{L}_]/u;
const NAME_PART = /[\p{L}\p{M}\p{N}_]/u;
const TWO_CHARACTER = new Set(["<>", "<=", ">="]);
const ONE_CHARACTER = new Set("=<>&+-*/^%(),.;".split(""));
/** What people type from habit, and what it is here. */
const HABITS: Readonly<Record<string, string>> = {
  "!=": "<>",
  "==": "=",
  "&&": "AND",
  "||": "OR",
};

export function tokenize(text: string): { tokens: Token[]; issues: FormulaIssue[] } {
  const tokens: Token[] = [];
  const issues: FormulaIssue[] = [];
  let position = 0;
  let lastEnd = -1;

  function push(kind: TokenKind, content: string, start: number, end: number): void {
    tokens.push({ kind, text: content, span: { start, end }, joined: start === lastEnd });
    lastEnd = end;
    position = end;
  }
  function report(code: FormulaIssueCode, message: string, span: Span, replacement?: string): void {
    const fix =
      replacement === undefined ? undefined : { label: `Use ${replacement}`, span, text: replacement };
    issues.push(createIssue(code, message, { span, fix }));
  }
  function readQuoted(start: number): void {
    let content = "";
    let index = start + 1;
    for (;;) {
      const next = text.indexOf('"', index);
      if (next < 0) {
        report("FML-207", 'Text starts here but is not closed with "', { start, end: text.length });
        push("text", content + text.slice(index), start, text.length);
        return;
      }
      content += text.slice(index, next);
      if (text[next + 1] !== '"') {
        push("text", content, start, next + 1);
        return;
      }
      content += '"';
      index = next + 2;
    }
  }
  function readBracket(start: number): void {
    const close = text.indexOf("]", start);
    const end = close < 0 ? text.length : close + 1;
    const name = text.slice(start + 1, close < 0 ? end : close);
    if (close < 0) report("FML-207", "Field name starts here but is not closed with ]", { start, end });
    else if (name.trim() === "") report("FML-201", "A field name is missing between [ and ]", { start, end });
    push("bracket", name, start, end);
  }

  while (position < text.length) {
    const start = position;
    const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
    const two = text.slice(start, start + 2);
    if (SPACE.test(character)) {
      position += character.length;
    } else if (two === "//") {
      const end = text.indexOf("\n", start);
      position = end < 0 ? text.length : end;
    } else if (character >= "0" && character <= "9") {
      const number = /^\d+(?:\.\d+)?/.exec(text.slice(start))?.[0] ?? character;
      push("number", number, start, start + number.length);
    } else if (character === "." && start !== lastEnd && /\d/.test(text.charAt(start + 1))) {
      const digits = /^\.\d+/.exec(text.slice(start))?.[0] ?? character;
      const span = { start, end: start + digits.length };
      report("FML-206", "A number needs a digit before the point", span, `0${digits}`);
      push("number", `0${digits}`, start, span.end);
    } else if (character === '"') {
      readQuoted(start);
    } else if (character === "[") {
      readBracket(start);
    } else if (NAME_START.test(character)) {
      let end = start + character.length;
      while (end < text.length) {
        const part = String.fromCodePoint(text.codePointAt(end) ?? 0);
        if (!NAME_PART.test(part)) break;
        end += part.length;
      }
      push("name", text.slice(start, end), start, end);
    } else if (Object.hasOwn(HABITS, two)) {
      const replacement = HABITS[two] ?? two;
      const span = { start, end: start + 2 };
      report("FML-206", `"${two}" is not an operator here; use ${replacement}`, span, replacement);
      push(/[A-Z]/.test(replacement) ? "name" : "symbol", replacement, start, start + 2);
    } else if (TWO_CHARACTER.has(two)) {
      push("symbol", two, start, start + 2);
    } else if (ONE_CHARACTER.has(character)) {
      push("symbol", character, start, start + 1);
    } else {
      const span = { start, end: start + character.length };
      const isQuote = /[“”„’‘']/.test(character);
      report("FML-206", `"${character}" has no meaning here`, span, isQuote ? '"' : undefined);
      position = span.end;
    }
  }
  const end = text.length;
  tokens.push({ kind: "end", text: "", span: { start: end, end }, joined: lastEnd === end });
  return { tokens, issues };
}
