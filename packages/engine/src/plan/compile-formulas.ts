/** Formulas of a definition to closures that know their place. */
import { compileFormula, formatFormula, parseFormula, type Expr, type Scope } from "@fieldbridge/formula";
import type { Mapping, Mappings, ObjectSchema } from "@fieldbridge/model";
import { invariant } from "../invariant.ts";
import type { PlannedCondition, PlannedFormula, PlannedMapping } from "./transfer-plan.ts";

const clockFunctions = ["NOW", "TODAY"];

/** Null where the formula has errors; `checkTransfer` names them. */
export function planFormula(path: string, text: string, scope: Scope): PlannedFormula | null {
  const compiled = compileFormula(text, scope);
  if (!compiled.ok) return null;
  const timeless = clockFunctions.every((name) => !compiled.formula.functions.has(name));
  return { path, text, compiled: compiled.formula, timeless };
}

/** For formulas the check has passed. */
export function planCheckedFormula(path: string, text: string, scope: Scope): PlannedFormula {
  const planned = planFormula(path, text, scope);
  invariant(planned !== null, `The formula at ${path} was checked before it is compiled.`);
  return planned;
}

const planMapping = (
  path: string,
  field: ObjectSchema["fields"][number],
  mapping: Mapping,
  formula: PlannedFormula,
  scope: Scope,
): PlannedMapping => ({
  field,
  formula,
  whenBlank: mapping.whenBlank,
  fallback: mapping.default === undefined ? null : planFormula(`${path}.default`, mapping.default, scope),
  // A field the target takes on creation alone behaves as if the author had said so.
  onlyOnCreate: mapping.onlyOn === "create" || !field.updatable,
});

/** Mappings whose formula compiles and whose field the target takes, in the author's order. */
export function planMappings(
  place: string,
  mappings: Mappings,
  target: ObjectSchema,
  scope: Scope,
): PlannedMapping[] {
  return Object.entries(mappings).flatMap(([name, mapping]) => {
    const field = target.fields.find((each) => each.name === name);
    const path = `${place}.${name}`;
    const formula = planFormula(path, mapping.value, scope);
    return field && formula && (field.creatable || field.updatable)
      ? [planMapping(path, field, mapping, formula, scope)]
      : [];
  });
}

const listConjuncts = (tree: Expr): readonly Expr[] =>
  tree.kind === "binary" && tree.operator === "AND"
    ? [...listConjuncts(tree.left), ...listConjuncts(tree.right)]
    : tree.kind === "call" && tree.name === "AND"
      ? tree.args.flatMap(listConjuncts)
      : [tree];

/** The conditions of a filter one by one, so that a filtered record can name the one it does not meet. */
export function planConditions(
  path: string,
  text: string,
  scope: Scope,
  notes: { readonly failure: ReadonlySet<string>; readonly success: ReadonlySet<string> },
): PlannedCondition[] {
  const parsed = parseFormula(text);
  if (!parsed.ok) return [];
  return listConjuncts(parsed.tree).map((tree) => {
    const formula = planCheckedFormula(path, formatFormula(tree), scope);
    const reads = (fields: ReadonlySet<string>): boolean =>
      formula.compiled.fields.some(([name = "", ...rest]) => rest.length === 0 && fields.has(name));
    return { formula, readsFailureNote: reads(notes.failure), readsSuccessNote: reads(notes.success) };
  });
}
