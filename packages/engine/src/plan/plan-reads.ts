/** What a transfer reads of each side, derived from everything its formulas name. */
import type { ObjectSchema } from "@fieldbridge/model";
import type { ReadShape } from "../ports.ts";
import { buildShape, type ShapeBuilder } from "./shape-builder.ts";
import type {
  PlannedFormula,
  PlannedMapping,
  PlannedRemovals,
  TransferPlan,
  UsedField,
} from "./transfer-plan.ts";

type PlanParts = Omit<TransferPlan, "sourceShape" | "targetShape" | "answerFields" | "usedFields">;

const mappingFormulas = (mappings: readonly PlannedMapping[]): PlannedFormula[] =>
  mappings.flatMap(({ formula, fallback }) => (fallback ? [formula, fallback] : [formula]));

const totalFormulas = ({ totals }: PlanParts): PlannedFormula[] =>
  totals.flatMap(({ source, target, by }) => (by ? [source, target, by] : [source, target]));

const isName = (object: ObjectSchema, name: string | undefined): boolean =>
  [...object.fields, ...object.relations].some((each) => each.name === name);

/** Splits a path into its named root, if it has one, and the rest; a name of the record itself wins. */
const splitRoot = (
  path: readonly string[],
  record: ObjectSchema,
  roots: readonly string[],
): { root: string | null; rest: readonly string[] } => {
  const [first = "", ...rest] = path;
  return !isName(record, first) && roots.includes(first) ? { root: first, rest } : { root: null, rest: path };
};

const addSourcePaths = (shape: ShapeBuilder, parts: PlanParts): void => {
  const { source } = parts;
  const roots = ["run", "param", "target", "outcome"];
  const header = [
    ...parts.conditions.map(({ formula }) => formula),
    ...(parts.removals?.scope ? [parts.removals.scope] : []),
    ...(parts.match.by === "keys" ? parts.match.keys.map((key) => key.formula) : []),
    ...mappingFormulas(parts.mappings),
    ...parts.writeBacks.flatMap((writeBack) => writeBack.values.map((value) => value.formula)),
    ...totalFormulas(parts),
  ];
  const addHeaderPaths = ({ compiled }: PlannedFormula): void => {
    for (const path of compiled.fields) {
      const { root, rest } = splitRoot(path, source, roots);
      if (root === null) shape.add(rest);
    }
  };
  header.forEach(addHeaderPaths);
  for (const lines of parts.lines) {
    const { from } = lines;
    if (from.kind === "relation") shape.add([from.name, lines.source.keyField]);
    else addHeaderPaths(from.formula);
    const formulas = [...mappingFormulas(lines.mappings), ...(lines.filter ? [lines.filter] : [])];
    for (const path of formulas.flatMap(({ compiled }) => compiled.fields)) {
      const { root, rest } = splitRoot(path, lines.source, ["run", "param", "header"]);
      if (root === null && from.kind === "relation") shape.add([from.name, ...rest]);
      else if (root === "header") shape.add(rest);
    }
  }
  for (const { to, object, values } of parts.writeBacks)
    for (const name of [object.keyField, ...values.map(({ field }) => field.name)])
      shape.add(to === null ? [name] : [to, name]);
};

const listAnswerFields = (parts: PlanParts): string[] => {
  const used = [
    ...parts.writeBacks.flatMap((writeBack) => writeBack.values.map(({ formula }) => formula)),
    ...totalFormulas(parts),
  ]
    .flatMap(({ compiled }) => compiled.fields)
    .map((path) => splitRoot(path, parts.source, ["target"]))
    .flatMap(({ root, rest }) => (root === "target" && rest[0] !== undefined ? [rest[0]] : []));
  const { keyField, nameField } = parts.target;
  // A name that we give ourselves is known; asking for it may cost a call for every batch.
  const isGiven = parts.mappings.some(({ field }) => field.name === nameField);
  return [...new Set([keyField, ...(nameField === undefined || isGiven ? [] : [nameField]), ...used])];
};

/** A removal needs less of both sides than the line does. */
export function planRemovalReads(
  parts: Pick<TransferPlan, "source" | "target" | "sourceObjects" | "targetObjects"> &
    Pick<PlannedRemovals, "scope" | "values">,
): Pick<PlannedRemovals, "sourceShape" | "targetShape"> {
  const source = buildShape(parts.source, parts.sourceObjects);
  for (const path of parts.scope?.compiled.fields ?? []) source.add(path);
  const target = buildShape(parts.target, parts.targetObjects);
  if (parts.target.nameField !== undefined) target.add([parts.target.nameField]);
  for (const { field, formula } of parts.values) {
    target.add([field.name]);
    for (const [root, ...rest] of formula.compiled.fields) if (root === "target") target.add(rest);
  }
  return { sourceShape: source.toShape(), targetShape: target.toShape() };
}

const listUsedFields = (
  side: UsedField["side"],
  shape: ReadShape,
  objects: Readonly<Record<string, ObjectSchema>>,
): UsedField[] => [
  ...(objects[shape.object]?.fields ?? [])
    .filter((field) => shape.fields.includes(field.name))
    .map((field) => ({ side, object: shape.object, field })),
  ...[...Object.values(shape.one), ...Object.values(shape.many)].flatMap((each) =>
    listUsedFields(side, each, objects),
  ),
];

/** Read shapes of both sides, the fields wanted in answers, and every field the transfer relies on. */
export function planReads(
  parts: PlanParts,
): Pick<TransferPlan, "sourceShape" | "targetShape" | "answerFields" | "usedFields"> {
  const source = buildShape(parts.source, parts.sourceObjects);
  for (const name of [parts.source.nameField, parts.stampField]) if (name) source.add([name]);
  addSourcePaths(source, parts);
  const answerFields = listAnswerFields(parts);
  const target = buildShape(parts.target, parts.targetObjects);
  const keys = parts.match.by === "keys" ? parts.match.keys.map(({ field }) => field.name) : [];
  if (parts.target.nameField !== undefined) target.add([parts.target.nameField]);
  for (const name of [...answerFields, ...keys, ...parts.mappings.map(({ field }) => field.name)])
    target.add([name]);
  for (const { field } of parts.removals?.values ?? []) target.add([field.name]);
  for (const lines of parts.lines)
    for (const name of [lines.target.keyField, ...lines.mappings.map(({ field }) => field.name)])
      target.add([lines.to, name]);
  const sourceShape = source.toShape();
  const targetShape = target.toShape();
  return {
    sourceShape,
    targetShape,
    answerFields,
    usedFields: [
      ...listUsedFields("source", sourceShape, parts.sourceObjects),
      ...listUsedFields("target", targetShape, parts.targetObjects),
    ],
  };
}
