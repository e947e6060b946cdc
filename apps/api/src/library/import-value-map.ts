/** Entries of a value map from a CSV file: what each line does is said first, and what cannot count is refused. */
import {
  readCsv,
  storedValueMap,
  type CsvRow,
  type StoredValueMap,
  type ValueMapEntry,
  type ValueMapImport,
  type ValueMapImportLine,
} from "@fieldbridge/model";
import type { Database } from "../db/database.ts";
import { inTransaction } from "../db/transaction.ts";
import { notValid, orNotFound } from "../problem.ts";
import { lockValueMap, updateValueMap } from "../stores/value-maps.store.ts";

export interface ImportRequest {
  readonly csv: string;
  readonly check: boolean;
  readonly existing: "keep" | "update" | "replace";
}

const LONGEST_CELL = 400;
const MOST_ENTRIES = 100_000;

interface GivenEntry {
  readonly line: number;
  readonly entry: ValueMapEntry;
}

/** A first line that names the columns `from` and `to` gives their order; without one it is from, to, note. */
function readEntries(rows: readonly CsvRow[]): GivenEntry[] {
  const names = rows[0]?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const hasHeader = names.includes("from") && names.includes("to");
  const [from, to, note] = hasHeader ? ["from", "to", "note"].map((name) => names.indexOf(name)) : [0, 1, 2];
  return (hasHeader ? rows.slice(1) : rows).map(({ line, cells }) => {
    const cellAt = (column: number | undefined): string => cells[column ?? -1] ?? "";
    const words = cellAt(note);
    return {
      line,
      entry: { from: cellAt(from), to: cellAt(to), ...(words !== "" && { note: words }) },
    };
  });
}

/** Lines of each value that stands in the file more than once. */
const findDoubled = (given: readonly GivenEntry[]): ReadonlyMap<string, readonly number[]> => {
  const lines = new Map<string, number[]>();
  for (const { line, entry } of given) lines.set(entry.from, [...(lines.get(entry.from) ?? []), line]);
  return new Map([...lines].filter(([, each]) => each.length > 1));
};

/** Why the line cannot count. Which of two lines is meant cannot be known, so that both are refused. */
function findMistake(
  { line, entry }: GivenEntry,
  doubled: ReadonlyMap<string, readonly number[]>,
): string | undefined {
  if (entry.from === "") return "The value to translate is empty.";
  const cells = [entry.from, entry.to, entry.note ?? ""];
  if (cells.some((cell) => cell.length > LONGEST_CELL))
    return `A cell has at most ${LONGEST_CELL} characters.`;
  if (cells.some((cell) => cell.includes("\u0000"))) return "A cell contains a character no database takes.";
  const others = doubled.get(entry.from)?.filter((each) => each !== line) ?? [];
  if (others.length === 0) return undefined;
  const places = `${others.length === 1 ? "line" : "lines"} ${others.slice(0, 5).join(", ")}`;
  return `“${entry.from}” stands on ${places} as well.`;
}

/** What every line would do to the map, and the entries afterwards. */
export function planImport(
  map: StoredValueMap,
  { csv, existing }: Omit<ImportRequest, "check">,
): Omit<ValueMapImport, "map"> & { readonly entries: ValueMapEntry[] } {
  const given = readEntries(readCsv(csv));
  if (given.length === 0) throw notValid("There is no line to import.");
  const doubled = findDoubled(given);
  const known = new Map(map.entries.map((entry) => [entry.from, entry]));
  const entries = new Map(existing === "replace" ? [] : known);
  const lines = given.map(({ line, entry }): ValueMapImportLine => {
    const { from, to } = entry;
    const reason = findMistake({ line, entry }, doubled);
    if (reason !== undefined) return { line, from, to, state: "refused", reason };
    const before = known.get(from);
    if (before !== undefined && existing === "keep") return { line, from, to: before.to, state: "unchanged" };
    const after = { ...before, ...entry };
    entries.set(from, after);
    if (before === undefined) return { line, from, to, state: "added" };
    const isSame = before.to === to && before.note === after.note;
    return isSame
      ? { line, from, to, state: "unchanged" }
      : { line, from, to, state: "changed", before: before.to };
  });
  if (entries.size > MOST_ENTRIES) throw notValid(`A value map has at most ${MOST_ENTRIES} entries.`);
  const removed = map.entries.filter((entry) => !entries.has(entry.from));
  return { lines, removed, entries: [...entries.values()] };
}

export const importValueMap = (db: Database, name: string, request: ImportRequest): Promise<ValueMapImport> =>
  inTransaction(db.pool, async (client) => {
    const map = orNotFound(await lockValueMap(client, name), `Value map ${name}`);
    const { lines, removed, entries } = planImport(map, request);
    if (request.check) return { map, lines, removed };
    const stored = await updateValueMap(client, map.name, storedValueMap.parse({ ...map, entries }));
    return { map: stored, lines, removed };
  });
