/** Makes a checked definition ready to run: formulas compiled, reads shaped, the filter pushed to the source. */
import {
  defaultGuardPercent,
  type Issue,
  type Lines,
  type ObjectSchema,
  type RunParameters,
  type TransferDefinition,
  type WriteBack,
} from "@fieldbridge/model";
import { checkTransfer } from "../check/check-transfer.ts";
import { invariant } from "../invariant.ts";
import {
  findLineObject,
  findRelated,
  objectForWriteBack,
  scopeForFilter,
  scopeForFlag,
  scopeForHeader,
  scopeForLines,
  scopeForTotal,
  scopeForWriteBack,
  toRunRoots,
  withOwnObjects,
} from "../scopes.ts";
import { planCheckedFormula, planConditions, planMappings } from "./compile-formulas.ts";
import { planReads, planRemovalReads } from "./plan-reads.ts";
import { splitFilter } from "./split-filter.ts";
import type {
  FieldIndex,
  PlannedLines,
  PlannedMatch,
  PlannedRemovals,
  PlannedTotal,
  PlannedWriteBack,
  TransferContext,
  TransferPlan,
} from "./transfer-plan.ts";

export type CompileTransferResult =
  | { readonly ok: true; readonly plan: TransferPlan; readonly warnings: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

const planMatch = ({ match }: TransferDefinition, context: TransferContext): PlannedMatch => {
  invariant(match, "A checked transfer says how records are matched.");
  if (match.by !== "keys") return match;
  const keys = Object.entries(match.keys).map(([name, text]) => {
    const field = context.target?.fields.find((each) => each.name === name);
    invariant(field, `The match key ${name} was checked.`);
    return { field, formula: planCheckedFormula(`match.keys.${name}`, text, scopeForHeader(context)) };
  });
  return { ...match, keys };
};

const indexFields = ({ fields }: ObjectSchema): FieldIndex =>
  new Map(fields.map((field) => [field.name, field]));

const planOrigin = ({ source = "", rows, target }: Lines, context: TransferContext): PlannedLines["from"] =>
  rows === undefined
    ? { kind: "relation", name: source }
    : {
        kind: "values",
        formula: planCheckedFormula(`lines.${target}.rows`, rows, scopeForHeader(context)),
      };

const planLines = (definition: TransferDefinition, context: TransferContext): PlannedLines[] =>
  (definition.lines ?? []).map((lines) => {
    const { target } = context;
    const from = findLineObject(context, lines);
    const to = findRelated(target, lines.target, "many", withOwnObjects(target, context.targetObjects));
    invariant(from && to, `The lines ${lines.target} were checked.`);
    const scope = scopeForLines(context, lines);
    const place = `lines.${lines.target}`;
    const mappings = planMappings(`${place}.mappings`, lines.mappings, to, scope);
    const key = mappings.find(({ field }) => field.unique || field.name === to.keyField);
    return {
      from: planOrigin(lines, context),
      to: lines.target,
      source: from,
      target: to,
      filter: lines.filter === undefined ? null : planCheckedFormula(`${place}.filter`, lines.filter, scope),
      mappings,
      fields: indexFields(to),
      keyField: key?.field.name ?? null,
    };
  });

const planWriteBacks = (definition: TransferDefinition, context: TransferContext): PlannedWriteBack[] =>
  (definition.writeBacks ?? []).map((writeBack, index) => {
    const object = objectForWriteBack(context, writeBack);
    invariant(object, `The write-back ${index} was checked.`);
    const path = `writeBacks.${index}`;
    const values = Object.entries(writeBack.values).map(([name, text]) => {
      const field = object.fields.find((each) => each.name === name);
      invariant(field, `The write-back field ${name} was checked.`);
      return {
        field,
        formula: planCheckedFormula(`${path}.values.${name}`, text, scopeForWriteBack(context)),
      };
    });
    return { path, on: writeBack.on, to: writeBack.to ?? null, object, values };
  });

const planRemovals = (
  { removals }: TransferDefinition,
  context: TransferContext,
  parts: Pick<TransferPlan, "source" | "target" | "sourceObjects" | "targetObjects">,
): PlannedRemovals | null => {
  if (removals === undefined || removals.mode === "ignore") return null;
  const { mode, guardPercent = defaultGuardPercent } = removals;
  const values = Object.entries(removals.mode === "flag" ? (removals.values ?? {}) : {}).map(
    ([name, text]) => {
      const field = parts.target.fields.find((each) => each.name === name);
      invariant(field, `The flag field ${name} was checked.`);
      return { field, formula: planCheckedFormula(`removals.values.${name}`, text, scopeForFlag(context)) };
    },
  );
  const scope =
    removals.scope === undefined
      ? null
      : planCheckedFormula("removals.scope", removals.scope, scopeForFilter(context));
  return { mode, values, scope, guardPercent, ...planRemovalReads({ ...parts, scope, values }) };
};

const planTotals = (definition: TransferDefinition, context: TransferContext): PlannedTotal[] =>
  (definition.totals ?? []).map((total, index) => {
    const plan = (part: "source" | "target" | "by", text: string) =>
      planCheckedFormula(`totals.${index}.${part}`, text, scopeForTotal(context));
    return {
      label: total.label,
      source: plan("source", total.source),
      target: plan("target", total.target),
      by: total.by === undefined ? null : plan("by", total.by),
    };
  });

const findStampField = ({ changes }: TransferDefinition): string | null =>
  changes.by === "watermark" ? changes.field : null;

/** Fields of the source record that are written when it fails, and when it passes. */
const listNotes = ({
  writeBacks = [],
}: TransferDefinition): { failure: Set<string>; success: Set<string> } => {
  const own = writeBacks.filter((each) => each.to === undefined);
  const fieldsOf = (isMeant: (on: WriteBack["on"][number]) => boolean): Set<string> =>
    new Set(own.filter(({ on }) => on.some(isMeant)).flatMap((each) => Object.keys(each.values)));
  return { failure: fieldsOf((on) => on === "failed"), success: fieldsOf((on) => on !== "failed") };
};

/** Errors of the check come back as issues; warnings do not stop a transfer. */
export function compileTransfer(
  definition: TransferDefinition,
  given: TransferContext,
): CompileTransferResult {
  const issues = checkTransfer(definition, given);
  const context = { ...given, parameters: definition.parameters };
  const { source, target } = context;
  if (!source || !target || issues.some((issue) => issue.severity === "error")) return { ok: false, issues };
  const { filter } = definition;
  const timeZone = definition.timeZone ?? "UTC";
  const filterScope = scopeForFilter(context);
  const sides = {
    source,
    target,
    sourceObjects: withOwnObjects(source, context.sourceObjects),
    targetObjects: withOwnObjects(target, context.targetObjects),
  };
  const parts = {
    definition,
    ...sides,
    stampField: findStampField(definition),
    targetFields: indexFields(target),
    sourceFilterAt: (now: string, parameters?: RunParameters) =>
      filter === undefined || !context.sourceDialect
        ? null
        : splitFilter(filter, filterScope, context.sourceDialect, {
            now,
            timeZone,
            roots: toRunRoots(now, parameters),
          }).pushed,
    conditions:
      filter === undefined ? [] : planConditions("filter", filter, filterScope, listNotes(definition)),
    match: planMatch(definition, context),
    mappings: planMappings("mappings", definition.mappings, target, scopeForHeader(context)),
    lines: planLines(definition, context),
    writeBacks: planWriteBacks(definition, context),
    removals: planRemovals(definition, context, sides),
    totals: planTotals(definition, context),
    timeZone,
  };
  return { ok: true, plan: { ...parts, ...planReads(parts) }, warnings: issues };
}
