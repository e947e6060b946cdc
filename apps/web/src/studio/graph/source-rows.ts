/** The source tree as a flat list: only what is opened, in reading order, with the counts a treegrid announces. */
import { formatPath } from "@fieldbridge/formula";
import type { FieldSchema, ObjectSchema, RelationSchema } from "@fieldbridge/model";
import { relationId } from "./resolve-path.ts";
import type { Schemas, SourceRow } from "./rows.ts";

/** Deepest chain of relations the tree opens; formulas may go further. */
const maxDepth = 5;

interface TreeInput {
  readonly schemas: Schemas;
  /** Ids of relations that stand before the fields: those the transfer includes or reads. */
  readonly first: ReadonlySet<string>;
  readonly expanded: ReadonlySet<string>;
  /** Mappings per source id, relations included. */
  readonly usage: ReadonlyMap<string, number>;
}

type Counts = Pick<SourceRow, "setSize" | "position">;

interface Place {
  readonly path: readonly string[];
  readonly parentId: string | null;
  readonly level: number;
}

const order = (relation: RelationSchema): number => (relation.kind === "one" ? 0 : 1);

function toFieldRow(field: FieldSchema, place: Place, input: TreeInput, counts: Counts): SourceRow {
  const path = [...place.path, field.name];
  const id = formatPath(path);
  return {
    ...counts,
    id,
    kind: "field",
    path,
    parentId: place.parentId,
    level: place.level,
    label: field.label,
    name: field.name,
    type: field.type,
    field,
    expanded: null,
    loading: false,
    used: input.usage.get(id) ?? 0,
  };
}

/** The row of a relation, and below it the fields of its object while it is open. */
function toRelationRows(
  relation: RelationSchema,
  place: Place,
  input: TreeInput,
  counts: Counts,
): SourceRow[] {
  const path = [...place.path, relation.name];
  const id = relationId(path);
  const opens = place.level <= maxDepth;
  const expanded = opens && input.expanded.has(id);
  const child = input.schemas[relation.object];
  const row: SourceRow = {
    ...counts,
    id,
    kind: relation.kind,
    path,
    parentId: place.parentId,
    level: place.level,
    label: relation.label,
    name: relation.name,
    type: null,
    field: null,
    expanded: opens ? expanded : null,
    loading: expanded && child === undefined,
    used: input.usage.get(id) ?? 0,
  };
  return expanded && child
    ? [row, ...toRows(child, { path, parentId: id, level: place.level + 1 }, input)]
    : [row];
}

function toRows(object: ObjectSchema, place: Place, input: TreeInput): SourceRow[] {
  const setSize = object.fields.length + object.relations.length;
  const isFirst = (relation: RelationSchema) => input.first.has(relationId([...place.path, relation.name]));
  const relations = [...object.relations].sort((a, b) => order(a) - order(b));
  const items: (FieldSchema | RelationSchema)[] = [
    ...relations.filter(isFirst),
    ...object.fields,
    ...relations.filter((each) => !isFirst(each)),
  ];
  return items.flatMap((item, index) => {
    const counts = { setSize, position: index + 1 };
    return "kind" in item
      ? toRelationRows(item, place, input, counts)
      : [toFieldRow(item, place, input, counts)];
  });
}

/** Id of the row that opens the header's fields in a line scope. */
export const parentRowId = relationId(["header"]);

/** The rows of a scope; in a line scope the header's record is one more branch, under the root `header`. */
export function toSourceRows(
  object: ObjectSchema | undefined,
  header: ObjectSchema | undefined,
  input: TreeInput,
): SourceRow[] {
  if (object === undefined) return [];
  const rows = toRows(object, { path: [], parentId: null, level: 1 }, input);
  if (header === undefined) return rows;
  const expanded = input.expanded.has(parentRowId);
  const top = rows.map((row) => (row.level === 1 ? { ...row, setSize: row.setSize + 1 } : row));
  const size = object.fields.length + object.relations.length + 1;
  const parent: SourceRow = {
    id: parentRowId,
    kind: "parent",
    path: ["header"],
    parentId: null,
    level: 1,
    setSize: size,
    position: size,
    label: header.label,
    name: "header",
    type: null,
    field: null,
    expanded,
    loading: false,
    used: input.usage.get(parentRowId) ?? 0,
  };
  return [
    ...top,
    parent,
    ...(expanded ? toRows(header, { path: ["header"], parentId: parentRowId, level: 2 }, input) : []),
  ];
}
