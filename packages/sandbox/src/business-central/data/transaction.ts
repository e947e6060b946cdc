// One unit of work: it reads the database with its own changes on top, and nothing of it is seen by others before it is
// committed. A deep insert, a posting and an isolated batch are each one of these, so a failure leaves no trace.
import { add, decimal, formatDecimal } from "../../core/decimal.ts";
import { effectOf, isLocked } from "../../core/faults.ts";
import type { FaultPlan } from "../../core/faults.ts";
import type { Change } from "../../core/store.ts";
import { entityOfSet } from "../entities/catalog.ts";
import { ROW_VERSION, textOf } from "../entities/entity.ts";
import type { Row } from "../entities/entity.ts";
import { CRONUS } from "../identity.ts";
import { ODataError } from "../odata/odata-error.ts";
import { nameIn, tableOf } from "./company-tables.ts";
import { COUNTERS } from "./database.ts";
import type { Database } from "./database.ts";

/** Its sets and number series are those of one company. */
export interface Transaction {
  /** The instant stamped on everything written here, ISO 8601 in UTC with milliseconds. */
  readonly stamp: string;
  /** The company's working day, `YYYY-MM-DD`. */
  readonly today: string;
  find(set: string, id: string): Row | undefined;
  rows(set: string): Iterable<Row>;
  /** Rows whose field has one of the values (in stored spelling); by index where there is one. */
  rowsWhere(set: string, field: string, values: Iterable<string>): Row[];
  /** Stores a row with a new version and change stamp and gives it back. */
  put(set: string, row: Row): Row;
  /** Stores a computed field without a trace in version and stamp. */
  putQuietly(set: string, row: Row): void;
  remove(set: string, row: Row): void;
  /** The next number of a series that begins with `first`, e.g. "SI-100001". */
  nextNumber(prefix: string, first: number): string;
  /** The same unit of work inside another company. */
  inCompany(companyId: string): Transaction;
  /** Everything done so far, in whichever company, in one piece for the commit. */
  changes(): Change[];
}

interface Work {
  readonly database: Database;
  readonly plan: FaultPlan;
  readonly stamp: string;
  /** Changed rows by table; null for a removed one. */
  readonly overlay: Map<string, Map<string, Row | null>>;
}

/** Begins in the first company. */
export function openTransaction(database: Database, plan: FaultPlan): Transaction {
  const stamp = effectOf(plan, "sameSecondStamps")?.at ?? new Date(database.clock.now()).toISOString();
  return workIn(CRONUS.id, { database, plan, stamp, overlay: new Map() });
}

function workIn(companyId: string, work: Work): Transaction {
  const { database, plan, stamp, overlay } = work;
  const { store } = database;

  const overlayOf = (set: string): Map<string, Row | null> => {
    const table = tableOf(companyId, set);
    const known = overlay.get(table);
    if (known !== undefined) return known;
    const fresh = new Map<string, Row | null>();
    overlay.set(table, fresh);
    return fresh;
  };

  function find(set: string, id: string): Row | undefined {
    const table = tableOf(companyId, set);
    const changed = overlay.get(table)?.get(id);
    return changed === undefined ? asRow(store.table(table).get(id)) : (changed ?? undefined);
  }

  function* rows(set: string): Generator<Row> {
    const table = tableOf(companyId, set);
    const changed = overlay.get(table);
    const seen = new Set<string>();
    for (const [id, row] of store.table(table).entries()) {
      const current = changed?.get(id);
      if (current !== undefined) seen.add(id);
      const visible = current === undefined ? asRow(row) : current;
      if (visible) yield visible;
    }
    for (const [id, row] of changed ?? []) if (row !== null && !seen.has(id)) yield row;
  }

  function rowsWhere(set: string, field: string, values: Iterable<string>): Row[] {
    const wanted = new Set(values);
    const table = tableOf(companyId, set);
    const index = database.index(table, field);
    if (field !== "id" && index === undefined)
      return [...rows(set)].filter((row) => wanted.has(textOf(row, field)));
    const ids = field === "id" ? wanted : new Set([...wanted].flatMap((value) => index?.keysOf(value) ?? []));
    const changed = overlay.get(table);
    for (const [id, row] of changed ?? []) if (row !== null && wanted.has(textOf(row, field))) ids.add(id);
    return [...ids].flatMap((id) => {
      const row = find(set, id);
      return row !== undefined && wanted.has(textOf(row, field)) ? [row] : [];
    });
  }

  function checkFree(set: string, row: Row): void {
    const keys = ["id", "number", "code", "externalDocumentNumber"].map((field) => textOf(row, field));
    const isHeld = database.isHeld(tableOf(companyId, set), textOf(row, "id"));
    if (!isHeld && !keys.some((key) => key !== "" && isLocked(plan, key))) return;
    throw new ODataError(
      503,
      "Internal_ServerError",
      `The operation could not complete because a record in the ${entityOfSet(set)?.caption ?? set} table was locked ` +
        "by another user. Please retry the activity.",
    );
  }

  function advance(counter: string, start: string): string {
    const before = find(COUNTERS, counter);
    const value =
      before === undefined ? start : formatDecimal(add(decimal(textOf(before, "value")), decimal("1")));
    overlayOf(COUNTERS).set(counter, { value });
    return value;
  }

  function put(set: string, row: Row): Row {
    checkFree(set, row);
    const stamped = {
      ...row,
      lastModifiedDateTime: stamp,
      [ROW_VERSION]: advance("rowVersion", "1000001"),
    };
    overlayOf(set).set(textOf(row, "id"), stamped);
    return stamped;
  }

  return {
    stamp,
    today: stamp.slice(0, 10),
    find,
    rows,
    rowsWhere,
    put,
    putQuietly: (set, row) => void overlayOf(set).set(textOf(row, "id"), row),
    remove(set, row) {
      checkFree(set, row);
      overlayOf(set).set(textOf(row, "id"), null);
    },
    nextNumber: (prefix, first) => `${prefix}${advance(nameIn(companyId, prefix), String(first))}`,
    inCompany: (otherId) => workIn(otherId, work),
    changes: () =>
      [...overlay].flatMap(([table, changed]) => [...changed].map(([key, row]) => ({ table, key, row }))),
  };
}

/** Tables of this server hold text and booleans only; the seed and `put` see to that. */
function asRow(row: object | undefined): Row | undefined {
  return row as Row | undefined;
}
