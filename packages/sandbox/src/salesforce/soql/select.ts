// What a row looks like in an answer: the selected fields in their order and canonical case, parents nested, children as
// query-shaped lists.
import type { Json } from "../../core/json.ts";
import type { Row } from "../../core/store.ts";
import type { Field } from "../schema/field.ts";
import type { ChildRelationship, SObject } from "../schema/schema.ts";
import type { Path, Query, SelectItem } from "./ast.ts";
import { followParents, readField, resolvePath, type QueryContext } from "./paths.ts";
import { malformed, queryError } from "./tokens.ts";

/** Gives the answer of a child subquery for one parent row: null when it has no children. */
export type ChildReader = (row: Row, version: string) => object | null;
export type CompileChild = (relationship: ChildRelationship, query: Query) => ChildReader;
export type RowWriter = (row: Row, version: string) => object;

type Entry =
  | { readonly kind: "field"; readonly name: string; readonly field: Field }
  | { readonly kind: "parent"; readonly name: string; readonly reference: Field; readonly shape: Shape }
  | { readonly kind: "child"; readonly name: string; readonly read: ChildReader };

interface Shape {
  readonly object: SObject;
  readonly entries: Entry[];
}

function duplicate(context: QueryContext, at: number, name: string): Error {
  return queryError(context.text, at, "INVALID_FIELD", `duplicate field selected: ${name}`);
}

function shapeFor(context: QueryContext, shape: Shape, parents: readonly Field[]): Shape {
  let at = shape;
  for (const reference of parents) {
    const name = reference.relationshipName ?? reference.name;
    let entry = at.entries.find((each) => each.kind === "parent" && each.name === name);
    if (!entry) {
      const object = context.schema.object(reference.referenceTo ?? "");
      if (!object) throw new Error(`No object behind ${reference.name}`);
      entry = { kind: "parent", name, reference, shape: { object, entries: [] } };
      at.entries.push(entry);
    }
    if (entry.kind === "parent") at = entry.shape;
  }
  return at;
}

function addPath(context: QueryContext, root: Shape, path: Path, label: string | null): void {
  const resolved = resolvePath(context, root.object, path);
  const shape = shapeFor(context, root, resolved.parents);
  const name = label ?? resolved.field.name;
  if (shape.entries.some((each) => each.kind === "field" && each.name === name))
    throw duplicate(context, path.at, name);
  shape.entries.push({ kind: "field", name, field: resolved.field });
}

function addFieldGroup(
  context: QueryContext,
  root: Shape,
  item: Extract<SelectItem, { kind: "fields" }>,
  limit: number | null,
) {
  if (item.which !== "STANDARD" && (limit === null || limit > 200))
    throw malformed(context.text, item.at, "The SOQL FIELDS function must have a LIMIT of at most 200");
  const wanted = root.object.fields.filter(
    (each) => item.which === "ALL" || (item.which === "CUSTOM") === each.custom,
  );
  for (const field of wanted) {
    if (root.entries.some((each) => each.name === field.name)) throw duplicate(context, item.at, field.name);
    root.entries.push({ kind: "field", name: field.name, field });
  }
}

function addChild(context: QueryContext, root: Shape, query: Query, at: number, compile: CompileChild): void {
  const name = query.from.names.at(-1) ?? "";
  const relationship = root.object.child(name);
  if (!relationship?.name)
    throw queryError(
      context.text,
      at,
      "INVALID_TYPE",
      `Didn't understand relationship '${name}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
    );
  root.entries.push({ kind: "child", name: relationship.name, read: compile(relationship, query) });
}

/** `attributes` of a record in an answer. */
export function toAttributes(object: string, id: Json | undefined, version: string): object {
  return {
    type: object,
    url: `/services/data/${version}/sobjects/${object}/${typeof id === "string" ? id : ""}`,
  };
}

function writeShape(context: QueryContext, shape: Shape, row: Row, version: string): object {
  const record: Record<string, unknown> = {
    attributes: toAttributes(shape.object.name, row["Id"], version),
  };
  for (const entry of shape.entries) {
    if (entry.kind === "field") record[entry.name] = readField(row, entry.field);
    else if (entry.kind === "child") record[entry.name] = entry.read(row, version);
    else {
      const parent = followParents(context.reader, [entry.reference], row);
      record[entry.name] = parent ? writeShape(context, entry.shape, parent, version) : null;
    }
  }
  return record;
}

/** Compiles a SELECT list without aggregates. */
export function compileSelect(
  context: QueryContext,
  object: SObject,
  query: Query,
  compileChild: CompileChild,
): RowWriter {
  const root: Shape = { object, entries: [] };
  for (const item of query.select) {
    if (item.kind === "path") {
      if (item.alias !== null)
        throw malformed(context.text, item.path.at, `unexpected token: '${item.alias}'`);
      addPath(context, root, item.path, null);
    } else if (item.kind === "fields") addFieldGroup(context, root, item, query.limit);
    else if (item.kind === "child") addChild(context, root, item.query, item.at, compileChild);
    else if (item.call.name === "TOLABEL" && item.call.path)
      addPath(context, root, item.call.path, item.alias);
    else
      throw malformed(
        context.text,
        item.call.at,
        `The function ${item.call.name} is not supported by this sandbox`,
      );
  }
  return (row, version) => writeShape(context, root, row, version);
}
