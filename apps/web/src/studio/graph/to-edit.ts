/**
 * Turns what a hand or a keyboard did on the mapping screen into an edit, a question or a refusal. A drag that
 * cannot start is quiet; a drop that is refused says why, so that it teaches.
 */
import type { FormulaIssue } from "@fieldbridge/formula";
import type { FieldSchema, Mapping, TransferDefinition, TransferEdit } from "@fieldbridge/model";
import { linesOf, mappingsOf } from "./resolve-path.ts";
import type { LineScope, SourceRow, TargetRow } from "./rows.ts";
import { replaceSpan } from "./replace-span.ts";

/** A named change: one step of undo. */
export interface NamedEdit {
  readonly name: string;
  readonly edits: readonly TransferEdit[];
}

export interface Choice {
  readonly id: "replace" | "combine" | "convert" | "as-is" | "scatter";
  readonly label: string;
  /** The formula that would result, to show and to try on the sample. */
  readonly formula: string;
  readonly change: NamedEdit;
}

export type GestureResult =
  | { readonly kind: "edit"; readonly change: NamedEdit; readonly target: string }
  | { readonly kind: "open-lines"; readonly change: NamedEdit | null; readonly target: string }
  | {
      readonly kind: "choose";
      readonly question: string;
      readonly target: string;
      readonly choices: readonly Choice[];
    }
  | { readonly kind: "refuse"; readonly reason: string };

export interface GestureContext {
  readonly definition: TransferDefinition;
  readonly scope: LineScope;
  /** Judges a formula for a target field; the language's own checker in the product. */
  readonly check: (formula: string, field: FieldSchema) => readonly FormulaIssue[];
}

/** The edit that gives a field a mapping, or takes it away. */
export const setMapping = (scope: LineScope, field: string, mapping: Mapping | null): TransferEdit => ({
  type: "set-mappings",
  ...(scope !== null && { lines: scope }),
  mappings: { [field]: mapping },
});

/** A new mapping for a field: fields the target never lets change are only sent when a record is created. */
export const newMapping = (value: string, field: FieldSchema | null, before: Mapping | null): Mapping => ({
  ...before,
  value,
  ...(before === null && field?.creatable === true && !field.updatable && { onlyOn: "create" as const }),
});

/** Joins two formulas as text; operators that bind weaker than `&` are put in parentheses. */
export const combineFormulas = (left: string, right: string): string => {
  const weak = /(^|\s)(AND|OR|NOT|=|<>|<=?|>=?)(\s|$)|[=<>]/;
  const guard = (text: string) => (weak.test(text.replace(/"(?:[^"]|"")*"/g, '""')) ? `(${text})` : text);
  return `${guard(left)} & " " & ${guard(right)}`;
};

/** Why a source row cannot be dragged onto fields; null where it can. */
export function refuseSource(source: SourceRow): string | null {
  if (source.kind === "one" || source.kind === "parent")
    return `${source.label} is a related record. Open it and use one of its fields.`;
  return null;
}

/** Why a target row takes no mapping; null where it does. */
export function refuseTarget(target: TargetRow): string | null {
  return target.readOnly ? `${target.label} is read-only in the target.` : null;
}

/** One text with several values in it, such as tags, becomes one line for each of them. */
function scatterField(source: SourceRow, target: TargetRow, { definition }: GestureContext): GestureResult {
  const type = source.field?.type;
  if (source.kind !== "field" || (type !== "text" && type !== "choice"))
    return {
      kind: "refuse",
      reason: `${target.label} are lines. Drop a list of the source here, or a text whose parts become lines.`,
    };
  const current = linesOf(definition, target.name);
  const toChoice = (separator: string): Choice => {
    const rows = `SPLIT(${source.id}, "${separator}")`;
    const lines = {
      ...(current?.filter !== undefined && { filter: current.filter }),
      rows,
      target: target.name,
      mappings: current?.mappings ?? {},
    };
    return {
      id: "scatter",
      label: `Parts between ${separator}`,
      formula: rows,
      change: {
        name: `Make lines ${target.label} of ${source.label}`,
        edits: [{ type: "set-lines", target: target.name, lines }],
      },
    };
  };
  return {
    kind: "choose",
    question: `One line for each part of ${source.label}?`,
    target: target.id,
    choices: [";", ","].map(toChoice),
  };
}

function connectLines(source: SourceRow, target: TargetRow, context: GestureContext): GestureResult {
  if (target.kind !== "many")
    return {
      kind: "refuse",
      reason: `${source.label} is a list. Drop it on a list of the target, or use SUM, COUNT, FIRST or JOINLIST in a formula.`,
    };
  if (source.kind !== "many") return scatterField(source, target, context);
  if (source.path.length !== 1)
    return {
      kind: "refuse",
      reason: `${source.label} belongs to a related record; lines come from the record itself.`,
    };
  const current = linesOf(context.definition, target.name);
  const [relation = source.name] = source.path;
  if (current?.source === relation) return { kind: "open-lines", change: null, target: target.name };
  const { rows: _scattered, ...kept } = current ?? {};
  const lines = { ...kept, source: relation, target: target.name, mappings: current?.mappings ?? {} };
  const change = {
    name: `Map lines ${source.label} to ${target.label}`,
    edits: [{ type: "set-lines" as const, target: target.name, lines }],
  };
  if (current === undefined) return { kind: "open-lines", change, target: target.name };
  return {
    kind: "choose",
    question: `${target.label} are made from ${current.source ?? current.rows ?? ""} already.`,
    target: target.id,
    choices: [{ id: "replace", label: `Read ${source.label} instead`, formula: relation, change }],
  };
}

/** The link a person asked for by a drop, two clicks, link mode or "Map to". */
export function connect(source: SourceRow, target: TargetRow, context: GestureContext): GestureResult {
  if (source.kind === "many" || target.kind === "many") return connectLines(source, target, context);
  const reason = refuseSource(source) ?? refuseTarget(target);
  if (reason !== null) return { kind: "refuse", reason };
  const { scope, definition } = context;
  const before = mappingsOf(definition, scope)[target.name] ?? null;
  const link = (formula: string, name: string): NamedEdit => ({
    name,
    edits: [setMapping(scope, target.name, newMapping(formula, target.field, before))],
  });
  const name = `Map ${source.label} to ${target.label}`;
  if (before?.value === source.id)
    return { kind: "refuse", reason: `${source.label} fills ${target.label} already.` };

  const plain = link(source.id, name);
  const issue =
    target.field && context.check(source.id, target.field).find((each) => each.severity === "error");
  const converted = issue?.fix && replaceSpan(source.id, issue.fix.span, issue.fix.text);
  const choices: Choice[] = [];
  if (issue && converted !== undefined)
    choices.push({
      id: "convert",
      label: before === null ? `Use ${converted}` : `Replace with ${converted}`,
      formula: converted,
      change: link(converted, `${name} with ${issue.fix?.label ?? "conversion"}`),
    });
  if (before !== null) {
    const combined = combineFormulas(before.value, source.id);
    if (issue === undefined || issue === null)
      choices.push({ id: "replace", label: "Replace", formula: source.id, change: plain });
    const fits =
      target.field === null ||
      context.check(combined, target.field).every((each) => each.severity !== "error");
    if (fits)
      choices.push({
        id: "combine",
        label: "Combine with &",
        formula: combined,
        change: link(combined, `Combine ${source.label} into ${target.label}`),
      });
    if (choices.length === 0)
      choices.push({ id: "as-is", label: "Replace anyway", formula: source.id, change: plain });
    return { kind: "choose", question: `${target.label} is mapped already.`, target: target.id, choices };
  }
  if (issue) {
    choices.push({ id: "as-is", label: "Link as it is", formula: source.id, change: plain });
    return { kind: "choose", question: issue.message, target: target.id, choices };
  }
  return { kind: "edit", change: plain, target: target.id };
}

/** Takes the mapping of a row away; lines lose all their mappings. */
export function removeMapping(target: TargetRow, context: GestureContext): GestureResult {
  const { definition, scope } = context;
  if (target.kind === "many") {
    if (linesOf(definition, target.name) === undefined)
      return { kind: "refuse", reason: `${target.label} are not mapped.` };
    const edits = [{ type: "set-lines" as const, target: target.name, lines: null }];
    return { kind: "edit", change: { name: `Remove lines ${target.label}`, edits }, target: target.id };
  }
  if (target.mapping === null) return { kind: "refuse", reason: `${target.label} has no mapping.` };
  return {
    kind: "edit",
    change: { name: `Remove mapping ${target.label}`, edits: [setMapping(scope, target.name, null)] },
    target: target.id,
  };
}

/** Gives a field the formula typed for it; empty text removes the mapping. */
export function writeFormula(target: TargetRow, formula: string, context: GestureContext): GestureResult {
  const text = formula.trim().replace(/^=\s*/, "");
  if (text === "") return removeMapping(target, context);
  const reason = refuseTarget(target);
  if (reason !== null && target.mapping === null) return { kind: "refuse", reason };
  const mapping = newMapping(text, target.field, target.mapping);
  const name = target.mapping === null ? `Map ${target.label}` : `Change formula of ${target.label}`;
  return {
    kind: "edit",
    change: { name, edits: [setMapping(context.scope, target.name, mapping)] },
    target: target.id,
  };
}
