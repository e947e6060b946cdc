// The sandbox's data: named tables of plain rows in memory, every transaction appended to a journal, so that state
// survives a restart and a kill at any moment. Rows are never changed in place; a commit swaps whole rows.
import { isObject, parseJson, stringifyJson, type JsonObject } from "./json.ts";
import { openJournal, readJournal, type Journal } from "./journal.ts";

/** One stored record: a flat or nested JSON object; numbers are lossless. */
export type Row = JsonObject;
/** Rows by table, in the order in which they appear. */
export type TableData = Readonly<Record<string, readonly (readonly [key: string, row: Row])[]>>;
/** One row to put (or, with `row: null`, to remove) in a transaction. */
export interface Change {
  readonly table: string;
  readonly key: string;
  readonly row: Row | null;
}

/** A read-only view of a table in insertion order; an updated row keeps its place. */
export interface Table {
  readonly size: number;
  get(key: string): Row | undefined;
  has(key: string): boolean;
  keys(): IterableIterator<string>;
  values(): IterableIterator<Row>;
  entries(): IterableIterator<[string, Row]>;
}

/** Keys of the rows that share one value, kept up to date by the store; empty when there are none. */
export interface StoreIndex {
  keysOf(value: string): readonly string[];
}

export interface SandboxStore {
  /** The table of that name; an unknown name is an empty table. */
  table(name: string): Table;
  /** An index over `valueOf(row)`; rows giving null are left out. Cheap to call once at start, not per request. */
  index(table: string, valueOf: (row: Row) => string | null): StoreIndex;
  /** Applies all changes at once, visible immediately; resolves when they are on the disk. */
  commit(changes: readonly Change[]): Promise<void>;
  /** Back to the seed. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

interface LiveIndex {
  readonly table: string;
  readonly valueOf: (row: Row) => string | null;
  readonly keys: Map<string, Set<string>>;
}

function reindex(index: LiveIndex, key: string, before: Row | undefined, after: Row | null): void {
  const from = before ? index.valueOf(before) : null;
  const to = after ? index.valueOf(after) : null;
  if (from === to) return;
  if (from !== null) {
    const keys = index.keys.get(from);
    keys?.delete(key);
    if (keys?.size === 0) index.keys.delete(from);
  }
  if (to === null) return;
  const keys = index.keys.get(to);
  if (keys) keys.add(key);
  else index.keys.set(to, new Set([key]));
}

function readChanges(line: string): Change[] {
  const parsed = parseJson(line);
  if (!Array.isArray(parsed)) throw new SyntaxError("A journal line is not a transaction");
  return parsed.map((entry: unknown) => {
    if (!Array.isArray(entry)) throw new SyntaxError("A journal entry is not a change");
    const [table, key, row] = entry as unknown[];
    if (typeof table !== "string" || typeof key !== "string") throw new SyntaxError("A change has no key");
    return { table, key, row: isObject(row) ? row : null };
  });
}

function writeChanges(changes: readonly Change[]): string {
  return stringifyJson(changes.map((change) => [change.table, change.key, change.row]));
}

function* snapshotLines(tables: ReadonlyMap<string, ReadonlyMap<string, Row>>): Generator<string> {
  for (const [table, rows] of tables) {
    let chunk: Change[] = [];
    for (const [key, row] of rows) {
      chunk.push({ table, key, row });
      if (chunk.length === 500) {
        yield writeChanges(chunk);
        chunk = [];
      }
    }
    if (chunk.length > 0) yield writeChanges(chunk);
  }
}

/**
 * Opens the data in `file` (a fresh file starts with the seed) and rewrites it as a compact snapshot.
 * With `file: null` everything lives in memory only.
 */
export function openStore(options: { file: string | null; seed: () => TableData }): SandboxStore {
  const tables = new Map<string, Map<string, Row>>();
  const indexes: LiveIndex[] = [];

  function rowsOf(table: string): Map<string, Row> {
    let rows = tables.get(table);
    if (!rows) tables.set(table, (rows = new Map()));
    return rows;
  }

  function apply(change: Change): void {
    const rows = rowsOf(change.table);
    const before = rows.get(change.key);
    for (const index of indexes) {
      if (index.table === change.table) reindex(index, change.key, before, change.row);
    }
    if (change.row) rows.set(change.key, change.row);
    else rows.delete(change.key);
  }

  function fillFromSeed(): void {
    for (const rows of tables.values()) rows.clear();
    for (const index of indexes) index.keys.clear();
    for (const [table, rows] of Object.entries(options.seed())) {
      for (const [key, row] of rows) apply({ table, key, row });
    }
  }

  const lines = options.file === null ? null : readJournal(options.file);
  if (lines && lines.length > 0) for (const line of lines) readChanges(line).forEach(apply);
  else fillFromSeed();
  const journal: Journal | null = options.file === null ? null : openJournal(options.file);
  journal?.replace(snapshotLines(tables));

  return {
    table: (name) => rowsOf(name),
    index(table, valueOf) {
      const index: LiveIndex = { table, valueOf, keys: new Map() };
      for (const [key, row] of rowsOf(table)) reindex(index, key, undefined, row);
      indexes.push(index);
      return { keysOf: (value) => [...(index.keys.get(value) ?? [])] };
    },
    async commit(changes) {
      if (changes.length === 0) return;
      const written = journal?.append(writeChanges(changes));
      changes.forEach(apply);
      await written;
    },
    async reset() {
      fillFromSeed();
      journal?.replace(snapshotLines(tables));
    },
    close: async () => journal?.close(),
  };
}
