/** What systems were found to offer, with the day it was found and a fingerprint of each object. */
import { createHash } from "node:crypto";
import { objectSchema, objectSummary, type ObjectSchema, type ObjectSummary } from "@fieldbridge/model";
import * as z from "zod";
import type { Database } from "../db/database.ts";
import { readJson, writeJson } from "./json-text.ts";

export type StoredSchema = ObjectSchema & { discoveredAt: string; fingerprint: string };

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

/** Equal for equal fields and relations, whatever order the system listed them in; labels do not count. */
export function toFingerprint(schema: ObjectSchema): string {
  const plain = {
    ...schema,
    label: "",
    fields: schema.fields
      .map((field) => ({
        ...field,
        label: "",
        description: "",
        choices: field.choices?.map((each) => each.code).sort(),
      }))
      .sort(byName),
    relations: schema.relations.map((relation) => ({ ...relation, label: "" })).sort(byName),
  };
  return createHash("sha256").update(JSON.stringify(plain)).digest("hex").slice(0, 16);
}

export async function readObjectList(
  db: Database,
  connectionId: string,
): Promise<ObjectSummary[] | undefined> {
  const row = await db.prisma.objectList.findUnique({ where: { connectionId } });
  return row === null ? undefined : readJson(z.array(objectSummary), row.objects);
}

export async function saveObjectList(
  db: Database,
  connectionId: string,
  objects: readonly ObjectSummary[],
): Promise<void> {
  const data = { objects: writeJson(objects), discoveredAt: new Date() };
  await db.prisma.objectList.upsert({
    where: { connectionId },
    create: { connectionId, ...data },
    update: data,
  });
}

export async function readSchema(
  db: Database,
  connectionId: string,
  object: string,
): Promise<StoredSchema | undefined> {
  const row = await db.prisma.cachedSchema.findUnique({
    where: { connectionId_object: { connectionId, object } },
  });
  if (row === null) return undefined;
  return {
    ...readJson(objectSchema, row.schema),
    discoveredAt: row.discoveredAt.toISOString(),
    fingerprint: row.fingerprint,
  };
}

export async function saveSchema(
  db: Database,
  connectionId: string,
  schema: ObjectSchema,
): Promise<StoredSchema> {
  const discoveredAt = new Date();
  const data = { schema: writeJson(schema), fingerprint: toFingerprint(schema), discoveredAt };
  await db.prisma.cachedSchema.upsert({
    where: { connectionId_object: { connectionId, object: schema.name } },
    create: { connectionId, object: schema.name, ...data },
    update: data,
  });
  return { ...schema, discoveredAt: discoveredAt.toISOString(), fingerprint: data.fingerprint };
}
