/**
 * Finds rows for many key tuples with few calls and gives every tuple its rows by the system's own comparison: two
 * spellings that this process cannot tell apart never share a call, so what comes back for one is its own.
 */
import type { Cell, FieldSchema, Row } from "@fieldbridge/model";
import { looselyFold, toChunks } from "./values.ts";

export interface FindPlan {
  readonly values: readonly (readonly Cell[])[];
  /** Types of the key fields, in the order of the tuples. */
  readonly types: readonly FieldSchema["type"][];
  /** The condition for one tuple; undefined where no record can match. */
  readonly toCondition: (tuple: readonly Cell[]) => string | undefined;
  readonly maxTuples: number;
  /** Space for the conditions of one call. */
  readonly space: number;
  readonly sizeOf: (condition: string) => number;
  /** All rows for which one of the conditions holds. */
  readonly ask: (tuples: readonly AskedTuple[]) => Promise<readonly Row[]>;
  /** Equal for values this system may see as equal; undefined for blank ones. */
  readonly fold: (cell: Cell | undefined, type: FieldSchema["type"]) => string | undefined;
  /** Values of the key fields of an answered row. */
  readonly keyOf: (row: Row) => readonly (Cell | undefined)[];
}

export interface AskedTuple {
  readonly values: readonly Cell[];
  readonly condition: string;
}

interface Asked extends AskedTuple {
  /** Equal for tuples a system may see as equal. */
  readonly folded: string;
  readonly places: number[];
}

function foldTuple(plan: FindPlan, cells: readonly (Cell | undefined)[]): string | undefined {
  const parts = cells.map((cell, place) => plan.fold(cell, plan.types[place] ?? "text"));
  return parts.includes(undefined) ? undefined : JSON.stringify(parts);
}

/** The system found the row for this very tuple; only a value that differs in more than spelling is not taken. */
function isSameTuple(plan: FindPlan, asked: readonly Cell[], got: readonly (Cell | undefined)[]): boolean {
  return asked.every((cell, place) => {
    const other = got[place];
    const type = plan.types[place] ?? "text";
    if (plan.fold(cell, type) === plan.fold(other, type)) return true;
    return typeof cell === "string" && typeof other === "string" && looselyFold(cell) === looselyFold(other);
  });
}

/** One entry per spelling, with the places that ask for it; blank and impossible tuples are left out. */
function toAsked(plan: FindPlan): Asked[] {
  const bySpelling = new Map<string, Asked>();
  plan.values.forEach((tuple, place) => {
    const spelling = JSON.stringify(tuple);
    const known = bySpelling.get(spelling);
    if (known !== undefined) {
      known.places.push(place);
      return;
    }
    const folded = foldTuple(plan, tuple);
    const condition = folded === undefined ? undefined : plan.toCondition(tuple);
    if (folded !== undefined && condition !== undefined)
      bySpelling.set(spelling, { values: tuple, condition, folded, places: [place] });
  });
  return [...bySpelling.values()];
}

/** Splits so that no group has two tuples with the same fold. */
function separateSpellings(asked: readonly Asked[]): Asked[][] {
  const groups: Asked[][] = [];
  const seen = new Map<string, number>();
  for (const each of asked) {
    const turn = seen.get(each.folded) ?? 0;
    seen.set(each.folded, turn + 1);
    (groups[turn] ??= []).push(each);
  }
  return groups;
}

/** Rows per tuple, in the order of the tuples. */
export async function findGroups(plan: FindPlan): Promise<readonly (readonly Row[])[]> {
  const found: (readonly Row[])[] = plan.values.map(() => []);

  async function askFor(chunk: readonly Asked[]): Promise<void> {
    const rows = await plan.ask(chunk);
    const [only] = chunk;
    if (chunk.length === 1 && only !== undefined) {
      const own = rows.filter((row) => isSameTuple(plan, only.values, plan.keyOf(row)));
      for (const place of only.places) found[place] = own;
      return;
    }
    const byFold = new Map<string, Row[]>(chunk.map((each) => [each.folded, []]));
    let strangers = 0;
    for (const row of rows) {
      const group = byFold.get(foldTuple(plan, plan.keyOf(row)) ?? "");
      if (group === undefined) strangers += 1;
      else group.push(row);
    }
    if (strangers > 0) {
      // The system compares in a way we cannot: ask in halves until each row has only one tuple to belong to.
      const middle = Math.ceil(chunk.length / 2);
      await askFor(chunk.slice(0, middle));
      await askFor(chunk.slice(middle));
      return;
    }
    for (const each of chunk) for (const place of each.places) found[place] = byFold.get(each.folded) ?? [];
  }

  for (const group of separateSpellings(toAsked(plan))) {
    const chunks = toChunks(group, {
      count: plan.maxTuples,
      space: plan.space,
      sizeOf: (each) => plan.sizeOf(each.condition),
    });
    for (const chunk of chunks) await askFor(chunk);
  }
  return found;
}
