/** A call of a named formula: its body, built where it is called, with every value judged by its parameter. */
import { MAX_NODES } from "../syntax/parse.ts";
import type { CallExpr } from "../syntax/expr.ts";
import type { NamedFormula } from "../types.ts";
import { expandCall, type GivenValue, type Inserted } from "../named/named-call.ts";
import { type Builder, type Built, unknownBuilt } from "./built.ts";
import { kindOfType, narrow } from "./narrow.ts";

/** Parts that calls put into one formula; shared by all calls of it, so that calls in calls cannot multiply. */
export interface ExpansionBudget {
  size: number;
}

export function buildNamedCall(
  call: CallExpr,
  formula: NamedFormula,
  builder: Builder,
  inserted: Inserted,
  budget: ExpansionBudget,
): Built {
  if (budget.size > MAX_NODES) return unknownBuilt(call);
  const expanded = expandCall(call, formula, inserted);
  if (!expanded.ok) {
    builder.report(expanded.code, expanded.message, { span: call.span });
    return unknownBuilt(call);
  }
  budget.size += expanded.size;
  if (budget.size > MAX_NODES) {
    const message = `With its named formulas written out the formula has more than ${MAX_NODES} parts`;
    builder.report("FML-209", message, { span: call.span });
    return unknownBuilt(call);
  }
  for (const value of expanded.unused) builder.build(value);
  return { ...builder.build(expanded.body, { special: true }), expr: call };
}

/** The value as its parameters take it; one of another type is reported once and stands for a right one. */
export function narrowGiven(built: Built, given: readonly GivenValue[], builder: Builder): Built {
  return given.reduce<Built>((value, { parameter, place }) => {
    const run = narrow(value, parameter.type, builder, place);
    const { type } = value;
    if (type.onlyBlank) return value;
    if (type.name !== "unknown" && kindOfType(type) !== parameter.type)
      return { ...unknownBuilt(value.expr), type: { name: parameter.type }, canBeBlank: false };
    return { ...value, run, type: type.name === "unknown" ? { name: parameter.type } : type };
  }, built);
}
