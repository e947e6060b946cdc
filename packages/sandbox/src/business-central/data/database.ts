// The tables of the companies on top of the sandbox's store, with the indexes that finds by key need, and the commit of
// a finished transaction: at once, or late when a fault says so.
import type { Clock } from "../../core/clock.ts";
import { effectOf } from "../../core/faults.ts";
import type { FaultPlan } from "../../core/faults.ts";
import type { LateCommits } from "../../core/late-commits.ts";
import type { Change, SandboxStore, StoreIndex } from "../../core/store.ts";
import { isIndexed, ROW_VERSION } from "../entities/entity.ts";
import { companyTables, findCompanyTable } from "./company-tables.ts";

/** Table of number series and of the row version; never held back by a late commit. */
export const COUNTERS = "_counters";

/** What happened to a record, told after it is on the disk. */
export interface RecordChange {
  readonly companyId: string;
  readonly set: string;
  readonly id: string;
  readonly kind: "created" | "updated" | "deleted";
}

export interface Database {
  readonly store: SandboxStore;
  readonly clock: Clock;
  /** The index over a field of a table, if it has one. */
  index(table: string, field: string): StoreIndex | undefined;
  /** Whether an open late transaction has changed the row. */
  isHeld(table: string, id: string): boolean;
  /** Makes the changes visible now, or later when a `lateCommit` fault strikes; resolves when they are on the disk. */
  commit(changes: readonly Change[], plan: FaultPlan): Promise<void>;
  /** Calls back after each commit that changed records of a company. */
  onChanged(listener: (changes: readonly RecordChange[]) => void): void;
}

export function openDatabase(store: SandboxStore, clock: Clock, lateCommits: LateCommits): Database {
  const listeners: ((changes: readonly RecordChange[]) => void)[] = [];
  const indexes = new Map<string, StoreIndex>();
  for (const table of companyTables) {
    for (const { name } of table.entity.fields.filter(isIndexed)) {
      const valueOf = (row: Readonly<Record<string, unknown>>): string | null => {
        const value = row[name];
        return typeof value === "string" ? value : null;
      };
      indexes.set(`${table.name}.${name}`, store.index(table.name, valueOf));
    }
  }
  return {
    store,
    clock,
    index: (table, field) => indexes.get(`${table}.${field}`),
    isHeld: (table, id) => lateCommits.isHeld(table, id),
    onChanged: (listener) => void listeners.push(listener),
    async commit(changes, plan) {
      const told = recordChanges(store, changes);
      await write(changes, plan);
      if (told.length > 0) for (const listener of listeners) listener(told);
    },
  };

  async function write(changes: readonly Change[], plan: FaultPlan): Promise<void> {
    const late = effectOf(plan, "lateCommit");
    if (late === undefined) return store.commit(changes);
    const counters = store.commit(changes.filter((change) => change.table === COUNTERS));
    const records = changes.filter((change) => change.table !== COUNTERS);
    await Promise.all([counters, lateCommits.hold(records, clock.now(), late.seconds)]);
  }
}

/** Changes of records, without those that only touched a computed field and so kept their version. */
function recordChanges(store: SandboxStore, changes: readonly Change[]): RecordChange[] {
  return changes.flatMap(({ table, key, row }): RecordChange[] => {
    const place = findCompanyTable(table);
    if (place === undefined) return [];
    const record = { companyId: place.companyId, set: place.entity.set, id: key };
    const before = store.table(table).get(key);
    if (row === null) return before === undefined ? [] : [{ ...record, kind: "deleted" }];
    if (before === undefined) return [{ ...record, kind: "created" }];
    return before[ROW_VERSION] === row[ROW_VERSION] ? [] : [{ ...record, kind: "updated" }];
  });
}
