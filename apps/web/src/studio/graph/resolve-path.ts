/** Walks a formula path through the schemas, so that names, labels and types come from one place. */
import { toItemObject } from "@fieldbridge/engine";
import { formatPath } from "@fieldbridge/formula";
import type { FieldSchema, ObjectSchema, RelationSchema, TransferDefinition } from "@fieldbridge/model";
import type { LineScope, Schemas } from "./rows.ts";

/** Names a formula starts with that are not fields of the record. */
export const formulaRoots = new Set(["target", "run", "param", "outcome", "header"]);

/** What a path ends at, with the relations it goes through; null where a schema is missing or a name unknown. */
export interface ResolvedPath {
  readonly field: FieldSchema | null;
  readonly relations: readonly RelationSchema[];
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export function resolvePath(
  start: ObjectSchema | undefined,
  path: readonly string[],
  schemas: Schemas,
): ResolvedPath | null {
  let object = start;
  const relations: RelationSchema[] = [];
  for (const [index, name] of path.entries()) {
    if (object === undefined) return null;
    const last = index === path.length - 1;
    const field = last ? object.fields.find((each) => sameName(each.name, name)) : undefined;
    if (field) return { field, relations };
    const relation: RelationSchema | undefined = object.relations.find((each) => sameName(each.name, name));
    if (relation === undefined) return null;
    relations.push(relation);
    object = schemas[relation.object];
  }
  return { field: null, relations };
}

/** Id of the tree row of a relation; fields use their path alone, so the two never meet. */
export const relationId = (path: readonly string[]): string => `${formatPath(path)}/`;

/** The lines definition of a scope; undefined for the header and for lines that do not exist. */
export const linesOf = (definition: TransferDefinition, scope: LineScope) =>
  scope === null ? undefined : definition.lines?.find((each) => each.target === scope);

/** The object whose records the formulas of a scope read. */
export function sourceObjectOf(
  definition: TransferDefinition,
  scope: LineScope,
  schemas: Schemas,
): ObjectSchema | undefined {
  const root = schemas[definition.source.object];
  const lines = linesOf(definition, scope);
  if (lines === undefined) return scope === null ? root : undefined;
  if (lines.rows !== undefined)
    return (root && toItemObject(lines.rows, { record: root, objects: schemas })) ?? undefined;
  const relation = root?.relations.find((each) => each.name === lines.source);
  return relation && schemas[relation.object];
}

/** The object whose fields the mappings of a scope fill. */
export function targetObjectOf(
  definition: TransferDefinition,
  scope: LineScope,
  schemas: Schemas,
): ObjectSchema | undefined {
  const root = schemas[definition.target.object];
  if (scope === null) return root;
  const relation = root?.relations.find((each) => each.name === scope);
  return relation && schemas[relation.object];
}

/** The mappings of a scope. */
export const mappingsOf = (definition: TransferDefinition, scope: LineScope) =>
  scope === null ? definition.mappings : (linesOf(definition, scope)?.mappings ?? {});
