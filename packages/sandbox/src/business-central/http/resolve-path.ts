// Follows a path below the API root, `companies(…)/salesInvoices(…)/salesInvoiceLines`, to the records it means.
import type { Transaction } from "../data/transaction.ts";
import { related } from "../data/run-query.ts";
import { companies, entityOfSet, targetOf } from "../entities/catalog.ts";
import { fieldOf, navigationOf, textOf } from "../entities/entity.ts";
import type { ActionName, Entity, Navigation, Row } from "../entities/entity.ts";
import type { Field } from "../entities/field.ts";
import { badRequest, ODataError, recordNotFound, unknownSegment } from "../odata/odata-error.ts";
import type { Query } from "../odata/query-string.ts";
import { isGuid } from "../write/input.ts";

/** The records a navigation restricts a collection to. */
export interface Parent {
  readonly row: Row;
  readonly navigation: Navigation;
}

interface Place {
  readonly entity: Entity;
  /** Path for context addresses, from the set or company on. */
  readonly contextPath: string;
}

export type Resource =
  | { readonly kind: "service" }
  | (Place & { readonly kind: "collection"; readonly parent: Parent | undefined })
  | (Place & { readonly kind: "count"; readonly parent: Parent | undefined })
  | (Place & { readonly kind: "record"; readonly row: Row })
  | { readonly kind: "nothing" }
  | { readonly kind: "action"; readonly action: ActionName; readonly row: Row; readonly entity: Entity }
  | (Place & { readonly kind: "property"; readonly row: Row; readonly field: Field; readonly raw: boolean });

interface Segment {
  readonly name: string;
  readonly key: string | undefined;
}

export interface Resolved {
  readonly resource: Resource;
  /** In the company the path leads into, where it leads into one. */
  readonly tx: Transaction;
}

/** Throws 404 for what is not there and 400 for what cannot be read. */
export function resolvePath(
  tx: Transaction,
  path: string,
  query: Query,
  companyHeader: string | undefined,
): Resolved {
  const segments = path
    .split("/")
    .filter((part) => part !== "")
    .map(readSegment);
  const [first, second] = segments;
  if (first === undefined) return { tx, resource: { kind: "service" } };
  if (first.name === companies.set && first.key !== undefined && second !== undefined) {
    return resolveInCompany(tx, first.key, segments.slice(1));
  }
  if (first.name === companies.set) return { tx, resource: resolveIn(tx, segments, "") };
  if (entityOfSet(first.name) === undefined) throw unknownSegment(first.name);
  const named = query.get("company") ?? companyHeader;
  if (named === undefined) {
    throw badRequest(
      "A company must be named: in the path as companies({id}), with the query parameter 'company' or with the header 'Company'.",
      "BadRequest_RequiredParamNotProvided",
    );
  }
  return resolveInCompany(tx, named, segments);
}

function resolveInCompany(tx: Transaction, key: string, segments: readonly Segment[]): Resolved {
  const id = textOf(findCompany(tx, key), "id");
  const inside = tx.inCompany(id);
  return { tx: inside, resource: resolveIn(inside, segments, `companies(${id})/`) };
}

function readSegment(part: string): Segment {
  const text = decodePart(part);
  const found = /^([\w.$]+)(?:\((.*)\))?$/s.exec(text);
  if (found === null) throw unknownSegment(text);
  const [, name = "", key] = found;
  return { name, key };
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest(`The text '${part}' is not a valid URL escape.`, "BadRequest_InvalidRequestUrl");
  }
}

/** A company by id, by name, or by quoted name. */
function findCompany(tx: Transaction, key: string): Row {
  const wanted = key.replace(/^'(.*)'$/s, "$1").toLowerCase();
  for (const company of tx.rows(companies.set)) {
    if (textOf(company, "id") === wanted || textOf(company, "name").toLowerCase() === wanted) return company;
  }
  throw new ODataError(
    404,
    "Internal_CompanyNotFound",
    `Cannot process the request because the company '${key}' cannot be found.`,
  );
}

function resolveIn(tx: Transaction, segments: readonly Segment[], scope: string): Resource {
  const [first, ...rest] = segments;
  const entity = first === undefined ? undefined : entityOfSet(first.name);
  if (first === undefined || entity === undefined) throw unknownSegment(first?.name ?? "");
  if (entity === companies && scope !== "") throw unknownSegment(first.name);
  const contextPath = `${scope}${entity.set}`;
  if (first.key === undefined) return resolveCollection(entity, contextPath, undefined, rest);
  const row = entity === companies ? findCompany(tx, first.key) : findRecord(tx, entity, first.key);
  return resolveRecord(tx, entity, contextPath, row, rest);
}

function findRecord(tx: Transaction, entity: Entity, key: string): Row {
  const id = key.replace(/^id=/, "").toLowerCase();
  if (!isGuid(id)) throw new ODataError(404, "BadRequest_NotFound", "Bad Request - Error in query syntax");
  const row = tx.find(entity.set, id);
  if (row === undefined) throw recordNotFound(entity.caption, id);
  return row;
}

function resolveCollection(
  entity: Entity,
  contextPath: string,
  parent: Parent | undefined,
  rest: readonly Segment[],
): Resource {
  const [next, ...more] = rest;
  if (next === undefined) return { kind: "collection", entity, contextPath, parent };
  if (next.name === "$count" && more.length === 0) return { kind: "count", entity, contextPath, parent };
  throw unknownSegment(next.name);
}

function resolveRecord(
  tx: Transaction,
  entity: Entity,
  contextPath: string,
  row: Row,
  rest: readonly Segment[],
): Resource {
  const [next, ...more] = rest;
  if (next === undefined) return { kind: "record", entity, contextPath, row };
  const here = `${contextPath}(${textOf(row, "id")})`;
  const navigation = navigationOf(entity, next.name);
  if (navigation !== undefined) return followNavigation(tx, here, { row, navigation }, next.key, more);
  const field = fieldOf(entity, next.name);
  const isRaw = more.length === 1 && more[0]?.name === "$value";
  if (field !== undefined && next.key === undefined && (more.length === 0 || isRaw)) {
    return { kind: "property", entity, contextPath: `${here}/${field.name}`, row, field, raw: isRaw };
  }
  const action = entity.actions.find((name) => next.name === `Microsoft.NAV.${name}`);
  if (action !== undefined && more.length === 0) return { kind: "action", action, row, entity };
  throw unknownSegment(next.name);
}

function followNavigation(
  tx: Transaction,
  here: string,
  parent: Parent,
  key: string | undefined,
  rest: readonly Segment[],
): Resource {
  const { row, navigation } = parent;
  const entity = targetOf(navigation);
  const contextPath = `${here}/${navigation.name}`;
  const rows = [...related(tx, navigation.target, row, navigation.own, navigation.other)];
  if (!navigation.many) {
    const [only] = rows;
    return only === undefined ? { kind: "nothing" } : resolveRecord(tx, entity, contextPath, only, rest);
  }
  if (key === undefined) return resolveCollection(entity, contextPath, parent, rest);
  const found = rows.find((each) => each["id"] === key.toLowerCase());
  if (found === undefined) throw recordNotFound(entity.caption, key);
  return resolveRecord(tx, entity, contextPath, found, rest);
}
