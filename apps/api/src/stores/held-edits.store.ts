/** Values people corrected on held records: stored with who and when, used for one attempt, kept for the trail. */
import type { CorrectedValue } from "@fieldbridge/engine";
import { heldEdit, type HeldEdit } from "@fieldbridge/model";
import type pg from "pg";
import type { Database } from "../db/database.ts";
import { readJson, writeJson } from "./json-text.ts";

const { values: editedValues } = heldEdit.shape;

export async function insertEdit(
  db: Database,
  heldId: string,
  edit: { readonly by: string; readonly values: readonly CorrectedValue[] },
): Promise<void> {
  await db.pool.query("insert into held_edits (held_id, by, values) values ($1, $2, $3)", [
    heldId,
    edit.by,
    writeJson(edit.values),
  ]);
}

/** Oldest first. */
export async function listEdits(db: Database, heldId: string): Promise<HeldEdit[]> {
  const { rows } = await db.pool.query<{ at: Date; by: string; values: string; run_id: string | null }>(
    "select at, by, values, run_id from held_edits where held_id = $1 order by id",
    [heldId],
  );
  return rows.map((row) => ({
    at: row.at.toISOString(),
    by: row.by,
    values: readJson(editedValues, row.values),
    runId: row.run_id,
  }));
}

export interface WaitingEdits {
  readonly ids: readonly string[];
  /** The last correction of each path. */
  readonly values: readonly CorrectedValue[];
}

/** Edits no run has tried yet, by held record. */
export async function readWaitingEdits(
  db: Database,
  heldIds: readonly string[],
): Promise<ReadonlyMap<string, WaitingEdits>> {
  const { rows } = await db.pool.query<{ held_id: string; ids: string[]; values: string[] }>(
    `select held_id::text, array_agg(id::text order by id) as ids, array_agg(values order by id) as values
     from held_edits where held_id = any($1::bigint[]) and run_id is null group by held_id`,
    [heldIds],
  );
  return new Map(
    rows.map((row) => {
      const all = row.values.flatMap((text) => readJson(editedValues, text));
      const byPath = new Map(all.map((value) => [value.path, value]));
      return [row.held_id, { ids: row.ids, values: [...byPath.values()] }];
    }),
  );
}

/** Of the edits this run was given, those whose record it has tried by now are used up. */
export async function useEdits(
  client: pg.ClientBase,
  runId: string,
  given: ReadonlySet<string>,
): Promise<void> {
  if (given.size === 0) return;
  await client.query(
    `update held_edits set run_id = $1 from held_records held
     where held.id = held_id and held.last_run_id = $1 and held_edits.id = any($2::bigint[]) and run_id is null`,
    [runId, [...given]],
  );
}
