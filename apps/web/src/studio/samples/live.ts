/**
 * Evaluates formulas on sample records in the browser, with the very code that a run uses. Compiled formulas are
 * kept per text, so that typing in one field never compiles the others again.
 */
import {
  checkFormula,
  compileFormula,
  evaluateFormula,
  explainFormula,
  fitValue,
  showValue,
  type CompileResult,
  type EvalContext,
  type Explanation,
  type FieldShape,
  type FormulaCheck,
  type Row,
  type Scope,
  type Value,
} from "@fieldbridge/formula";
import { toItemRows, toRunRoots } from "@fieldbridge/engine";
import type { RunParameters, ValueMap } from "@fieldbridge/model";
import { formatText } from "../../format/value.ts";
import type { LiveResult } from "./live-result.ts";

export interface LiveInput {
  readonly scope: Scope;
  readonly timeZone: string;
  /** Instant that NOW() and TODAY() see. */
  readonly now: string;
  readonly valueMaps: readonly ValueMap[];
  readonly parameters?: RunParameters | undefined;
}

export interface Live {
  readonly evaluate: (
    formula: string,
    row: Row | null,
    header: Row | null,
    field: FieldShape | null,
  ) => LiveResult;
  /** The value of every part of the formula; empty where it cannot be computed at all. */
  readonly explain: (formula: string, row: Row | null, header: Row | null) => readonly Explanation[];
  readonly check: (formula: string, field: FieldShape | null) => FormulaCheck;
  /** The lines that the values of a list become; none where it cannot be computed. */
  readonly scatter: (formula: string, row: Row | null) => readonly Row[];
}

const plain = (kind: LiveResult["kind"], text: string, message: string | null = null): LiveResult => ({
  kind,
  text,
  message,
  valueMap: null,
});

/** Text as it is, everything else as the language writes it. */
const show = (value: Value): string => (typeof value === "string" ? formatText(value) : showValue(value));

export function createLive(input: LiveInput): Live {
  const compiled = new Map<string, CompileResult>();
  const maps = new Map(
    input.valueMaps.map((map) => [
      map.name,
      { map, entries: new Map(map.entries.map((each) => [each.from, each.to])) },
    ]),
  );
  const mapValue = (name: string, key: string): string | undefined => {
    const found = maps.get(name);
    return found?.entries.get(key) ?? found?.map.default;
  };
  const compile = (formula: string): CompileResult => {
    const known = compiled.get(formula);
    if (known) return known;
    const result = compileFormula(formula, input.scope);
    compiled.set(formula, result);
    return result;
  };
  const contextFor = (header: Row | null): EvalContext => ({
    now: input.now,
    timeZone: input.timeZone,
    roots: { header, ...toRunRoots(input.now, input.parameters) },
    mapValue,
    lookup: () => ({ state: "pending" }),
  });
  return {
    explain: (formula, row, header) => {
      const result = compile(formula);
      return row === null || !result.ok ? [] : explainFormula(result.formula, row, contextFor(header));
    },
    scatter: (formula, row) => {
      const result = compile(formula);
      if (row === null || !result.ok) return [];
      const value = evaluateFormula(result.formula, row, contextFor(null));
      return value.ok ? toItemRows(value.value) : [];
    },
    check: (formula, field) => checkFormula(formula, input.scope, field ?? undefined),
    evaluate: (formula, row, header, field) => {
      if (row === null) return plain("lookup", "no sample");
      const result = compile(formula);
      if (!result.ok) return plain("error", "not a valid formula", result.issues[0]?.message ?? null);
      const value = evaluateFormula(result.formula, row, contextFor(header));
      if (value.ok) {
        const fitted = field ? fitValue(value.value, field) : null;
        if (fitted && !fitted.ok) return plain("error", show(value.value), fitted.issue.message);
        return value.value === null || value.value === ""
          ? plain("blank", value.value === "" ? '""' : "(blank)")
          : plain("value", show(value.value), value.warnings?.[0]?.message ?? null);
      }
      switch (value.kind) {
        case "pending":
          return plain("lookup", "looked up in a preview");
        case "issue":
          return {
            ...plain("error", value.issue.message, value.issue.hint),
            valueMap: value.issue.valueMap ?? null,
          };
        case "special":
          return value.special.kind === "skipField"
            ? plain("skip", "field is left alone")
            : value.special.kind === "skipRecord"
              ? plain("skip", `record is skipped: ${value.special.message}`)
              : plain("error", `record is held: ${value.special.message}`);
      }
    },
  };
}
