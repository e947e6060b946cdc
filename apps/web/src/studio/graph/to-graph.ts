/**
 * Turns a definition and the discovered schemas into what the mapping screen draws: two trees and the lines
 * between them. Pure and cheap enough to run on every edit.
 */
import { formatPath } from "@fieldbridge/formula";
import type {
  FieldSchema,
  Issue,
  Lines,
  Mapping,
  ObjectSchema,
  TransferDefinition,
} from "@fieldbridge/model";
import { readFormula, type FormulaReading, type ReadFormula } from "./read-formula.ts";
import { linesOf, mappingsOf, relationId, sourceObjectOf, targetObjectOf } from "./resolve-path.ts";
import { toSourceRows } from "./source-rows.ts";
import type { GraphEdge, LineScope, Schemas, SourceRow, TargetRow } from "./rows.ts";

export interface GraphInput {
  readonly definition: TransferDefinition;
  readonly scope: LineScope;
  readonly sourceSchemas: Schemas;
  readonly targetSchemas: Schemas;
  /** Ids of the opened relations of the source tree. */
  readonly expanded: ReadonlySet<string>;
  /** Findings of the check; their paths place them on target rows. */
  readonly issues: readonly Issue[];
  /** Reader with a memory, where the caller has one. */
  readonly read?: ReadFormula;
}

export interface TransferGraph {
  readonly source: readonly SourceRow[];
  readonly target: readonly TargetRow[];
  readonly edges: readonly GraphEdge[];
}

/** Path of the mappings of a scope inside the definition, as issues name it. */
export const mappingsPath = (scope: LineScope): string =>
  scope === null ? "mappings" : `lines.${scope}.mappings`;

const hasError = (issues: readonly Issue[]): boolean => issues.some((each) => each.severity === "error");

/** How often each source row is read, by the mappings of the scope; closed relations count what they hide. */
function countUsage(readings: Iterable<FormulaReading>): Map<string, number> {
  const usage = new Map<string, number>();
  for (const reading of readings) {
    const ids = new Set<string>();
    for (const path of reading.paths) {
      ids.add(formatPath(path));
      path.forEach((_, index) => ids.add(relationId(path.slice(0, index + 1))));
    }
    for (const id of ids) usage.set(id, (usage.get(id) ?? 0) + 1);
  }
  return usage;
}

/** Issues per field of a scope. Issues of a missing mapping name the field too, so required fields get theirs. */
function issuesByField(issues: readonly Issue[], place: string): Map<string, Issue[]> {
  const found = new Map<string, Issue[]>();
  for (const issue of issues) {
    if (!issue.path.startsWith(`${place}.`)) continue;
    const field = issue.path.slice(place.length + 1).replace(/\.(value|default|whenBlank|onlyOn)$/, "");
    found.set(field, [...(found.get(field) ?? []), issue]);
  }
  return found;
}

interface RowParts {
  readonly field: FieldSchema;
  readonly mapping: Mapping | undefined;
  readonly reading: FormulaReading | undefined;
  readonly issues: readonly Issue[];
  readonly isKey: boolean;
  readonly setSize: number;
  readonly position: number;
}

const toTargetRow = (parts: RowParts): TargetRow => ({
  id: parts.field.name,
  kind: "field",
  label: parts.field.label,
  name: parts.field.name,
  level: 1,
  setSize: parts.setSize,
  position: parts.position,
  field: parts.field,
  mapping: parts.mapping ?? null,
  mappingKind: parts.reading?.kind ?? null,
  chip: parts.reading?.chip ?? null,
  reads: parts.reading?.paths.map(formatPath) ?? [],
  required: parts.field.required,
  readOnly: !parts.field.creatable && !parts.field.updatable,
  isKey: parts.isKey,
  issues: parts.issues,
  mapped: 0,
});

/** A mapping whose field the schema does not know stays visible, so that it can be repaired or removed. */
const unknownField = (name: string): FieldSchema => ({
  name,
  label: name,
  type: "text",
  nullable: true,
  required: false,
  creatable: true,
  updatable: true,
  filterable: false,
  unique: false,
  custom: false,
});

/** Rows of the source tree that lines are made of: their relation, or the fields of their formula. */
const linesReads = ({ source, rows }: Lines, read: ReadFormula = readFormula): string[] =>
  rows === undefined ? [relationId([source ?? ""])] : read(rows).paths.map(formatPath);

function toTargetRows(
  input: GraphInput,
  object: ObjectSchema,
  readings: ReadonlyMap<string, FormulaReading>,
): TargetRow[] {
  const { definition, scope } = input;
  const place = mappingsPath(scope);
  const issues = issuesByField(input.issues, place);
  const mappings = mappingsOf(definition, scope);
  const keys = scope === null && definition.match?.by === "keys" ? definition.match.keys : {};
  const known = new Set(object.fields.map((field) => field.name));
  const strays = Object.keys(mappings).filter((name) => !known.has(name));
  const isClosed = (field: FieldSchema) => !field.creatable && !field.updatable;
  const fields = [
    ...strays.map(unknownField),
    ...object.fields.filter((field) => !isClosed(field)),
    ...object.fields.filter(isClosed),
  ];
  const relations =
    scope === null
      ? object.relations.filter(
          (each) => each.kind === "many" && (each.writable || linesOf(definition, each.name)),
        )
      : [];
  const setSize = fields.length + relations.length;
  const rows = fields.map((field, index) =>
    toTargetRow({
      field,
      mapping: mappings[field.name],
      reading: readings.get(field.name),
      issues: issues.get(field.name) ?? [],
      isKey: field.name in keys,
      setSize,
      position: index + 1,
    }),
  );
  const lists = relations.map((relation, index): TargetRow => {
    const lines = linesOf(definition, relation.name);
    return {
      id: relationId([relation.name]),
      kind: "many",
      label: relation.label,
      name: relation.name,
      level: 1,
      setSize,
      position: fields.length + index + 1,
      field: null,
      mapping: null,
      mappingKind: null,
      chip: null,
      reads: lines ? linesReads(lines, input.read) : [],
      required: false,
      readOnly: false,
      isKey: false,
      issues: input.issues.filter((each) => `${each.path}.`.startsWith(`lines.${relation.name}.`)),
      mapped: lines ? Object.keys(lines.mappings).length : 0,
    };
  });
  return [...rows, ...lists];
}

/** The row a line starts at: the field, else the innermost opened-up ancestor that is shown. */
function visibleStart(path: readonly string[], shown: ReadonlySet<string>): string | null {
  const field = formatPath(path);
  if (shown.has(field)) return field;
  for (let length = path.length; length > 0; length -= 1) {
    const id = relationId(path.slice(0, length));
    if (shown.has(id)) return id;
  }
  return null;
}

function toEdges(
  target: readonly TargetRow[],
  readings: ReadonlyMap<string, FormulaReading>,
  shown: ReadonlySet<string>,
): GraphEdge[] {
  return target.flatMap((row): GraphEdge[] => {
    const problem = hasError(row.issues);
    if (row.kind === "many") {
      const [source] = row.reads;
      if (source === undefined || !shown.has(source)) return [];
      const edge = { source, target: row.id, kind: "bundle", problem, chip: null, first: true } as const;
      return [{ ...edge, id: `${source}>${row.id}`, count: row.mapped }];
    }
    const reading = readings.get(row.name);
    if (reading === undefined) return [];
    const starts = new Set<string>();
    for (const path of reading.paths) {
      const start = visibleStart(path, shown);
      if (start !== null) starts.add(start);
    }
    const kind = reading.kind === "lookup" ? "lookup" : reading.kind === "direct" ? "direct" : "formula";
    return [...starts].map((source, index) => ({
      id: `${source}>${row.id}`,
      source,
      target: row.id,
      kind,
      problem,
      chip: reading.chip,
      first: index === 0,
      count: 1,
    }));
  });
}

/** Relations worth seeing before the fields: named by the transfer, or read by one of its formulas. */
const firstRelations = (input: GraphInput, usage: ReadonlyMap<string, number>): ReadonlySet<string> => {
  const included = input.scope === null ? (input.definition.source.include ?? []) : [];
  return new Set([
    ...included.map((path) => relationId(path.split("."))),
    ...[...usage.keys()].filter((id) => id.endsWith("/")),
  ]);
};

/** Everything the mapping screen draws for one scope. */
export function toGraph(input: GraphInput): TransferGraph {
  const { definition, scope, read = readFormula } = input;
  const mappings = mappingsOf(definition, scope);
  const readings = new Map(
    Object.entries(mappings).map(([field, mapping]) => [field, read(mapping.value)] as const),
  );
  const usage = countUsage(readings.values());
  if (scope === null)
    for (const lines of definition.lines ?? []) {
      for (const id of linesReads(lines, read)) usage.set(id, (usage.get(id) ?? 0) + 1);
    }
  const header = scope === null ? undefined : input.sourceSchemas[definition.source.object];
  const source = toSourceRows(sourceObjectOf(definition, scope, input.sourceSchemas), header, {
    schemas: input.sourceSchemas,
    expanded: input.expanded,
    usage,
    first: firstRelations(input, usage),
  });
  const object = targetObjectOf(definition, scope, input.targetSchemas);
  const target = object ? toTargetRows(input, object, readings) : [];
  return { source, target, edges: toEdges(target, readings, new Set(source.map((row) => row.id))) };
}
