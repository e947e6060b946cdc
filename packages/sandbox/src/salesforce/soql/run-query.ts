// Runs a query: parse, resolve, filter, sort, limit. Rows are returned as ids plus a writer, because a cursor shows rows
// as they are when a page is fetched, not as they were when the query ran.
import { toText } from "../../core/json.ts";
import type { Row } from "../../core/store.ts";
import { readId } from "../ids.ts";
import { apiError } from "../errors.ts";
import { isIndexed, toIndexValue, type Reader } from "../rows/reader.ts";
import type { ChildRelationship, Schema, SObject } from "../schema/schema.ts";
import { aggregateRows, compareForOrder, isAggregateQuery } from "./aggregate.ts";
import type { Condition, Path, Query, Value } from "./ast.ts";
import { compileCondition, type InnerQuery } from "./conditions.ts";
import { parseQuery } from "./parse.ts";
import { resolvePath, withoutAlias, type QueryContext } from "./paths.ts";
import { compileSelect, type ChildReader, type RowWriter } from "./select.ts";
import { malformed, queryError } from "./tokens.ts";

/** Rows found, in order, with the way to write one. */
export interface RowsFound {
  readonly kind: "rows";
  readonly object: SObject;
  readonly ids: readonly string[];
  readonly write: RowWriter;
}

export type QueryResult =
  | RowsFound
  | { readonly kind: "count"; readonly total: number }
  | { readonly kind: "aggregate"; readonly object: SObject; readonly records: readonly object[] };

export interface QueryOptions {
  readonly schema: Schema;
  readonly reader: Reader;
  readonly nowMs: number;
  /** Deleted rows too (queryAll). */
  readonly includeDeleted: boolean;
  /** Writes the rows of a child subquery as a query-shaped object. */
  readonly writeChildren: (found: RowsFound, version: string) => object;
}

function invalidType(text: string, path: Path): Error {
  const name = path.names.join(".");
  return queryError(
    text,
    path.at,
    "INVALID_TYPE",
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

/** Ids that can match at all, from one indexed condition; null when every row has to be looked at. */
function candidateIds(
  context: QueryContext,
  object: SObject,
  where: Condition | null,
): readonly string[] | null {
  if (where === null) return null;
  if (where.kind === "and") {
    for (const term of where.terms) {
      const ids = candidateIds(context, object, term);
      if (ids) return ids;
    }
    return null;
  }
  if (where.kind === "in" && !where.negated) return lookUp(context, object, where.left, where.values);
  if (where.kind !== "compare" || where.comparison !== "=" || where.left.kind !== "path") return null;
  return lookUp(context, object, where.left.path, [where.value]);
}

function lookUp(
  context: QueryContext,
  object: SObject,
  path: Path,
  values: readonly Value[],
): readonly string[] | null {
  const names = withoutAlias(context, object, path);
  const field = names.length === 1 ? object.field(names[0] ?? "") : undefined;
  if (!field || values.some((value) => value.kind !== "string")) return null;
  const texts = values.flatMap((value) => (value.kind === "string" ? [value.text] : []));
  if (field.type !== "id" && !isIndexed(field)) return null;
  const keys = texts.map((text) => (field.externalId ? toIndexValue(field, text) : (readId(text) ?? "")));
  if (field.type === "id") return [...new Set(keys)].sort();
  return [...new Set(keys.flatMap((key) => context.reader.idsBy(object.name, field.name, key)))].sort();
}

/** Compiles the filter; the function it gives looks at `only` these ids, or at whatever the filter needs. */
function compileFind(
  context: QueryContext,
  object: SObject,
  query: Query,
  options: QueryOptions,
): (only?: readonly string[]) => Row[] {
  const inner: InnerQuery = (condition) => runInner(context, condition.query, options);
  const test = query.where ? compileCondition(context, object, query.where, inner) : () => true;
  const showDeleted = options.includeDeleted || query.allRows;
  return (only) => {
    const ids = only ?? candidateIds(context, object, query.where);
    const rows: Iterable<Row> = ids
      ? ids.flatMap((id): Row[] => toList(context.reader.row(object.name, id)))
      : context.reader.rows(object.name);
    const found: Row[] = [];
    for (const row of rows) if ((showDeleted || row["IsDeleted"] !== true) && test(row)) found.push(row);
    return found;
  };
}

function toList(row: Row | undefined): Row[] {
  return row ? [row] : [];
}

/** The values of the one column of a semi-join's inner query. */
function runInner(outer: QueryContext, query: Query, options: QueryOptions): ReadonlySet<string> {
  const context = { ...outer, aliases: query.aliases };
  const object = context.schema.object(query.from.names[0] ?? "");
  if (!object) throw invalidType(context.text, query.from);
  const [item, ...more] = query.select;
  if (item?.kind !== "path" || more.length > 0 || query.limit !== null || query.orderBy.length > 0)
    throw malformed(
      context.text,
      query.from.at,
      "The inner select of a semi-join selects one field and no limit",
    );
  const column = resolvePath(context, object, item.path);
  if (column.field.type !== "id" && column.field.type !== "reference")
    throw malformed(
      context.text,
      item.path.at,
      "The inner select of a semi-join needs an id or reference field",
    );
  const values = compileFind(context, object, query, options)().map(column.read);
  return new Set(values.flatMap((value) => (typeof value === "string" ? [value] : [])));
}

function compileSort(context: QueryContext, object: SObject, query: Query): (rows: Row[]) => void {
  const keys = query.orderBy.map((item) => {
    if (item.by.kind === "call")
      throw malformed(context.text, item.by.call.at, "Ordering by a function needs GROUP BY");
    const resolved = resolvePath(context, object, item.by.path);
    if (!resolved.field.sortable)
      throw queryError(
        context.text,
        item.by.path.at,
        "INVALID_FIELD",
        `field '${resolved.field.name}' can not be sorted in a query call`,
      );
    return { ...item, resolved };
  });
  return (rows) => {
    if (keys.length === 0) return;
    rows.sort((left, right) => {
      for (const key of keys) {
        const [a, b] = [key.resolved.read(left), key.resolved.read(right)];
        const sign = compareForOrder(key.resolved.field, a, b, key.descending, key.nullsLast);
        if (sign !== 0) return sign;
      }
      return 0;
    });
  };
}

/** Compiles everything about a query for rows; what it gives can run for many parents. */
function compileRows(
  context: QueryContext,
  object: SObject,
  query: Query,
  options: QueryOptions,
): (only?: readonly string[]) => RowsFound {
  const compileChild = (relationship: ChildRelationship, child: Query): ChildReader =>
    compileChildReader(context, relationship, child, options);
  const write = compileSelect(context, object, query, compileChild);
  const find = compileFind(context, object, query, options);
  const sort = compileSort(context, object, query);
  const end = query.limit === null ? undefined : query.offset + query.limit;
  return (only) => {
    const rows = find(only);
    sort(rows);
    const ids = rows.slice(query.offset, end).map((row) => toText(row["Id"]));
    return { kind: "rows", object, ids, write };
  };
}

function compileChildReader(
  outer: QueryContext,
  relationship: ChildRelationship,
  query: Query,
  options: QueryOptions,
): ChildReader {
  const object = outer.schema.object(relationship.object);
  if (!object) throw invalidType(outer.text, query.from);
  if (query.select.some((item) => item.kind === "child" || item.kind === "call"))
    throw malformed(outer.text, query.from.at, "A child subquery selects fields only");
  const find = compileRows({ ...outer, aliases: query.aliases }, object, query, options);
  return (row, version) => {
    const ids = outer.reader.idsBy(object.name, relationship.field.name, toText(row["Id"]));
    if (ids.length === 0) return null;
    const found = find([...ids].sort());
    return found.ids.length === 0 ? null : options.writeChildren(found, version);
  };
}

/** Runs `text`; throws ApiError with the platform's codes when it is not a query that can be answered. */
export function runQuery(text: string, options: QueryOptions): QueryResult {
  const query = parseQuery(text);
  const { schema, reader, nowMs } = options;
  const context: QueryContext = { text, schema, reader, nowMs, aliases: query.aliases };
  const object = query.from.names.length === 1 ? schema.object(query.from.names[0] ?? "") : undefined;
  if (!object) throw invalidType(text, query.from);
  if (query.offset > 2000)
    throw apiError(400, "NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000");

  const [first, ...others] = query.select;
  if (first?.kind === "call" && first.call.name === "COUNT" && first.call.path === null) {
    if (others.length > 0 || query.orderBy.length > 0 || query.groupBy.length > 0)
      throw malformed(text, first.call.at, "COUNT() stands alone, without ORDER BY or GROUP BY");
    const total = compileFind(context, object, query, options)().length;
    return { kind: "count", total: query.limit === null ? total : Math.min(total, query.limit) };
  }
  if (!isAggregateQuery(query)) {
    if (query.having) throw malformed(text, query.from.at, "HAVING needs GROUP BY");
    return compileRows(context, object, query, options)();
  }
  if (query.limit !== null && query.groupBy.length === 0)
    throw malformed(
      text,
      query.from.at,
      "Non-grouped query that uses overall aggregate functions cannot also use LIMIT",
    );
  const rows = compileFind(context, object, query, options)();
  return { kind: "aggregate", object, records: aggregateRows(context, object, query, rows) };
}
