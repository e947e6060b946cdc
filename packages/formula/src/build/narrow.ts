/**
 * Makes sure that a value has the type its consumer needs: by the static type where it is known, at run time
 * where only the value can tell (lookup results, run parameters).
 */
import { FormulaFailure, isCatchable } from "../failure.ts";
import type { Expr } from "../syntax/expr.ts";
import type { FormulaFix } from "../types.ts";
import type { Value } from "../value.ts";
import { showValue } from "../show-value.ts";
import {
  type Builder,
  type Built,
  isTextual,
  type Outcome,
  type Run,
  type StaticType,
  typeLabel,
} from "./built.ts";

/** What a parameter accepts. `moment` is a date or an instant, `scalar` any single value, `any` a row too. */
export type Kind =
  | "text"
  | "number"
  | "boolean"
  | "date"
  | "datetime"
  | "time"
  | "moment"
  | "clock"
  | "scalar"
  | "any";

const KIND_LABELS: Readonly<Record<Kind, string>> = {
  text: "Text",
  number: "Number",
  boolean: "TRUE or FALSE",
  date: "Date",
  datetime: "DateTime",
  time: "Time",
  moment: "Date or DateTime",
  clock: "DateTime or Time",
  scalar: "a single value",
  any: "a value",
};

export function kindLabel(kind: Kind): string {
  return KIND_LABELS[kind];
}

function kindOfValue(value: Value): string {
  return typeof value === "string"
    ? "text"
    : typeof value === "boolean"
      ? "boolean"
      : (value?.kind ?? "blank");
}

export function describeValueType(value: Value): string {
  const kind = kindOfValue(value);
  return kind === "list" || kind === "row"
    ? kind
    : typeLabel({ name: kind === "blank" ? "unknown" : (kind as "text") });
}

export function valueFits(value: Value, kind: Kind): boolean {
  const actual = kindOfValue(value);
  if (kind === "any" || actual === kind) return true;
  if (kind === "scalar") return actual !== "row" && actual !== "list";
  if (kind === "moment") return actual === "date" || actual === "datetime";
  return kind === "clock" && (actual === "datetime" || actual === "time");
}

/** The kind that values of this static type have, where it is known. */
export function kindOfType(type: StaticType): Kind | null {
  switch (type.name) {
    case "text":
    case "choice":
    case "id":
      return "text";
    case "number":
    case "boolean":
    case "date":
    case "datetime":
    case "time":
      return type.name;
    case "binary":
    case "json":
    case "list":
    case "unknown":
    case "special":
    case "row":
      return null;
  }
}

function typeFits(type: StaticType, kind: Kind): boolean {
  if (kind === "any") return true;
  if (kind === "scalar") return type.name !== "row" && type.name !== "list" && type.name !== "binary";
  if (kind === "text") return isTextual(type);
  if (kind === "moment") return type.name === "date" || type.name === "datetime";
  if (kind === "clock") return type.name === "datetime" || type.name === "time";
  return type.name === kind;
}

const CONVERSIONS: Readonly<Partial<Record<Kind, Partial<Record<StaticType["name"], string>>>>> = {
  text: { number: "TEXT", boolean: "TEXT", date: "TEXT", datetime: "TEXT", time: "TEXT", json: "TEXT" },
  number: { text: "VALUE", choice: "VALUE", id: "VALUE", json: "VALUE" },
  boolean: { text: "TOBOOLEAN", choice: "TOBOOLEAN", number: "TOBOOLEAN", json: "TOBOOLEAN" },
  date: { datetime: "TODATE", text: "DATEVALUE", choice: "DATEVALUE" },
  datetime: { date: "TODATETIME", text: "DATETIMEVALUE" },
  moment: { text: "DATEVALUE", choice: "DATEVALUE" },
  clock: { text: "DATETIMEVALUE" },
};

/** The Fix that wraps an expression in the function that converts it, if there is one. */
export function conversionFix(
  type: StaticType,
  kind: Kind,
  expr: Expr,
  text: string,
): FormulaFix | undefined {
  const name = CONVERSIONS[kind]?.[type.name];
  return name === undefined
    ? undefined
    : { label: `Wrap in ${name}()`, span: expr.span, text: `${name}(${text})` };
}

/** Reports a wrong type, or returns the closure whose values are of the kind or blank. */
export function narrow(built: Built, kind: Kind, builder: Builder, place: string): Run {
  const { type, run } = built;
  if (type.onlyBlank) return run;
  if (type.name === "unknown") return checkedRun(built, kind, place);
  if (!typeFits(type, kind)) {
    const fix = conversionFix(type, kind, built.expr, builder.textOf(built.expr));
    const wrap = fix ? `; ${fix.label.toLowerCase().replace(/\w+\(\)/, (name) => name.toUpperCase())}` : "";
    builder.report("FML-212", `${place} needs ${KIND_LABELS[kind]}, this is ${typeLabel(type)}${wrap}`, {
      span: built.expr.span,
      fix,
    });
  }
  return run;
}

function checkedRun(built: Built, kind: Kind, place: string): Run {
  const { run, expr } = built;
  if (kind === "any") return run;
  return (frame) => {
    const value = run(frame) as Value;
    if (value === null || valueFits(value, kind)) return value;
    if (value === "") return null;
    const failure = new FormulaFailure(
      "FML-314",
      `${place} needs ${KIND_LABELS[kind]}, but the value is ${describeValueType(value)}: ${showValue(value)}`,
    );
    failure.span = expr.span;
    throw failure;
  };
}

/** Adds the position of the innermost failing expression and the values it was given. */
export function locate(
  error: unknown,
  expr: Expr,
  values: readonly (Outcome | undefined)[],
  name: string,
): unknown {
  if (!isCatchable(error) || error.span !== undefined) return error;
  error.span = expr.span;
  const shown = values
    .filter(
      (value) =>
        value !== undefined && (value === null || typeof value !== "object" || value.kind !== "special"),
    )
    .map((value) => showValue(value as Value));
  const withValues = new FormulaFailure(
    error.code,
    `${error.message}: ${name}${shown.length ? ` of ${shown.join(", ")}` : ""}`,
    error.valueMap,
  );
  withValues.span = expr.span;
  return withValues;
}
