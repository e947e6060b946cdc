// Runs a read over a set: candidates by index where the filter names keys, then the filter, the order and one page.
// Pages continue after the last row's sort values, so rows that come or go in between shift nothing.
import { isObject } from "../../core/json.ts";
import { fieldOf, textOf } from "../entities/entity.ts";
import type { Entity, Row } from "../entities/entity.ts";
import type { Field } from "../entities/field.ts";
import { keyLookups } from "../odata/key-lookup.ts";
import type { KeyLookup } from "../odata/key-lookup.ts";
import { badRequest } from "../odata/odata-error.ts";
import type { OrderTerm, ReadOptions } from "../odata/read-options.ts";
import { compareStored } from "../odata/value-type.ts";
import type { Database } from "./database.ts";
import type { Transaction } from "./transaction.ts";

export interface Page {
  readonly rows: readonly Row[];
  /** Number of all rows that pass the filter, when it was asked for. */
  readonly count: number | undefined;
  /** Where the next page begins, when there is one. */
  readonly next: { readonly skipToken: string; readonly top: number | undefined } | undefined;
}

/** Rows of the set that the filter can let through, found by index when it names keys. */
export function candidates(
  database: Database,
  tx: Transaction,
  entity: Entity,
  options: ReadOptions,
): Iterable<Row> {
  const lookups = options.filter === undefined ? [] : keyLookups(options.filter.tree);
  // All companies have the same indexes.
  const lookup = lookups.find(
    ({ field }) => field === "id" || database.index(entity.set, field) !== undefined,
  );
  if (lookup === undefined) return tx.rows(entity.set);
  return tx.rowsWhere(entity.set, lookup.field, storedValues(entity, lookup));
}

function storedValues(entity: Entity, lookup: KeyLookup): string[] {
  const isCode = fieldOf(entity, lookup.field)?.kind === "code";
  return [...lookup.values].map((value) => (isCode ? value.toUpperCase() : value.toLowerCase()));
}

/** One page of the rows; `pageSize` is the most rows it may have. */
export function runQuery(rows: Iterable<Row>, entity: Entity, options: ReadOptions, pageSize: number): Page {
  const order = fullOrder(entity, options);
  const compareRows = (left: Row, right: Row): number => {
    for (const { field, descending } of order) {
      const result = compareStored(field, valueOf(left, field), valueOf(right, field));
      if (result !== 0) return descending ? -result : result;
    }
    return 0;
  };
  const after = options.skipToken === undefined ? undefined : readSkipToken(options.skipToken, order);
  const limit = Math.min(options.top ?? Infinity, pageSize);
  const skip = after === undefined ? options.skip : 0;
  const chosen = createSelection(compareRows, skip + limit + 1);
  let count = 0;
  for (const row of rows) {
    if (options.filter !== undefined && !options.filter.test(row)) continue;
    count += 1;
    if (after === undefined || compareRows(row, after) > 0) chosen.offer(row);
  }
  const found = chosen.sorted().slice(skip);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const isMore = found.length > page.length && (options.top === undefined || options.top > page.length);
  return {
    rows: page,
    count: options.count ? count : undefined,
    next:
      isMore && last !== undefined
        ? {
            skipToken: writeSkipToken(last, order),
            top: options.top === undefined ? undefined : options.top - page.length,
          }
        : undefined,
  };
}

/** Keeps the first `size` rows of all that are offered. */
function createSelection(compareRows: (left: Row, right: Row) => number, size: number) {
  let kept: Row[] = [];
  let worst: Row | undefined;
  const shrink = (): void => {
    kept = kept.sort(compareRows).slice(0, size);
    worst = kept.length === size ? kept.at(-1) : undefined;
  };
  return {
    offer(row: Row): void {
      if (worst !== undefined && compareRows(row, worst) >= 0) return;
      kept.push(row);
      if (kept.length >= size * 2 + 1000) shrink();
    },
    sorted(): readonly Row[] {
      shrink();
      return kept;
    },
  };
}

function fullOrder(entity: Entity, options: ReadOptions): readonly OrderTerm[] {
  const asked =
    options.order.length > 0
      ? options.order
      : entity.order.flatMap((name) => {
          const field = fieldOf(entity, name);
          return field === undefined ? [] : [{ field, descending: false }];
        });
  const id = fieldOf(entity, "id");
  return id === undefined || asked.some(({ field }) => field.name === "id")
    ? asked
    : [...asked, { field: id, descending: false }];
}

function valueOf(row: Row, field: Field): string | boolean {
  return row[field.name] ?? "";
}

function writeSkipToken(row: Row, order: readonly OrderTerm[]): string {
  const values = Object.fromEntries(order.map(({ field }) => [field.name, valueOf(row, field)]));
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

function readSkipToken(token: string, order: readonly OrderTerm[]): Row {
  const values = readJsonToken(token);
  const isWhole = order.every(({ field }) => ["string", "boolean"].includes(typeof values[field.name]));
  if (!isWhole) throw badRequest("The $skiptoken is not valid for this request.");
  return values;
}

function readJsonToken(token: string): Row {
  try {
    const values: unknown = JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
    return isObject(values) ? (values as Row) : {};
  } catch {
    return {};
  }
}

/** The lines of a document, or the one record a navigation leads to. */
export function related(
  tx: Transaction,
  target: string,
  row: Row,
  own: string,
  other: string,
): Iterable<Row> {
  return own === "" ? tx.rows(target) : tx.rowsWhere(target, other, [textOf(row, own)]);
}
