/** The source tree as a flat list: only what is opened, in reading order, with the counts a treegrid announces. */
import { formatPath } from "@fieldbridge/formula";
import type { ObjectSchema, RelationSchema } from "@fieldbridge/model";
import { relationId } from "./resolve-path.ts";
import type { Schemas, SourceRow } from "./rows.ts";

/** Deepest chain of relations the tree opens; formulas may go further. */
const maxDepth = 5;

interface TreeInput {
  readonly schemas: Schemas;
  readonly expanded: ReadonlySet<string>;
  /** Mappings per source id, relations included. */
  readonly usage: ReadonlyMap<string, number>;
}

interface Place {
  readonly path: readonly string[];
  readonly parentId: string | null;
  readonly level: number;
}

const order = (relation: RelationSchema): number => (relation.kind === "one" ? 0 : 1);

function toRows(object: ObjectSchema, place: Place, input: TreeInput): SourceRow[] {
  const setSize = object.fields.length + object.relations.length;
  const relations = [...object.relations].sort((a, b) => order(a) - order(b));
  const rows: SourceRow[] = object.fields.map((field, index) => {
    const path = [...place.path, field.name];
    const id = formatPath(path);
    return {
      id,
      kind: "field",
      path,
      parentId: place.parentId,
      level: place.level,
      setSize,
      position: index + 1,
      label: field.label,
      name: field.name,
      type: field.type,
      field,
      expanded: null,
      loading: false,
      used: input.usage.get(id) ?? 0,
    };
  });
  for (const [index, relation] of relations.entries()) {
    const path = [...place.path, relation.name];
    const id = relationId(path);
    const opens = place.level <= maxDepth;
    const expanded = opens && input.expanded.has(id);
    const child = input.schemas[relation.object];
    rows.push({
      id,
      kind: relation.kind,
      path,
      parentId: place.parentId,
      level: place.level,
      setSize,
      position: object.fields.length + index + 1,
      label: relation.label,
      name: relation.name,
      type: null,
      field: null,
      expanded: opens ? expanded : null,
      loading: expanded && child === undefined,
      used: input.usage.get(id) ?? 0,
    });
    if (expanded && child) rows.push(...toRows(child, { path, parentId: id, level: place.level + 1 }, input));
  }
  return rows;
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
