/**
 * A call of a named formula becomes its body with the values of the call in place of the parameters. A call therefore
 * means exactly what the written-out text means, also for blanks, errors and branches that are not taken.
 */
import { ordinal } from "../syntax/describe-place.ts";
import type { CallExpr, Expr, PathExpr } from "../syntax/expr.ts";
import { walkExpr } from "../syntax/expr.ts";
import { formatPath } from "../syntax/format.ts";
import { parseFormula } from "../syntax/parse.ts";
import type { FormulaIssueCode } from "../issue-codes.ts";
import type { NamedFormula, NamedParameter, Scope, Span } from "../types.ts";

/** Where a part of a body stands: the calls that lead to it, outermost first, and its place and text there. */
export interface NamedPlace {
  readonly calls: readonly string[];
  readonly span: Span;
  readonly text: string;
}

/** The value of a call that stands for a parameter. */
export interface GivenValue {
  readonly parameter: NamedParameter;
  /** "The first value of NETPRICE" */
  readonly place: string;
}

/**
 * What was put in, by identity: every part of a body has a span object of its own, at the position of the outermost
 * call, and every value put in for a parameter is an expression of its own.
 */
export interface Inserted {
  readonly places: Map<Span, NamedPlace>;
  readonly given: Map<Expr, readonly GivenValue[]>;
}

export const nothingInserted = (): Inserted => ({ places: new Map(), given: new Map() });

export type ExpandedCall =
  | {
      readonly ok: true;
      readonly body: Expr;
      /** Values whose parameter the body does not use; they are checked all the same. */
      readonly unused: readonly Expr[];
      /** Parts of the body with the values put in. */
      readonly size: number;
    }
  | { readonly ok: false; readonly code: FormulaIssueCode; readonly message: string };

export function findNamedFormula(scope: Scope, name: string): NamedFormula | undefined {
  return scope.namedFormulas?.find((formula) => formula.name === name);
}

const refuse = (code: FormulaIssueCode, message: string): ExpandedCall => ({ ok: false, code, message });

export function expandCall(call: CallExpr, formula: NamedFormula, inserted: Inserted): ExpandedCall {
  const { name, parameters } = formula;
  const outer = inserted.places.get(call.span)?.calls ?? [];
  const calls = [...outer, name];
  if (outer.includes(name)) return refuse("FML-230", `${calls.join(" → ")}: the call leads back to itself`);
  const count = findCountMistake(call, formula);
  if (count !== null) return refuse("FML-202", count);
  const parsed = parseFormula(formula.body);
  if (!parsed.ok) return refuse("FML-231", `${name}: ${parsed.issues[0]?.message ?? ""}`);

  const indexOf = (path: PathExpr): number =>
    parameters.findIndex((each) => each.name.toLowerCase() === path.segments[0]?.name.toLowerCase());
  let stranger: PathExpr | null = null;
  const used = new Set<number>();
  let size = 0;
  walkExpr(parsed.tree, (part) => {
    size += 1;
    if (part.kind !== "path") return;
    const index = indexOf(part);
    if (index < 0 || part.segments.length > 1) stranger ??= part;
    used.add(index);
    const value = call.args[index];
    if (value) walkExpr(value, () => (size += 1));
  });
  if (stranger !== null)
    return refuse("FML-231", `${name}: ${describeStranger(stranger, indexOf(stranger))}`);

  const mark = (part: Expr): Span => {
    const span = { start: call.span.start, end: call.span.end };
    const { start, end } = part.span;
    inserted.places.set(span, { calls, span: part.span, text: formula.body.slice(start, end) });
    return span;
  };
  const give = (index: number): Expr | null => {
    const [value, parameter] = [call.args[index], parameters[index]];
    if (!value || !parameter) return null;
    const given = { ...value };
    const place = `The ${ordinal(index + 1)} value of ${name}`;
    inserted.given.set(given, [...(inserted.given.get(value) ?? []), { parameter, place }]);
    return given;
  };
  const body = rewrite(
    parsed.tree,
    (path) => give(indexOf(path)) ?? { kind: "blank", span: mark(path) },
    mark,
  );
  const unused = call.args.flatMap((_value, index) => (used.has(index) ? [] : (give(index) ?? [])));
  return { ok: true, body, unused, size };
}

function describeStranger(path: PathExpr, index: number): string {
  const [first] = path.segments;
  return index < 0
    ? `"${formatPath(path.segments.map((segment) => segment.name))}" is none of its parameters`
    : `"${first?.name ?? ""}" is a value, it has no fields`;
}

function findCountMistake(call: CallExpr, { name, parameters }: NamedFormula): string | null {
  const optionalFrom = parameters.findIndex((each) => each.optional);
  const min = optionalFrom < 0 ? parameters.length : optionalFrom;
  const max = parameters.length;
  const given = call.args.length;
  if (given >= min && given <= max) return null;
  const bound = given < min ? `at least ${min}` : `at most ${max}`;
  const wanted = min === max ? `${min}` : bound;
  const names = parameters.map((each) => each.name).join(", ");
  return `${name} needs ${wanted} ${wanted === "1" ? "value" : "values"}${names ? `: ${names}` : ""}`;
}

/** The tree anew, with other paths and spans. */
function rewrite(expr: Expr, onPath: (path: PathExpr) => Expr, mark: (expr: Expr) => Span): Expr {
  const again = (part: Expr): Expr => rewrite(part, onPath, mark);
  switch (expr.kind) {
    case "path":
      return onPath(expr);
    case "call": {
      const span = mark(expr);
      return { ...expr, span, nameSpan: span, args: expr.args.map(again) };
    }
    case "unary":
      return { ...expr, span: mark(expr), operand: again(expr.operand) };
    case "binary": {
      const span = mark(expr);
      return { ...expr, span, operatorSpan: span, left: again(expr.left), right: again(expr.right) };
    }
    case "number":
    case "text":
    case "boolean":
    case "blank":
    case "missing":
      return { ...expr, span: mark(expr) };
  }
}
