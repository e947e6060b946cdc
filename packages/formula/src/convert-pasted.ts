/** Recognises formulas pasted from Excel with `;` and decimal comma, or from Rapidi, and writes them as ours. */
import { formatSegment, formatTextLiteral } from "./syntax/format.ts";
import { parseFormula } from "./syntax/parse.ts";

export interface ConvertedFormula {
  readonly from: "excel" | "rapidi";
  readonly text: string;
}

/** Null when the text is a formula already, or when a conversion would not give one. */
export function convertPasted(text: string): ConvertedFormula | null {
  const trimmed = text.trim();
  if (trimmed.startsWith("##")) {
    const converted = fromRapidi(trimmed);
    return parseFormula(converted).ok ? { from: "rapidi", text: converted } : null;
  }
  if (parseFormula(text).ok) return null;
  const converted = fromExcel(trimmed);
  return converted !== trimmed && parseFormula(converted).ok ? { from: "excel", text: converted } : null;
}

/** Quoted texts and bracketed names stay; between them `;` separates and a comma between digits is a point. */
function fromExcel(text: string): string {
  const pieces = text.match(/"(?:[^"]|"")*"|\[[^\]]*\]|[^"[]+|./gs) ?? [];
  const separates = pieces.some((piece) => !/^["[]/.test(piece) && piece.includes(";"));
  return pieces
    .map((piece) => {
      if (/^["[]/.test(piece)) return piece;
      const points = separates || !/[(]/.test(text) ? piece.replace(/(\d),(?=\d)/g, "$1.") : piece;
      return points.replaceAll(";", ",").replaceAll("\\", ",");
    })
    .join("")
    .replace(/^=\s*\+?/, "");
}

/** Rapidi writes texts in single quotes and fields in double quotes, and joins texts with +. */
function fromRapidi(text: string): string {
  const pieces = text.replace(/^#+/, "").match(/'(?:[^']|'')*'|"[^"]*"|[^'"]+/g) ?? [];
  const hasText = pieces.some((piece) => piece.startsWith("'"));
  return pieces
    .map((piece, index) => {
      if (piece.startsWith("'") && piece.length >= 2) {
        return formatTextLiteral(piece.slice(1, -1).replaceAll("''", "'"));
      }
      if (piece.startsWith('"')) return piece.slice(1, -1).split(".").map(formatSegment).join(".");
      const nearText = hasText && (pieces[index - 1]?.startsWith("'") || pieces[index + 1]?.startsWith("'"));
      const joined = nearText ? piece.replace(/^(\s*)\+|\+(\s*)$/g, "$1&$2") : piece;
      return joined.replaceAll(";", ",");
    })
    .join("")
    .trim();
}
