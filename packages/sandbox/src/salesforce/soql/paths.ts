// Turns names in a query into fields, and fields into functions that read them from a row through its parents.
import type { Json } from "../../core/json.ts";
import type { Row } from "../../core/store.ts";
import type { Reader } from "../rows/reader.ts";
import type { Field } from "../schema/field.ts";
import type { Schema, SObject } from "../schema/schema.ts";
import type { Path } from "./ast.ts";
import { queryError } from "./tokens.ts";

/** What compiling a query needs to know. */
export interface QueryContext {
  readonly text: string;
  readonly schema: Schema;
  readonly reader: Reader;
  readonly nowMs: number;
  readonly aliases: ReadonlyMap<string, readonly string[]>;
}

export interface ResolvedPath {
  /** Reference fields on the way up, then the field itself. */
  readonly parents: readonly Field[];
  readonly field: Field;
  /** Null for an empty value and for a missing parent. */
  readonly read: (row: Row) => Json;
}

/** Names after replacing the alias of the object or of a parent. */
export function withoutAlias(context: QueryContext, object: SObject, path: Path): readonly string[] {
  const [first = "", ...rest] = path.names;
  const replaced = context.aliases.get(first.toLowerCase());
  if (replaced && rest.length > 0) return [...replaced, ...rest];
  return rest.length > 0 && first.toLowerCase() === object.name.toLowerCase() ? rest : path.names;
}

function unknownField(context: QueryContext, path: Path, name: string, object: SObject): Error {
  return queryError(
    context.text,
    path.at,
    "INVALID_FIELD",
    `No such column '${name}' on entity '${object.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

export function resolvePath(context: QueryContext, object: SObject, path: Path): ResolvedPath {
  const names = withoutAlias(context, object, path);
  const parents: Field[] = [];
  let at = object;
  for (const name of names.slice(0, -1)) {
    const reference = at.parent(name);
    const target = reference?.referenceTo ? context.schema.object(reference.referenceTo) : undefined;
    if (!reference || !target) {
      throw queryError(
        context.text,
        path.at,
        "INVALID_FIELD",
        `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
      );
    }
    parents.push(reference);
    at = target;
  }
  if (parents.length > 5)
    throw queryError(context.text, path.at, "MALFORMED_QUERY", "A relationship path has at most 5 levels");
  const last = names.at(-1) ?? "";
  const field = at.field(last);
  if (!field) throw unknownField(context, path, last, at);
  return { parents, field, read: (row) => readThrough(context.reader, parents, field, row) };
}

/** The parent row that a chain of references leads to, or undefined. */
export function followParents(reader: Reader, parents: readonly Field[], row: Row): Row | undefined {
  let at: Row | undefined = row;
  for (const reference of parents) {
    const id: Json | undefined = at?.[reference.name];
    at = typeof id === "string" ? reader.row(reference.referenceTo ?? "", id) : undefined;
  }
  return at;
}

function readThrough(reader: Reader, parents: readonly Field[], field: Field, row: Row): Json {
  const owner = followParents(reader, parents, row);
  return owner ? readField(owner, field) : null;
}

/** The value of a field as stored; an address is put together from its parts, an unset boolean is false. */
export function readField(row: Row, field: Field): Json {
  if (field.type === "boolean") return row[field.name] ?? false;
  if (field.type !== "address") return row[field.name] ?? null;
  const prefix = field.compound ?? "";
  const part = (name: string): Json => row[prefix + name] ?? null;
  const address = {
    city: part("City"),
    country: part("Country"),
    geocodeAccuracy: null,
    latitude: part("Latitude"),
    longitude: part("Longitude"),
    postalCode: part("PostalCode"),
    state: part("State"),
    street: part("Street"),
  };
  return Object.values(address).every((value) => value === null) ? null : address;
}
