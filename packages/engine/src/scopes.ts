/**
 * The names each formula of a transfer may use. One place, so that check, compile, the editor's completion and
 * evaluation never disagree.
 */
import type { ObjectShape, Row, Scope } from "@fieldbridge/formula";
import type { Lines, ObjectSchema, Parameters, RunParameters, WriteBack } from "@fieldbridge/model";
import type { TransferContext } from "./plan/transfer-plan.ts";
import { toItemObject } from "./scatter.ts";

const nothing: ObjectSchema = {
  name: "",
  label: "",
  fields: [],
  relations: [],
  keyField: "",
  creatable: false,
  updatable: false,
  deletable: false,
};

/** `run.StartedAt`: the instant at which the run began. */
const runShape: ObjectShape = {
  name: "run",
  label: "Run",
  fields: [{ name: "StartedAt", label: "Started at", type: "datetime", nullable: false }],
  relations: [],
};

/** `param.X`: the values given when the run was started; no root where the transfer takes none. */
const toParameterRoot = (parameters: Parameters = {}): Readonly<Record<string, ObjectShape>> => {
  const fields = Object.entries(parameters).map(([name, { label, type, default: preset }]) => ({
    name,
    label: label ?? name,
    type,
    nullable: preset === "",
  }));
  return fields.length === 0 ? {} : { param: { name: "param", label: "Parameters", fields, relations: [] } };
};

/** The values of the roots that keep one value for a whole run, as formulas read them. */
export const toRunRoots = (
  runStartedAt: string,
  parameters: RunParameters = {},
): Readonly<Record<string, Row>> => ({
  run: { StartedAt: runStartedAt },
  param: Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, value === "" ? null : value]),
  ),
});

/** A company is chosen before anything is read: its formula sees the parameters alone. */
export const scopeForCompany = ({ parameters }: Pick<TransferContext, "parameters">): Scope => ({
  record: nothing,
  roots: toParameterRoot(parameters),
  valueMaps: [],
  allowLookups: false,
});

/** What happened to the record: `created`, `updated`, `unchanged` or `held`, and why it failed, in words. */
const outcomeShape: ObjectShape = {
  name: "outcome",
  label: "Outcome",
  fields: [
    { name: "state", label: "State", type: "text", nullable: false },
    { name: "code", label: "Code", type: "text" },
    { name: "message", label: "Message", type: "text" },
  ],
  relations: [],
};

/** The answer has the fields of the target record, not what it refers to. */
const toAnswerShape = (target: ObjectSchema): ObjectShape => ({ ...target, relations: [] });

export const withOwnObjects = (
  own: ObjectSchema | null,
  objects: Readonly<Record<string, ObjectSchema>>,
): Readonly<Record<string, ObjectSchema>> => (own === null ? objects : { ...objects, [own.name]: own });

const toScope = (
  context: TransferContext,
  record: ObjectShape,
  roots: Readonly<Record<string, ObjectShape>>,
): Scope => ({
  record,
  roots: { run: runShape, ...toParameterRoot(context.parameters), ...roots },
  objects: withOwnObjects(context.source, context.sourceObjects),
  valueMaps: context.valueMaps?.map((each) => each.name),
  namedFormulas: context.namedFormulas,
});

/** Header mappings and match keys. */
export const scopeForHeader = (context: TransferContext): Scope =>
  toScope(context, context.source ?? nothing, {});

/** The filter is judged before anything is looked up. */
export const scopeForFilter = (context: TransferContext): Scope => ({
  ...scopeForHeader(context),
  allowLookups: false,
});

/** Object of the rows of a to-many relation; null where the schemas do not know it. */
export const findRelated = (
  object: ObjectSchema | null,
  relation: string,
  kind: "one" | "many",
  objects: Readonly<Record<string, ObjectSchema>>,
): ObjectSchema | null => {
  const found = object?.relations.find((each) => each.name === relation && each.kind === kind);
  return found ? (objects[found.object] ?? null) : null;
};

export type LineOrigin = Pick<Lines, "source" | "rows">;

/** What a line of the source looks like: a row of the relation, or a value of the list. Null where neither is known. */
export const findLineObject = (context: TransferContext, { source, rows }: LineOrigin): ObjectSchema | null =>
  rows !== undefined
    ? toItemObject(rows, scopeForHeader(context))
    : findRelated(
        context.source,
        source ?? "",
        "many",
        withOwnObjects(context.source, context.sourceObjects),
      );

/** Mappings and filter of lines: the line's own fields, and `header` for the parent. */
export const scopeForLines = (context: TransferContext, lines: LineOrigin): Scope =>
  toScope(context, findLineObject(context, lines) ?? nothing, { header: context.source ?? nothing });

/** Write-backs: the source record, `target` for the answer and `outcome` for what happened. */
export const scopeForWriteBack = (context: TransferContext): Scope =>
  toScope(context, context.source ?? nothing, {
    target: toAnswerShape(context.target ?? nothing),
    outcome: outcomeShape,
  });

/** What flags a target record sees `target` alone: the source record may be gone. */
export const scopeForFlag = (context: TransferContext): Scope =>
  toScope(context, nothing, { target: toAnswerShape(context.target ?? nothing) });

/** Totals: the source record, and `target` for its record in the target. */
export const scopeForTotal = (context: TransferContext): Scope =>
  toScope(context, context.source ?? nothing, { target: toAnswerShape(context.target ?? nothing) });

/** Object that a write-back writes: the source itself, or the record of a to-one relation. */
export const objectForWriteBack = (
  context: TransferContext,
  { to }: Pick<WriteBack, "to">,
): ObjectSchema | null =>
  to === undefined
    ? context.source
    : findRelated(context.source, to, "one", withOwnObjects(context.source, context.sourceObjects));
