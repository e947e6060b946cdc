/** Connections, the schemas behind them and sample records. */
import * as z from "zod";
import { row } from "../cell.ts";
import {
  connection,
  connectionCheck,
  connectionConfig,
  connectionInput,
  connectionSecrets,
  slug,
} from "../connection.ts";
import { objectSchema, objectSummary } from "../object-schema.ts";
import { byId, defineRoutes, done, list } from "./route.ts";

/** A field that lost something since transfers were published with it, and those transfers. */
export const fieldImpact = z.object({
  object: z.string(),
  field: z.string(),
  message: z.string(),
  transfers: z.array(z.object({ id: z.string(), name: z.string() })),
});

export type FieldImpact = z.infer<typeof fieldImpact>;

/** A field and the published transfers that rely on it. */
export const fieldUse = fieldImpact.omit({ message: true });

export type FieldUse = z.infer<typeof fieldUse>;

export const connectionRoutes = defineRoutes({
  listConnections: {
    method: "GET",
    path: "/connections",
    right: "view",
    summary: "All connections",
    response: list(connection),
  },
  getConnection: {
    method: "GET",
    path: "/connections/:id",
    right: "view",
    summary: "One connection",
    params: byId,
    response: connection,
  },
  createConnection: {
    method: "POST",
    path: "/connections",
    right: "administer",
    summary: "Store a connection; secrets are sealed and never shown again",
    body: connectionInput,
    response: connection,
  },
  updateConnection: {
    method: "PUT",
    path: "/connections/:id",
    right: "administer",
    summary: "Change a connection; absent secrets stay as they are",
    params: byId,
    body: connectionInput.omit({ id: true }),
    response: connection,
  },
  deleteConnection: {
    method: "DELETE",
    path: "/connections/:id",
    right: "administer",
    summary: "Delete a connection that no transfer uses",
    params: byId,
    response: done,
  },
  testConnection: {
    method: "POST",
    path: "/connections/:id/test",
    right: "operate",
    summary: "Check address, sign-in and rights of a stored connection",
    params: byId,
    response: z.object({ ok: z.boolean(), checks: z.array(connectionCheck), objects: z.int().nullable() }),
  },
  testConnectionInput: {
    method: "POST",
    path: "/connections/test",
    right: "administer",
    summary: "Check settings before they are stored",
    body: z.strictObject({
      config: connectionConfig,
      secrets: connectionSecrets.default({}),
      /** Take absent secrets from this stored connection. */ id: slug.optional(),
    }),
    response: z.object({ ok: z.boolean(), checks: z.array(connectionCheck), objects: z.int().nullable() }),
  },
  listObjects: {
    method: "GET",
    path: "/connections/:id/objects",
    right: "view",
    summary: "Objects the system offers",
    params: byId,
    query: z.object({ refresh: z.stringbool().default(false) }),
    response: list(objectSummary),
  },
  getObject: {
    method: "GET",
    path: "/connections/:id/objects/:object",
    right: "view",
    summary: "Fields and relations of one object",
    params: z.object({ id: z.string(), object: z.string() }),
    query: z.object({ refresh: z.stringbool().default(false) }),
    response: objectSchema.extend({ discoveredAt: z.iso.datetime(), fingerprint: z.string() }),
  },
  getImpact: {
    method: "GET",
    path: "/connections/:id/impact",
    right: "view",
    summary: "Fields that changed since transfers were published with them, and these transfers",
    params: byId,
    /** `refresh` asks the system; else what was discovered last is compared. */
    query: z.object({ refresh: z.stringbool().default(false) }),
    response: list(fieldImpact),
  },
  listFieldUses: {
    method: "GET",
    path: "/connections/:id/field-uses",
    right: "view",
    summary: "Fields that published transfers rely on, and these transfers",
    params: byId,
    response: list(fieldUse),
  },
  readSamples: {
    method: "POST",
    path: "/connections/:id/samples",
    right: "design",
    summary: "Sample records of an object with the given paths",
    params: byId,
    body: z.strictObject({
      object: z.string(),
      paths: z.array(z.string()).max(2_000),
      filter: z.string().optional(),
      limit: z.int().min(1).max(50).default(10),
      /** Records to read first, whatever the filter says; what is left of the limit is read with it. */
      keys: z.array(z.string()).max(50).optional(),
    }),
    response: z.object({ rows: z.array(row), matching: z.int().nullable() }),
  },
});
