/** Everything that is wrong with a transfer before it runs: the studio's problems list and the server's gate. */
import {
  sampleParameters,
  toIssue,
  type Issue,
  type Lines,
  type ObjectSchema,
  type TransferDefinition,
} from "@fieldbridge/model";
import { listFields } from "@fieldbridge/formula";
import { splitFilter } from "../plan/split-filter.ts";
import type { TransferContext } from "../plan/transfer-plan.ts";
import {
  findLineObject,
  findRelated,
  objectForWriteBack,
  scopeForFilter,
  scopeForHeader,
  scopeForLines,
  scopeForTotal,
  scopeForWriteBack,
  toRunRoots,
  withOwnObjects,
} from "../scopes.ts";
import { checkFormulaAt } from "./check-formula-at.ts";
import { checkMappings } from "./check-mappings.ts";
import { checkParameters } from "./check-parameters.ts";
import { checkRemovals } from "./check-removals.ts";

const checkEnds = ({ source, target }: TransferDefinition, context: TransferContext): Issue[] => {
  const issues: Issue[] = [];
  if (source.connection === "" || source.object === "")
    issues.push(toIssue("SRC-001", "source", "Choose what to read: no source object yet."));
  else if (context.source === null)
    issues.push(toIssue("SRC-002", "source", `The source has no object "${source.object}".`));
  if (target.connection === "" || target.object === "")
    issues.push(toIssue("TGT-001", "target", "Choose what to write: no target object yet."));
  else if (context.target === null)
    issues.push(toIssue("TGT-002", "target", `The target has no object "${target.object}".`));
  return issues;
};

const checkChanges = ({ changes }: TransferDefinition, { source }: TransferContext): Issue[] =>
  changes.by === "watermark" && source && !source.fields.some((field) => field.name === changes.field)
    ? [
        toIssue("SRC-002", "changes", `${source.label} has no field "${changes.field}" to see changes by.`, {
          hint: "Choose the field that moves with every change, or read all records each time.",
        }),
      ]
    : changes.by === "feed" && source && source.feed !== true
      ? [toIssue("SRC-011", "changes", `The source does not list changes of ${source.label} by itself.`)]
      : [];

const checkFilter = (
  { filter, timeZone, parameters }: TransferDefinition,
  context: TransferContext,
): Issue[] => {
  if (filter === undefined || !context.source) return [];
  const scope = scopeForFilter(context);
  const issues = checkFormulaAt("filter", filter, scope, context, {
    name: "filter",
    label: "Filter",
    type: "boolean",
  });
  if (issues.some((issue) => issue.severity === "error") || !context.sourceDialect) return issues;
  const now = "2000-01-01T00:00:00Z";
  const moment = { now, timeZone: timeZone ?? "UTC", roots: toRunRoots(now, sampleParameters(parameters)) };
  const { notPushed } = splitFilter(filter, scope, context.sourceDialect, moment);
  return [
    ...issues,
    ...notPushed.map(({ text, reason }) =>
      toIssue("SRC-010", "filter", `${text} is evaluated after reading: ${reason}.`, { severity: "warning" }),
    ),
  ];
};

const checkMatch = ({ match }: TransferDefinition, context: TransferContext): Issue[] => {
  if (match === undefined || (match.by === "keys" && Object.keys(match.keys).length === 0))
    return [toIssue("KEY-001", "match", "Choose how to find an existing record in the target (match key).")];
  const { source, target } = context;
  if (match.by !== "keys" || !source || !target) return [];
  return Object.entries(match.keys).flatMap(([name, text]) => {
    const path = `match.keys.${name}`;
    const field = target.fields.find((candidate) => candidate.name === name);
    return field
      ? checkFormulaAt(path, text, scopeForHeader(context), context, { ...field, nullable: true })
      : [toIssue("MAP-109", path, `${target.label} has no field "${name}".`)];
  });
};

/** Why there is nothing to make lines of. */
const checkOrigin = (lines: Lines, source: ObjectSchema, context: TransferContext): Issue[] => {
  const path = `lines.${lines.target}`;
  if (lines.rows === undefined)
    return [toIssue("LIN-401", path, `${source.label} has no list "${lines.source ?? ""}".`)];
  const found = checkFormulaAt(`${path}.rows`, lines.rows, scopeForHeader(context), context);
  return found.some((issue) => issue.severity === "error")
    ? found
    : [toIssue("LIN-402", `${path}.rows`, "The formula for the rows of the lines gives no list of values.")];
};

const checkLines = (definition: TransferDefinition, context: TransferContext, creates: boolean): Issue[] =>
  (definition.lines ?? []).flatMap((lines) => {
    const path = `lines.${lines.target}`;
    const { source, target } = context;
    if (!source || !target) return [];
    const from = findLineObject(context, lines);
    const to = findRelated(target, lines.target, "many", withOwnObjects(target, context.targetObjects));
    const writable = target.relations.some((each) => each.name === lines.target && each.writable);
    if (!from) return checkOrigin(lines, source, context);
    if (!to || !writable)
      return [toIssue("LIN-401", path, `${target.label} takes no lines "${lines.target}".`)];
    const scope = scopeForLines(context, lines);
    const boolean = { name: "filter", label: "Filter", type: "boolean" } as const;
    return [
      ...(lines.filter === undefined
        ? []
        : checkFormulaAt(`${path}.filter`, lines.filter, scope, context, boolean)),
      ...checkMappings(lines.mappings, { place: `${path}.mappings`, target: to, scope, creates }, context),
    ];
  });

/** Fields of the source record itself that a formula reads. */
const ownFieldsOf = (texts: readonly string[]): Set<string> =>
  new Set(
    texts
      .flatMap((text) => listFields(text))
      .flatMap(([name, ...rest]) => (name !== undefined && rest.length === 0 ? [name] : [])),
  );

const checkWriteBacks = (definition: TransferDefinition, context: TransferContext): Issue[] => {
  const inFilter = ownFieldsOf(definition.filter === undefined ? [] : [definition.filter]);
  const inMappings = ownFieldsOf(Object.values(definition.mappings).map((each) => each.value));
  return (definition.writeBacks ?? []).flatMap((writeBack, index) => {
    const path = `writeBacks.${index}`;
    if (!context.source) return [];
    const object = objectForWriteBack(context, writeBack);
    if (!object)
      return [toIssue("WRB-302", `${path}.to`, `The source has no related record "${writeBack.to ?? ""}".`)];
    return Object.entries(writeBack.values).flatMap(([name, text]) => {
      const at = `${path}.values.${name}`;
      const field = object.fields.find((candidate) => candidate.name === name);
      if (!field?.updatable)
        return [
          toIssue(
            "WRB-302",
            at,
            field ? `"${field.label}" cannot be written.` : `${object.label} has no field "${name}".`,
          ),
        ];
      const touched = writeBack.to === undefined && (inFilter.has(name) || inMappings.has(name));
      const loop = toIssue(
        "WRB-301",
        at,
        `"${field.label}" is read by this transfer's ${inFilter.has(name) ? "filter" : "mappings"} and written back by it.`,
        { severity: inMappings.has(name) ? "warning" : "hint" },
      );
      return [
        ...checkFormulaAt(at, text, scopeForWriteBack(context), context, { ...field, nullable: true }),
        ...(touched ? [loop] : []),
      ];
    });
  });
};

const checkTotals = ({ totals = [] }: TransferDefinition, context: TransferContext): Issue[] =>
  totals.flatMap((total, index) => {
    if (!context.source || !context.target) return [];
    const check = (part: "source" | "target" | "by", text: string): Issue[] =>
      checkFormulaAt(`totals.${index}.${part}`, text, scopeForTotal(context), context, {
        name: part,
        label: total.label,
        type: part === "by" ? "text" : "number",
        nullable: true,
      });
    return [
      ...check("source", total.source),
      ...check("target", total.target),
      ...(total.by === undefined ? [] : check("by", total.by)),
    ];
  });

/** Issues in the order of the document. Errors stop a transfer from being published or run. */
export function checkTransfer(definition: TransferDefinition, given: TransferContext): Issue[] {
  const context = { ...given, parameters: definition.parameters };
  const creates =
    definition.match === undefined ||
    definition.match.by === "never" ||
    definition.match.missing === "create";
  const { source, target } = context;
  const scope = scopeForHeader(context);
  return [
    ...checkEnds(definition, context),
    ...checkParameters(definition, context),
    ...checkChanges(definition, context),
    ...checkFilter(definition, context),
    ...checkMatch(definition, context),
    ...(source && target
      ? checkMappings(definition.mappings, { place: "mappings", target, scope, creates }, context)
      : []),
    ...checkLines(definition, context, creates),
    ...checkWriteBacks(definition, context),
    ...checkTotals(definition, context),
    ...checkRemovals(definition, context),
  ];
}
