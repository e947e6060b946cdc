/** The fields published revisions rely on, and the pause of a transfer whose fields a system changed. */
import type { UsedField } from "@fieldbridge/engine";
import { fieldSchema, type Issue } from "@fieldbridge/model";
import * as z from "zod";
import type { Database } from "../db/database.ts";
import { readJson, writeJson } from "./json-text.ts";

const usedFields: z.ZodType<readonly UsedField[]> = z.array(
  z.object({ side: z.enum(["source", "target"]), object: z.string(), field: fieldSchema }),
);

/** Undefined for a revision that was published before they were kept. */
export async function readUsedFields(
  db: Database,
  transferId: string,
  revision: number,
): Promise<readonly UsedField[] | undefined> {
  const { rows } = await db.pool.query<{ used_fields: string | null }>(
    "select used_fields from transfer_revisions where transfer_id = $1 and number = $2",
    [transferId, revision],
  );
  const text = rows[0]?.used_fields ?? null;
  return text === null ? undefined : readJson(usedFields, text);
}

/** For a revision that has none yet; others stay as they were published (I6). */
export async function fillUsedFields(
  db: Database,
  transferId: string,
  revision: number,
  fields: readonly UsedField[],
): Promise<void> {
  await db.pool.query(
    "update transfer_revisions set used_fields = $3 where transfer_id = $1 and number = $2 and used_fields is null",
    [transferId, revision, writeJson(fields)],
  );
}

export interface FieldsInForce {
  readonly id: string;
  readonly name: string;
  readonly fields: readonly UsedField[];
}

/** Fields of this connection that published transfers rely on, by transfer. */
export async function listFieldsInForce(db: Database, connectionId: string): Promise<FieldsInForce[]> {
  const { rows } = await db.pool.query<{
    id: string;
    name: string;
    source: boolean;
    target: boolean;
    used_fields: string;
  }>(
    `select transfers.id, transfers.name, revisions.source_connection = $1 as source,
       revisions.target_connection = $1 as target, used_fields
     from transfers join transfer_revisions revisions on transfer_id = transfers.id and number = published
     where used_fields is not null and $1 in (revisions.source_connection, revisions.target_connection)
     order by transfers.name, transfers.id`,
    [connectionId],
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    fields: readJson(usedFields, row.used_fields).filter(({ side }) => row[side]),
  }));
}

/** Pauses the transfer until somebody publishes again; nothing happens where that was done meanwhile. */
export async function pauseForReview(
  db: Database,
  transferId: string,
  revision: number,
  issues: readonly Issue[],
): Promise<void> {
  await db.pool.query("update transfers set review = $3 where id = $1 and published = $2", [
    transferId,
    revision,
    writeJson({ since: new Date().toISOString(), issues }),
  ]);
}

/** The system has again what the transfer uses. */
export async function endReview(db: Database, transferId: string): Promise<void> {
  await db.pool.query("update transfers set review = null where id = $1 and review is not null", [
    transferId,
  ]);
}
