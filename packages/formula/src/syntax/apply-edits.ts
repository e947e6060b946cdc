/** Replaces parts of a formula's text; everything else stays as written. */
import type { Span } from "../types.ts";

export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** Spans must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let edited = text;
  for (const { span, text: replacement } of edits.toSorted((a, b) => b.span.start - a.span.start))
    edited = edited.slice(0, span.start) + replacement + edited.slice(span.end);
  return edited;
}
