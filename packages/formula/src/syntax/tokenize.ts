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
/** Texts in single or typographic quotes; an apostrophe alone is none. */
const FOREIGN_TEXT = /^(?:'[^'"\n]*'|[“”„][^“”„"\n]*[“”]|‘[^’"\n]*’)/;
/** Cells, ranges and cells of other sheets that no field name looks like. */
const CELL =
  /^(?:'[^'\n]*'!|[\p{L}_][\p{L}\p{N}_]*!)?\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?(?![\p{L}\p{N}_.(])/u;
const EXCEL_ERROR = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!)/i;
/** What to do about a character that only other languages know. */
const ADVICE: Readonly<Record<string, string>> = {
  "?": "Write a choice as IF(condition, value, otherwise).",
  ":": "There are no ranges here; a list is named with its field, as in SUM(Lines.Amount).",
  "{": 'Lists of constants are not known here; IN(value, "a", "b") tests several values.',
  "@": "Write the name of the field alone.",
  "#": 'Formulas have no error values; FAIL("message") holds the record.',
  $: "Formulas name fields, not cells; Ctrl+Space lists them.",
};
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
  function report(
    code: FormulaIssueCode,
    message: string,
    span: Span,
    replacement?: string,
    hint?: string,
  ): void {
    const fix =
      replacement === undefined ? undefined : { label: `Use ${replacement}`, span, text: replacement };
    issues.push(createIssue(code, message, { span, fix, hint }));
  }
  /** Reads what other programs write as one token with one issue, so that one Fix puts it right. */
  function readForeign(start: number): boolean {
    const rest = text.slice(start, start + 400);
    const [cell] = CELL.exec(rest) ?? [];
    if (cell !== undefined && /[$:!]/.test(cell)) {
      const span = { start, end: start + cell.length };
      report(
        "FML-226",
        `${cell} ${cell.includes(":") ? "are cells" : "is a cell"} of a sheet; formulas here name fields`,
        span,
      );
      push("number", "0", start, span.end);
      return true;
    }
    const [error] = EXCEL_ERROR.exec(rest) ?? [];
    if (error !== undefined) {
      const span = { start, end: start + error.length };
      report("FML-206", `${error} is an error of Excel, not a value`, span, "BLANK", ADVICE["#"]);
      push("name", "BLANK", start, span.end);
      return true;
    }
    const [quoted] = FOREIGN_TEXT.exec(rest) ?? [];
    if (quoted === undefined) return false;
    const span = { start, end: start + quoted.length };
    const content = quoted.slice(1, -1);
    report("FML-206", `Text stands in straight double quotes: "${content}"`, span, `"${content}"`);
    push("text", content, start, span.end);
    return true;
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
    } else if (/[$#'‘“”„\p{L}]/u.test(character) && readForeign(start)) {
      continue;
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
      const joins = two === "||" ? ", or & to join texts" : "";
      report("FML-206", `"${two}" is not an operator here; use ${replacement}${joins}`, span, replacement);
      push(/[A-Z]/.test(replacement) ? "name" : "symbol", replacement, start, start + 2);
    } else if (TWO_CHARACTER.has(two)) {
      push("symbol", two, start, start + 2);
    } else if (ONE_CHARACTER.has(character)) {
      push("symbol", character, start, start + 1);
    } else {
      const span = { start, end: start + character.length };
      const isQuote = /[“”„’‘']/.test(character);
      const replacement = isQuote ? '"' : undefined;
      report("FML-206", `"${character}" has no meaning here`, span, replacement, ADVICE[character]);
      position = span.end;
    }
  }
  const end = text.length;
  tokens.push({ kind: "end", text: "", span: { start: end, end }, joined: lastEnd === end });
  return { tokens, issues };
}
