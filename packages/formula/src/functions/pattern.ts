/**
 * The pattern language of MATCHES and EXTRACT: `#` digit, `@` letter, `?` any character, `*` any run, `\` takes the
 * next character as itself. It is matched with one backtracking point, so it never takes exponential time, and
 * every comparison is counted.
 */
import { FormulaFailure } from "../failure.ts";

type Piece =
  | { readonly kind: "exact"; readonly text: string }
  | { readonly kind: "digit" | "letter" | "any" | "rest" };

const MAX_PATTERN = 200;
const COMPARISONS_PER_STEP = 4;

function parsePattern(pattern: string): readonly Piece[] {
  const characters = Array.from(pattern);
  if (characters.length > MAX_PATTERN) {
    throw new FormulaFailure("FML-306", `A pattern has at most ${MAX_PATTERN} characters`);
  }
  const pieces: Piece[] = [];
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? "";
    if (character === "\\") {
      index += 1;
      pieces.push({ kind: "exact", text: characters[index] ?? "\\" });
    } else if (character === "#") pieces.push({ kind: "digit" });
    else if (character === "@") pieces.push({ kind: "letter" });
    else if (character === "?") pieces.push({ kind: "any" });
    else if (character !== "*") pieces.push({ kind: "exact", text: character });
    else if (pieces.at(-1)?.kind !== "rest") pieces.push({ kind: "rest" });
  }
  return pieces;
}

function pieceFits(piece: Piece, character: string): boolean {
  switch (piece.kind) {
    case "exact":
      return piece.text === character;
    case "digit":
      return character >= "0" && character <= "9" && character.length === 1;
    case "letter":
      return /^\p{L}$/u.test(character);
    case "any":
      return true;
    case "rest":
      return false;
  }
}

/**
 * The end of a match that starts at `start`, or -1. With `whole` the match must reach the end of the text, else
 * the shortest match counts.
 */
function matchFrom(
  characters: readonly string[],
  pieces: readonly Piece[],
  start: number,
  whole: boolean,
  count: (steps: number) => void,
): number {
  let at = start;
  let piece = 0;
  let restPiece = -1;
  let restAt = -1;
  let comparisons = 0;
  for (;;) {
    comparisons += 1;
    if (comparisons % 4096 === 0) count(4096 / COMPARISONS_PER_STEP);
    const current = pieces[piece];
    const character = characters[at];
    if (current === undefined && (!whole || at === characters.length)) break;
    if (current?.kind === "rest") {
      restPiece = piece;
      restAt = at;
      piece += 1;
    } else if (current !== undefined && character !== undefined && pieceFits(current, character)) {
      at += 1;
      piece += 1;
    } else if (restPiece >= 0 && restAt < characters.length) {
      restAt += 1;
      at = restAt;
      piece = restPiece + 1;
    } else {
      count(comparisons / COMPARISONS_PER_STEP);
      return -1;
    }
  }
  count((comparisons % 4096) / COMPARISONS_PER_STEP);
  return at;
}

export function matchesPattern(text: string, pattern: string, count: (steps: number) => void): boolean {
  return matchFrom(Array.from(text), parsePattern(pattern), 0, true, count) >= 0;
}

/** The first and shortest part of the text with the form of the pattern, or null. */
export function extractPattern(text: string, pattern: string, count: (steps: number) => void): string | null {
  const characters = Array.from(text);
  const pieces = parsePattern(pattern);
  if (pieces.length === 0) return null;
  count(characters.length);
  for (let start = 0; start < characters.length; start += 1) {
    const end = matchFrom(characters, pieces, start, false, count);
    if (end >= 0) return characters.slice(start, end).join("");
  }
  return null;
}
