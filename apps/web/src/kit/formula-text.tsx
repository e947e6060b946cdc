/** A formula as text, with functions, texts and numbers told apart by weight and colour. */
import { Fragment } from "react";
import classes from "./formula-text.module.css";

const tokens =
  /("(?:[^"]|"")*"?)|([A-Z][A-Z0-9]*)(?=\()|(\b\d+(?:\.\d+)?\b)|(\b(?:AND|OR|NOT|TRUE|FALSE|BLANK)\b)/g;

interface Piece {
  readonly text: string;
  readonly kind: "plain" | "text" | "function" | "number" | "word";
}

/** Cuts a formula into pieces for display only; the language's own parser judges it elsewhere. */
export function toPieces(formula: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of formula.matchAll(tokens)) {
    if (match.index > at) pieces.push({ text: formula.slice(at, match.index), kind: "plain" });
    const kind = match[1] ? "text" : match[2] ? "function" : match[3] ? "number" : "word";
    pieces.push({ text: match[0], kind });
    at = match.index + match[0].length;
  }
  if (at < formula.length) pieces.push({ text: formula.slice(at), kind: "plain" });
  return pieces;
}

export function FormulaText({ formula }: { formula: string }) {
  return (
    <code className={classes.formula}>
      {toPieces(formula).map((piece, index) =>
        piece.kind === "plain" ? (
          <Fragment key={index}>{piece.text}</Fragment>
        ) : (
          <span key={index} data-kind={piece.kind}>
            {piece.text}
          </span>
        ),
      )}
    </code>
  );
}
