/** Recognises formulas pasted from Excel with `;` and decimal comma, or from Rapidi, and writes them as ours. */
import { formatSegment, formatTextLiteral } from "./syntax/format.ts";
import { parseFormula } from "./syntax/parse.ts";

export interface ConvertedFormula {
  readonly from: "excel" | "rapidi";
  readonly text: string;
}

/** The formula on both sides of the pasted text. */
export interface PastePlace {
  readonly before: string;
  readonly after: string;
}

const alone: PastePlace = { before: "", after: "" };

/**
 * Null when the text is right as it is, or when converting it leaves as much wrong as before. The formula around it
 * may be unfinished: what counts is that it gets better.
 */
export function convertPasted(text: string, place: PastePlace = alone): ConvertedFormula | null {
  const wrong = (middle: string): number => {
    const parsed = parseFormula(place.before + middle + place.after);
    return parsed.ok ? 0 : parsed.issues.length;
  };
  const trimmed = text.trim();
  const before = wrong(text);
  const isBetter = (converted: string): boolean =>
    place === alone ? wrong(converted) === 0 : wrong(converted) < before;
  if (trimmed.startsWith("##") || /(?:^|[^\p{L}\p{N}])'[^']*'/u.test(trimmed)) {
    const converted = fromRapidi(trimmed);
    if (before > 0 && isBetter(converted)) return { from: "rapidi", text: converted };
  }
  if (before === 0 || trimmed.startsWith("##")) return null;
  const converted = fromExcel(trimmed);
  return converted !== trimmed && isBetter(converted) ? { from: "excel", text: converted } : null;
}

/** Quoted texts and bracketed names stay; between them `;` separates and a comma between digits is a point. */
function fromExcel(text: string): string {
  const straight = text.replace(/[“”„]/g, '"');
  const pieces = straight.match(/"(?:[^"]|"")*"|\[[^\]]*\]|[^"[]+|./gs) ?? [];
  const separates = pieces.some((piece) => !/^["[]/.test(piece) && piece.includes(";"));
  return pieces
    .map((piece) => {
      if (/^["[]/.test(piece)) return piece;
      const points = separates || !/[(]/.test(text) ? piece.replace(decimalComma, toPoint) : piece;
      return points.replaceAll(";", ",").replaceAll("\\", ",");
    })
    .join("")
    .replace(/^=\s*\+?/, "");
}

/** `1,5` and `1.234,50`. */
const decimalComma = /(\d{1,3}(?:\.\d{3})+|\d+),(?=\d)/g;
const toPoint = (_match: string, whole: string): string => `${whole.replaceAll(".", "")}.`;

/** Rapidi writes texts in single quotes and fields in double quotes, and joins texts with +. */
function fromRapidi(text: string): string {
  const pieces = text.replace(/^#+/, "").match(/'(?:[^']|'')*'|"[^"]*"|[^'"]+/g) ?? [];
  const hasText = pieces.some((piece) => piece.startsWith("'"));
  const separates = pieces.some((piece) => !/^['"]/.test(piece) && piece.includes(";"));
  return pieces
    .map((piece, index) => {
      if (piece.startsWith("'") && piece.length >= 2) {
        return formatTextLiteral(piece.slice(1, -1).replaceAll("''", "'"));
      }
      if (piece.startsWith('"')) return piece.slice(1, -1).split(".").map(formatSegment).join(".");
      const nearText = hasText && (pieces[index - 1]?.startsWith("'") || pieces[index + 1]?.startsWith("'"));
      const joined = nearText ? piece.replace(/^(\s*)\+|\+(\s*)$/g, "$1&$2") : piece;
      const points = separates ? joined.replace(decimalComma, toPoint) : joined;
      return points.replaceAll(";", ",");
    })
    .join("")
    .trim();
}
