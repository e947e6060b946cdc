/** Checks a formula against the fields it may use and, if given, the target field it fills. */
import { buildFormula } from "./build/build-formula.ts";
import {
  type Built,
  isTextual,
  type LookupUse,
  type StaticType,
  toExprType,
  typeLabel,
} from "./build/built.ts";
import { createEmptyFrame } from "./build/fold-constant.ts";
import { conversionFix, type Kind } from "./build/narrow.ts";
import { convertPasted } from "./convert-pasted.ts";
import { fitValue } from "./fit-value.ts";
import { createIssue } from "./issue-codes.ts";
import type { FieldPath } from "./list-names.ts";
import { parseFormula } from "./syntax/parse.ts";
import type { ExprType, FieldShape, FormulaFix, FormulaIssue, Scope } from "./types.ts";
import type { Value } from "./value.ts";

export interface FormulaCheck {
  /** No issue of severity error. */
  readonly ok: boolean;
  readonly issues: FormulaIssue[];
  readonly type: ExprType;
  readonly canBeBlank: boolean;
  /** The same value for every record. */
  readonly constant: boolean;
  readonly usesLookup: boolean;
  /** May skip or fail. */
  readonly special: boolean;
  /** Canonical paths, roots included. */
  readonly fields: readonly FieldPath[];
  readonly lookups: readonly LookupUse[];
}

export function checkFormula(text: string, scope: Scope, target?: FieldShape): FormulaCheck {
  const parsed = parseFormula(text);
  const syntaxIssues = parsed.ok ? [] : parsed.issues;
  const foreign = parsed.ok ? null : foreignIssue(text);
  const { tree } = parsed;
  if (!tree) {
    return {
      ok: false,
      issues: foreign ? [foreign] : syntaxIssues,
      type: { name: "unknown" },
      canBeBlank: true,
      constant: false,
      usesLookup: false,
      special: false,
      fields: [],
      lookups: [],
    };
  }
  const { root, issues, fields, lookups } = buildFormula(tree, scope, text);
  const sound = parsed.ok && issues.every((issue) => issue.severity !== "error");
  const targetIssues = target && parsed.ok ? checkTarget(root, target, text, sound) : [];
  const all = foreign
    ? [foreign]
    : [...syntaxIssues, ...(parsed.ok ? issues : issues.filter(isUnknownName)), ...targetIssues].sort(
        byPlace,
      );
  return {
    ok: all.every((issue) => issue.severity !== "error"),
    issues: all,
    type: toExprType(root.type),
    canBeBlank: root.canBeBlank,
    constant: root.constant,
    usesLookup: root.usesLookup,
    special: root.special,
    fields,
    lookups,
  };
}

/** In text that cannot be read, what a name means is certain; types are guesses. */
const isUnknownName = ({ code }: FormulaIssue): boolean =>
  code === "MAP-104" || code === "FML-211" || code === "FML-221";

const byPlace = (a: FormulaIssue, b: FormulaIssue): number => (a.span?.start ?? 0) - (b.span?.start ?? 0);

/** One issue with one Fix instead of many, where the whole text is a formula of another program. */
function foreignIssue(text: string): FormulaIssue | null {
  const converted = convertPasted(text);
  if (!converted) return null;
  const span = { start: 0, end: text.length };
  const message =
    converted.from === "excel"
      ? "This is written as Excel writes it in some languages"
      : text.trim().startsWith("##")
        ? "This is written as Rapidi writes it"
        : "This is written as another program writes it";
  return createIssue("FML-225", message, { span, fix: { label: "Convert", span, text: converted.text } });
}

/** Constants are computed only where the formula is sound. */
function checkTarget(root: Built, target: FieldShape, text: string, sound: boolean): FormulaIssue[] {
  const { span } = root.expr;
  const source = text.slice(span.start, span.end);
  if (!typeFitsTarget(root.type, target)) {
    const fix = conversionFix(root.type, targetKind(target), root.expr, source);
    const name = `${typeLabel({ name: target.type })} field "${target.label ?? target.name}"`;
    return [createIssue("MAP-103", `${typeLabel(root.type)} cannot be written to ${name}`, { span, fix })];
  }
  const issues: FormulaIssue[] = [];
  const constant = sound && root.constant ? constantValue(root) : undefined;
  if (constant !== undefined && constant !== null) {
    const fitted = fitValue(constant, target);
    if (!fitted.ok) issues.push({ ...fitted.issue, span, ...fixOf(fitted.issue, target, span, source) });
  }
  if (target.nullable === false && root.canBeBlank && !root.special) {
    issues.push(
      createIssue("MAP-123", `"${target.label ?? target.name}" may not be blank, but this can be`, { span }),
    );
  }
  issues.push(...choiceIssues(root, target));
  return issues;
}

function constantValue(root: Built): Value | undefined {
  try {
    const value = root.run(createEmptyFrame());
    return value !== null && typeof value === "object" && value.kind === "special" ? undefined : value;
  } catch {
    return undefined;
  }
}

function fixOf(
  issue: FormulaIssue,
  target: FieldShape,
  span: FormulaFix["span"],
  source: string,
): { fix?: FormulaFix } {
  if (issue.code === "MAP-102" && target.length !== undefined) {
    return {
      fix: {
        label: `Shorten with LEFT(..., ${target.length})`,
        span,
        text: `LEFT(${source}, ${target.length})`,
      },
    };
  }
  if (issue.code === "MAP-121" && target.scale !== undefined) {
    return {
      fix: {
        label: `Round with ROUND(..., ${target.scale})`,
        span,
        text: `ROUND(${source}, ${target.scale})`,
      },
    };
  }
  return {};
}

/** Codes that the source's list has and a restricted target list does not. */
function choiceIssues(root: Built, target: FieldShape): FormulaIssue[] {
  const { choices } = root.type;
  if (!choices || !target.restricted || !target.choices) return [];
  const allowed = new Set(target.choices.map((choice) => choice.code));
  const missing = choices.filter((choice) => !allowed.has(choice.code)).map((choice) => `"${choice.code}"`);
  if (missing.length === 0) return [];
  const message = `"${target.label ?? target.name}" does not have all values of the source: ${missing.slice(0, 5).join(", ")}`;
  return [{ ...createIssue("MAP-105", message, { span: root.expr.span }), severity: "warning" }];
}

function targetKind(target: FieldShape): Kind {
  switch (target.type) {
    case "text":
    case "choice":
    case "id":
    case "binary":
      return "text";
    case "number":
    case "boolean":
    case "date":
    case "datetime":
    case "time":
      return target.type;
    case "json":
      return "any";
  }
}

function typeFitsTarget(type: StaticType, target: FieldShape): boolean {
  if (type.name === "unknown" || type.name === "special" || target.type === "json") return true;
  switch (target.type) {
    case "text":
    case "id":
      return isTextual(type) || type.name === "number";
    case "choice":
      return isTextual(type);
    case "binary":
      return type.name === "binary" || type.name === "text";
    case "number":
    case "boolean":
    case "date":
    case "datetime":
    case "time":
      return type.name === target.type;
  }
}
