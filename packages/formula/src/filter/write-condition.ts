/** One condition in the source's language: negations move inwards, constants are computed, blanks are spelt out. */
import { resolvePath } from "../build/resolve-path.ts";
import { dateFromDays } from "../dates/calendar.ts";
import { DAY_MS } from "../dates/iso.ts";
import { createZoneClock } from "../dates/zone.ts";
import { compileFormula, evaluateFormula } from "../evaluate.ts";
import type { BinaryExpr, CallExpr, Expr } from "../syntax/expr.ts";
import type { EvalContext, FieldShape, Scope } from "../types.ts";
import { isBlank, type Value } from "../value.ts";
import {
  type Comparison,
  type FilterDialect,
  isSafeText,
  notWritten,
  type TextSearch,
  type WriteResult,
  written,
} from "./dialect.ts";
import { namesNoField } from "./names-no-field.ts";

/**
 * Start and zone of the run, and the named roots that keep one value for all of it, such as `param`. Without them
 * conditions that need them (TODAY, NOW, TODATE, param.X) run here.
 */
export type FilterMoment = Pick<EvalContext, "now" | "timeZone" | "roots">;

export interface WriteContext {
  readonly scope: Scope;
  readonly dialect: FilterDialect;
  readonly moment: FilterMoment | undefined;
}

interface FieldUse {
  readonly path: string;
  readonly field: FieldShape;
  readonly viaRelation: boolean;
}

const COMPARISONS: readonly string[] = ["=", "<>", "<", "<=", ">", ">="];
const FLIPPED: Readonly<Record<Comparison, Comparison>> = {
  "=": "=",
  "<>": "<>",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};
const NEGATED: Readonly<Record<Comparison, Comparison>> = {
  "=": "<>",
  "<>": "=",
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
};
const SEARCHES: Readonly<Record<string, TextSearch>> = {
  CONTAINS: "contains",
  BEGINSWITH: "begins",
  ENDSWITH: "ends",
};

export function writeCondition(expr: Expr, context: WriteContext, negated = false): WriteResult {
  switch (expr.kind) {
    case "path":
      return writeTruth(expr, context, negated);
    case "unary":
      return expr.operator === "NOT"
        ? writeCondition(expr.operand, context, !negated)
        : notWritten("this is no condition");
    case "binary":
      if (expr.operator === "AND" || expr.operator === "OR") {
        return writeJunction([expr.left, expr.right], (expr.operator === "OR") !== negated, context, negated);
      }
      return COMPARISONS.includes(expr.operator)
        ? writeComparison(expr, context, negated)
        : notWritten("the source does not calculate");
    case "call":
      return writeCall(expr, context, negated);
    case "number":
    case "text":
    case "boolean":
    case "blank":
    case "missing":
      return notWritten("this condition names no field");
  }
}

function writeTruth(expr: Expr, context: WriteContext, negated: boolean): WriteResult {
  const use = fieldOf(expr, context);
  if ("reason" in use) return use;
  return use.field.type === "boolean"
    ? context.dialect.truth(use.path, use.field, !negated, use.viaRelation)
    : notWritten("the field is not TRUE or FALSE");
}

function writeCall(call: CallExpr, context: WriteContext, negated: boolean): WriteResult {
  const [first] = call.args;
  if (!first) return notWritten(`${call.name} cannot be computed by the source`);
  switch (call.name) {
    case "NOT":
      return writeCondition(first, context, !negated);
    case "AND":
    case "OR":
      return writeJunction(call.args, (call.name === "OR") !== negated, context, negated);
    case "ISBLANK": {
      const use = fieldOf(first, context);
      return "reason" in use ? use : context.dialect.blank(use.path, use.field, !negated, use.viaRelation);
    }
    case "IN":
      return writeIn(call, context, negated);
    case "SAMETEXT":
      return writeSameText(call, context, negated);
    case "CONTAINS":
    case "BEGINSWITH":
    case "ENDSWITH":
      return writeSearch(call, context, negated);
    default:
      return notWritten(`${call.name} cannot be computed by the source`);
  }
}

/** A superset of one side makes a superset of the whole, so exactness is that of the weakest part. */
function writeJunction(
  parts: readonly Expr[],
  isOr: boolean,
  context: WriteContext,
  negated: boolean,
): WriteResult {
  const texts: string[] = [];
  let exact = true;
  for (const part of parts) {
    const result = writeCondition(part, context, negated);
    if ("reason" in result) return result;
    texts.push(result.text);
    exact &&= result.exact;
  }
  if (isOr && !context.dialect.orAcrossFields && !onOneField(parts, context)) {
    return notWritten("the source joins conditions on different fields only with AND");
  }
  const joiner = isOr ? context.dialect.or : context.dialect.and;
  return written(texts.length === 1 ? (texts[0] ?? "") : `(${texts.join(` ${joiner} `)})`, exact);
}

function onOneField(parts: readonly Expr[], context: WriteContext): boolean {
  const names = new Set<string>();
  const visit = (expr: Expr): void => {
    if (expr.kind === "path") {
      const use = fieldOf(expr, context);
      names.add("path" in use ? use.path : "");
    } else if (expr.kind === "call") expr.args.forEach(visit);
    else if (expr.kind === "unary") visit(expr.operand);
    else if (expr.kind === "binary") [expr.left, expr.right].forEach(visit);
  };
  parts.forEach(visit);
  return names.size <= 1;
}

function fieldOf(expr: Expr, { scope, dialect }: WriteContext): FieldUse | { readonly reason: string } {
  if (expr.kind !== "path") return notWritten("only a field alone can be compared by the source");
  const resolved = resolvePath(expr, scope, () => undefined);
  const { field } = resolved ?? {};
  if (!resolved || !field) return notWritten("the field is not known");
  if (resolved.root !== null) return notWritten("the field is not part of the source record");
  if (resolved.relations.some((relation) => relation.kind === "many"))
    return notWritten("the field has many values");
  if (resolved.relations.length > 0 && !dialect.relations) {
    return notWritten("the source cannot filter by related records");
  }
  if (field.filterable === false) return notWritten(`the source cannot filter by ${field.name}`);
  return { path: dialect.writePath(resolved.names), field, viaRelation: resolved.relations.length > 0 };
}

/** True where an expression has one value for the whole run. */
function isFixed(expr: Expr, { scope, moment }: WriteContext): boolean {
  return namesNoField(expr, (path) => {
    const root = resolvePath(path, scope, () => undefined)?.root ?? null;
    return root !== null && moment?.roots?.[root] !== undefined;
  });
}

/** The one value of an expression without fields, or a reason. Zone and time count only where they are known. */
function constantOf(
  expr: Expr,
  context: WriteContext,
): { readonly value: Value } | { readonly reason: string } {
  if (!isFixed(expr, context)) return notWritten("only a field and a constant can be compared by the source");
  const compiled = compileFormula(expr, context.scope);
  if (!compiled.ok) return notWritten("the formula has a mistake");
  if (!compiled.formula.built.root.constant && !context.moment)
    return notWritten("the value is known only when the run starts");
  const result = evaluateFormula(
    compiled.formula,
    {},
    context.moment ?? { now: "1970-01-01T00:00:00Z", timeZone: "UTC" },
  );
  if (!result.ok) return notWritten("the value cannot be computed beforehand");
  if (
    typeof result.value === "string" &&
    (!isSafeText(result.value) || result.value.length > context.dialect.longestText)
  ) {
    return notWritten("the text cannot be sent in a query");
  }
  return { value: result.value };
}

function writeComparison(expr: BinaryExpr, context: WriteContext, negated: boolean): WriteResult {
  const flipped = isFixed(expr.left, context);
  const subject = flipped ? expr.right : expr.left;
  const constant = constantOf(flipped ? expr.left : expr.right, context);
  if ("reason" in constant) return constant;
  const asWritten = expr.operator as Comparison;
  const operator = flipped ? FLIPPED[asWritten] : asWritten;
  if (subject.kind === "call" && subject.name === "TODATE" && subject.args[0]) {
    return negated
      ? notWritten("the negation of a date condition runs here")
      : writeDay(subject.args[0], operator, constant.value, context);
  }
  const use = fieldOf(subject, context);
  if ("reason" in use) return use;
  return writeFieldComparison(use, operator, constant.value, context, negated);
}

function writeFieldComparison(
  use: FieldUse,
  operator: Comparison,
  value: Value,
  { dialect }: WriteContext,
  negated: boolean,
): WriteResult {
  const { path, field, viaRelation } = use;
  const isEquality = operator === "=" || operator === "<>";
  if (isBlank(value)) {
    return isEquality
      ? dialect.blank(path, field, (operator === "=") !== negated, viaRelation)
      : notWritten("nothing is smaller or greater than blank");
  }
  if (typeof value === "boolean") {
    return isEquality
      ? writeBoolean(use, (operator === "=") !== negated, value, dialect)
      : notWritten("TRUE and FALSE have no order");
  }
  const effective = negated ? NEGATED[operator] : operator;
  const result = dialect.compare(path, field, effective, value, viaRelation);
  if (!negated || isEquality || "reason" in result) return result;
  const blank = dialect.blank(path, field, true, viaRelation);
  return "reason" in blank
    ? blank
    : written(`(${result.text} ${dialect.or} ${blank.text})`, result.exact && blank.exact);
}

/** `f = FALSE` is not met by a blank, which sources count as false, so it is checked again here. */
function writeBoolean(use: FieldUse, equal: boolean, value: boolean, dialect: FilterDialect): WriteResult {
  const { path, field, viaRelation } = use;
  if (equal && value) return dialect.truth(path, field, true, viaRelation);
  if (!equal && value) return dialect.truth(path, field, false, viaRelation);
  if (!equal) return notWritten("a blank check box is judged differently by the source");
  const result = dialect.truth(path, field, false, viaRelation);
  return "reason" in result ? result : written(result.text, field.nullable === false && !viaRelation);
}

/** The local day of an instant, as the instants between two midnights of the transfer's zone. */
function writeDay(instant: Expr, operator: Comparison, value: Value, context: WriteContext): WriteResult {
  const use = fieldOf(instant, context);
  if ("reason" in use) return use;
  const { dialect, moment } = context;
  if (use.field.type === "date") return writeFieldComparison(use, operator, value, context, false);
  if (value === null || typeof value !== "object" || value.kind !== "date")
    return notWritten("the date is blank");
  if (!moment) return notWritten("the time zone is known only when the run starts");
  const clock = createZoneClock();
  const start = clock.fromLocal(moment.timeZone, value.days * DAY_MS);
  const end = clock.fromLocal(moment.timeZone, dateFromDays(value.days + 1).days * DAY_MS);
  if (start.clock !== "plain" || end.clock !== "plain")
    return notWritten("the clock changes at midnight of this day");
  const bound = (comparison: Comparison, ms: number): WriteResult =>
    dialect.compare(use.path, use.field, comparison, { kind: "datetime", ms, nanos: 0 }, use.viaRelation);
  switch (operator) {
    case "<":
      return bound("<", start.ms);
    case "<=":
      return bound("<", end.ms);
    case ">":
      return bound(">=", end.ms);
    case ">=":
      return bound(">=", start.ms);
    case "=": {
      const from = bound(">=", start.ms);
      const to = bound("<", end.ms);
      if ("reason" in from) return from;
      if ("reason" in to) return to;
      return written(`(${from.text} ${dialect.and} ${to.text})`, true);
    }
    case "<>":
      return notWritten("a day that is left out is tested here");
  }
}

function writeIn(call: CallExpr, context: WriteContext, negated: boolean): WriteResult {
  const [subject, ...rest] = call.args;
  if (!subject) return notWritten("this condition names no field");
  const use = fieldOf(subject, context);
  if ("reason" in use) return use;
  const texts: string[] = [];
  let exact = true;
  for (const candidate of rest) {
    const constant = constantOf(candidate, context);
    if ("reason" in constant) return constant;
    const result = writeFieldComparison(use, "=", constant.value, context, negated);
    if ("reason" in result) return result;
    texts.push(result.text);
    exact &&= result.exact;
  }
  const joiner = negated ? context.dialect.and : context.dialect.or;
  return written(texts.length === 1 ? (texts[0] ?? "") : `(${texts.join(` ${joiner} `)})`, exact);
}

function writeSameText(call: CallExpr, context: WriteContext, negated: boolean): WriteResult {
  const [a, b] = call.args;
  if (!a || !b || negated || context.dialect.name !== "SOQL")
    return notWritten("SAMETEXT cannot be computed by the source");
  const constant = constantOf(isFixed(a, context) ? a : b, context);
  const use = fieldOf(isFixed(a, context) ? b : a, context);
  if ("reason" in constant) return constant;
  if ("reason" in use) return use;
  if (isBlank(constant.value)) return writeFieldComparison(use, "=", null, context, false);
  const result = context.dialect.compare(use.path, use.field, "=", constant.value, use.viaRelation);
  return "reason" in result ? result : written(result.text, false);
}

function writeSearch(call: CallExpr, context: WriteContext, negated: boolean): WriteResult {
  const [subject, partExpr, ignore] = call.args;
  const kind = SEARCHES[call.name];
  if (!subject || !partExpr || !kind || negated)
    return notWritten("the source cannot test that a text is not there");
  const use = fieldOf(subject, context);
  if ("reason" in use) return use;
  if (use.field.type !== "text") return notWritten("only text can be searched by the source");
  const part = constantOf(partExpr, context);
  if ("reason" in part) return part;
  if (typeof part.value !== "string" || part.value === "") return notWritten("the searched text is blank");
  const ignoreCase = ignore ? constantOf(ignore, context) : { value: false };
  if ("reason" in ignoreCase) return ignoreCase;
  return context.dialect.search(use.path, kind, part.value, ignoreCase.value === true);
}
