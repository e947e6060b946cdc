// The system query options of a read, checked against the entity: what to keep, how to sort, what to send along.
import type { Entity, Navigation } from "../entities/entity.ts";
import { fieldOf, navigationOf } from "../entities/entity.ts";
import { targetOf } from "../entities/catalog.ts";
import type { Field } from "../entities/field.ts";
import { compileFilter, knownField } from "./compile-filter.ts";
import type { RowTest } from "./compile-filter.ts";
import type { FilterNode } from "./filter-syntax.ts";
import { badRequest } from "./odata-error.ts";
import { notOffered, parseFilter } from "./parse-filter.ts";
import { splitOutside } from "./query-string.ts";
import type { Query } from "./query-string.ts";

export interface OrderTerm {
  readonly field: Field;
  readonly descending: boolean;
}

export interface Expand {
  readonly navigation: Navigation;
  readonly entity: Entity;
  readonly options: ReadOptions;
}

export interface ReadOptions {
  /** Fields to answer, as asked for; undefined means all. */
  readonly select: readonly string[] | undefined;
  readonly expand: readonly Expand[];
  readonly filter: { readonly tree: FilterNode; readonly test: RowTest } | undefined;
  /** What was asked for; empty means the entity's own order. */
  readonly order: readonly OrderTerm[];
  readonly top: number | undefined;
  readonly skip: number;
  readonly count: boolean;
  readonly skipToken: string | undefined;
}

const schemaVersions: ReadonlySet<string> = new Set(["1.0", "2.0", "2.1"]);

/** Reads and checks the options; throws 400 for everything the entity or the product does not offer. */
export function readOptions(query: Query, entity: Entity): ReadOptions {
  const schemaVersion = query.get("$schemaversion") ?? "2.0";
  if (!schemaVersions.has(schemaVersion)) {
    throw badRequest(`The schema version '${schemaVersion}' is not supported.`);
  }
  const filter = query.get("$filter")?.trim();
  const tree = filter === undefined || filter === "" ? undefined : parseFilter(filter);
  return {
    select: readSelect(query.get("$select"), entity),
    expand: readExpand(query.get("$expand"), entity, schemaVersion),
    filter: tree === undefined ? undefined : { tree, test: compileFilter(tree, entity, schemaVersion) },
    order: readOrder(query.get("$orderby"), entity),
    top: readCount("$top", query.get("$top")),
    skip: readCount("$skip", query.get("$skip")) ?? 0,
    count: readFlag("$count", query.get("$count")),
    skipToken: query.get("$skiptoken"),
  };
}

function readSelect(list: string | undefined, entity: Entity): readonly string[] | undefined {
  if (list === undefined || list.trim() === "") return undefined;
  const names = list.split(",").map((name) => name.trim());
  if (names.includes("*")) return undefined;
  for (const name of names) {
    if (fieldOf(entity, name) === undefined && navigationOf(entity, name) === undefined) {
      throw unknownProperty(name, entity);
    }
  }
  return [...new Set(names)];
}

function readExpand(list: string | undefined, entity: Entity, schemaVersion: string): readonly Expand[] {
  if (list === undefined || list.trim() === "") return [];
  return splitOutside(list, ",").map((item) => {
    const bracket = item.indexOf("(");
    const name = bracket < 0 ? item : item.slice(0, bracket).trim();
    const navigation = navigationOf(entity, name);
    if (navigation === undefined) throw unknownProperty(name, entity);
    const target = targetOf(navigation);
    const inner = bracket < 0 ? "" : item.slice(bracket + 1, item.lastIndexOf(")"));
    return { navigation, entity: target, options: readNested(inner, target, schemaVersion) };
  });
}

const nestedOptions: ReadonlySet<string> = new Set([
  "$filter",
  "$select",
  "$expand",
  "$orderby",
  "$top",
  "$skip",
  "$count",
]);

function readNested(inner: string, entity: Entity, schemaVersion: string): ReadOptions {
  const query = new Map<string, string>([["$schemaversion", schemaVersion]]);
  for (const part of splitOutside(inner, ";")) {
    if (part === "") continue;
    const cut = part.indexOf("=");
    const name = part.slice(0, Math.max(cut, 0)).trim();
    if (!nestedOptions.has(name)) throw badRequest(`The expand option '${part}' is not supported.`);
    query.set(name, part.slice(cut + 1).trim());
  }
  return readOptions(query, entity);
}

function readOrder(list: string | undefined, entity: Entity): readonly OrderTerm[] {
  if (list === undefined || list.trim() === "") return [];
  return list.split(",").map((item) => {
    const [name = "", direction = "asc", ...rest] = item.trim().split(/\s+/);
    if (name.includes("/")) throw notOffered(`The path '${name}' into a related entity`);
    if (rest.length > 0 || (direction !== "asc" && direction !== "desc")) {
      throw badRequest(`Syntax error in '$orderby=${list}'.`);
    }
    return { field: knownField(name, entity), descending: direction === "desc" };
  });
}

function readCount(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count)) {
    throw badRequest(
      `Invalid value '${text}' for ${name} query option found. It must be a non-negative integer.`,
    );
  }
  return count;
}

function readFlag(name: string, text: string | undefined): boolean {
  if (text === undefined || text === "false") return false;
  if (text === "true") return true;
  throw badRequest(`Invalid value '${text}' for ${name} query option found. It must be 'true' or 'false'.`);
}

function unknownProperty(name: string, entity: Entity): Error {
  return badRequest(`Could not find a property named '${name}' on type 'Microsoft.NAV.${entity.name}'.`);
}
