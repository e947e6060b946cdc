/** The value of every part of a formula for one record, for the explain panel. */
import type { BuiltNode } from "./build/build-formula.ts";
import type { Frame, Outcome } from "./build/built.ts";
import { typeLabel } from "./build/built.ts";
import { type CompiledFormula, createFrame, issueOfFailure } from "./evaluate.ts";
import { FormulaFailure } from "./failure.ts";
import { showResult } from "./show-result.ts";
import { showValue } from "./show-value.ts";
import { formatFormula } from "./syntax/format.ts";
import type { EvalContext, FormulaIssue, Row, Span } from "./types.ts";

export interface Explanation {
  readonly span: Span;
  readonly text: string;
  /** As `showValue` writes it; inside a list function the values of the first rows in brackets. */
  readonly value: string;
  readonly type: string;
  /** The named formula whose body it is a part of, with those that called it before: `GROSS → NET`. */
  readonly inside?: string | undefined;
  readonly issue?: FormulaIssue | undefined;
}

const SHOWN_ROWS = 10;

/**
 * Parts in order of appearance, the larger before what it contains; constants as written are left out. All parts
 * together have the steps of one evaluation.
 */
export function explainFormula(formula: CompiledFormula, row: Row, context: EvalContext): Explanation[] {
  const nodes = onlyOnce(formula).filter(
    ({ built }) => built === formula.built.root || !isLiteral(built.expr.kind),
  );
  let steps = 0;
  return nodes.toSorted(inOrder(formula)).map((node) => {
    const frame = createFrame(formula, row, context);
    frame.steps = steps;
    const explanation = explainNode(node, formula, frame);
    steps = frame.steps;
    return explanation;
  });
}

/** By place, the larger first; behind a call of a named formula the parts of its body, as they stand there. */
const inOrder =
  ({ built: { places } }: CompiledFormula) =>
  (left: BuiltNode, right: BuiltNode): number => {
    const [a, b] = [left.built.expr.span, right.built.expr.span];
    const [inA, inB] = [places.get(a), places.get(b)];
    const bySpan = (x: Span, y: Span): number => x.start - y.start || y.end - x.end;
    return (
      bySpan(a, b) ||
      (inA?.calls.length ?? 0) - (inB?.calls.length ?? 0) ||
      (inA && inB ? bySpan(inA.span, inB.span) : 0)
    );
  };

/** A value that a named formula uses several times is shown once. */
function onlyOnce({ built: { nodes, places } }: CompiledFormula): readonly BuiltNode[] {
  if (places.size === 0) return nodes;
  const seen = new Set<Span>();
  return nodes.filter(({ built: { expr } }) => {
    const isNew = !seen.has(expr.span);
    seen.add(expr.span);
    return isNew;
  });
}

function isLiteral(kind: string): boolean {
  return kind === "number" || kind === "text" || kind === "boolean" || kind === "blank" || kind === "missing";
}

function explainNode(node: BuiltNode, formula: CompiledFormula, frame: Frame): Explanation {
  const { built, list } = node;
  const { span } = built.expr;
  const place = formula.built.places.get(span);
  const facts = {
    span,
    text: place?.text ?? sourceOf(node, formula),
    type: typeLabel(built.type),
    ...(place && { inside: place.calls.join(" → ") }),
  };
  try {
    const rows = list?.rows?.(frame);
    const value = rows
      ? `[${rows
          .slice(0, SHOWN_ROWS)
          .map((item) => showItem(node, frame, item))
          .join(", ")}${rows.length > SHOWN_ROWS ? ", …" : ""}]`
      : showOutcome(built.run(frame), frame);
    return { ...facts, value };
  } catch (error) {
    if (!(error instanceof FormulaFailure)) throw error;
    return { ...facts, value: `Error ${error.code}`, issue: issueOfFailure(error, formula) };
  }
}

function sourceOf({ built }: BuiltNode, formula: CompiledFormula): string {
  const { start, end } = built.expr.span;
  return formula.text.slice(start, end) || formatFormula(built.expr);
}

function showItem({ built }: BuiltNode, frame: Frame, item: Row): string {
  frame.item = item;
  return showOutcome(built.run(frame), frame);
}

function showOutcome(outcome: Outcome, frame: Frame): string {
  if (frame.pending > 0) return "waits for a lookup";
  if (outcome !== null && typeof outcome === "object" && outcome.kind === "special") {
    return showResult({ ok: false, kind: "special", special: outcome.special });
  }
  return showValue(outcome);
}
