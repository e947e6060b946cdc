// One unit of work over the store: it sees its own writes, can take some of them back, and reaches the store in one
// commit. Ids and automatic numbers are handed out at once and never twice, as the real service does.
import { toText, number, numberText } from "../../core/json.ts";
import { effectOf, isLocked, type FaultPlan } from "../../core/faults.ts";
import type { LateCommits } from "../../core/late-commits.ts";
import type { Change, Row, SandboxStore, StoreIndex } from "../../core/store.ts";
import { makeId } from "../ids.ts";
import type { Schema, SObject } from "../schema/schema.ts";
import { toDatetime } from "./dates.ts";
import { isIndexed, toIndexValue, type Reader } from "./reader.ts";

export interface Transaction extends Reader {
  /** The stamp of everything written: a whole second. */
  readonly stamp: string;
  put(object: string, row: Row): void;
  newId(object: SObject): string;
  /** The next number of an automatic number field, eight digits. */
  nextNumber(object: string): string;
  /** Whether somebody else holds this row. */
  isLocked(object: string, id: string): boolean;
  /** A point to go back to. */
  mark(): number;
  rollBack(mark: number): void;
  /** Resolves when the changes are durable and visible. */
  commit(): Promise<void>;
}

export interface Database {
  readonly store: SandboxStore;
  readonly schema: Schema;
  begin(faults: FaultPlan): Transaction;
  /** To be called when the store went back to its seed. */
  readonly forgetCounters: () => void;
}

const COUNTERS = "_counters";

function createIndexes(store: SandboxStore, schema: Schema): ReadonlyMap<string, StoreIndex> {
  const indexes = new Map<string, StoreIndex>();
  for (const object of schema.objects) {
    for (const field of object.fields.filter(isIndexed)) {
      const index = store.index(object.name, (row) => {
        const value = row[field.name];
        return typeof value === "string" ? toIndexValue(field, value) : null;
      });
      indexes.set(`${object.name}.${field.name}`, index);
    }
  }
  return indexes;
}

export function createDatabase(parts: {
  store: SandboxStore;
  schema: Schema;
  lateCommits: LateCommits;
  nowMs: () => number;
}): Database {
  const { store, schema, lateCommits, nowMs } = parts;
  const indexes = createIndexes(store, schema);
  const counters = new Map<string, number>();

  function count(name: string): number {
    const stored = Number(numberText(store.table(COUNTERS).get(name)?.["value"]) ?? "0");
    const value = Math.max(counters.get(name) ?? 0, stored) + 1;
    counters.set(name, value);
    return value;
  }

  function begin(faults: FaultPlan): Transaction {
    const written = new Map<string, Map<string, Row>>();
    const undo: { object: string; id: string; before: Row | undefined }[] = [];
    const counted = new Set<string>();
    const startedMs = nowMs();
    const sameSecond = effectOf(faults, "sameSecondStamps")?.at;
    const stampMs = sameSecond === undefined ? startedMs : Date.parse(sameSecond);

    function countHere(name: string): number {
      counted.add(name);
      return count(name);
    }
    function ownRows(object: string): Map<string, Row> {
      let rows = written.get(object);
      if (!rows) written.set(object, (rows = new Map()));
      return rows;
    }
    function* allRows(object: string): Generator<Row> {
      const own = ownRows(object);
      const table = store.table(object);
      for (const [id, row] of table.entries()) yield own.get(id) ?? row;
      for (const [id, row] of own) if (!table.has(id)) yield row;
    }
    function idsBy(objectName: string, fieldName: string, value: string): readonly string[] {
      const field = schema.object(objectName)?.field(fieldName);
      const index = indexes.get(`${objectName}.${fieldName}`);
      if (!field || !index) throw new Error(`No index on ${objectName}.${fieldName}`);
      const own = ownRows(objectName);
      const stored = index.keysOf(value).filter((id) => !own.has(id));
      const fresh = [...own].filter(([, row]) => {
        const found = row[fieldName];
        return typeof found === "string" && toIndexValue(field, found) === value;
      });
      return [...stored, ...fresh.map(([id]) => id)];
    }
    function changes(): Change[] {
      const rowChanges = [...written].flatMap(([table, own]) =>
        [...own].map(([key, row]) => ({ table, key, row })),
      );
      const counterChanges = [...counted].map((key) => ({
        table: COUNTERS,
        key,
        row: { value: number(String(counters.get(key) ?? 0)) },
      }));
      return rowChanges.length === 0 ? [] : [...rowChanges, ...counterChanges];
    }

    return {
      stamp: toDatetime(Math.floor(stampMs / 1000) * 1000),
      row: (object, id) => written.get(object)?.get(id) ?? store.table(object).get(id),
      rows: allRows,
      idsBy,
      put(object, row) {
        const id = toText(row["Id"]);
        const own = ownRows(object);
        undo.push({ object, id, before: own.get(id) });
        own.set(id, row);
      },
      newId: (object) => makeId(object.keyPrefix, countHere(`${object.name}.Id`)),
      nextNumber: (object) => String(countHere(object)).padStart(8, "0"),
      isLocked: (object, id) => isLocked(faults, id) || lateCommits.isHeld(object, id),
      mark: () => undo.length,
      rollBack(mark) {
        for (const step of undo.splice(mark).toReversed()) {
          if (step.before) ownRows(step.object).set(step.id, step.before);
          else ownRows(step.object).delete(step.id);
        }
      },
      async commit() {
        const late = effectOf(faults, "lateCommit");
        const all = changes();
        if (late && all.length > 0) await lateCommits.hold(all, startedMs, late.seconds);
        else await store.commit(all);
      },
    };
  }

  return { store, schema, begin, forgetCounters: () => counters.clear() };
}
