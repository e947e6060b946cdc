/**
 * The HTTP contract: every route with its rights and schemas, shared by the server, the OpenAPI page and the web
 * client. Errors always have the body `problem`.
 */
import * as z from "zod";
import {
  connection,
  connectionCheck,
  connectionInput,
  connectionSecrets,
  connectionConfig,
  slug,
} from "./connection.ts";
import { row } from "./cell.ts";
import { heldRecord, heldRecordDetail, heldState } from "./held-record.ts";
import { issue } from "./issue.ts";
import { objectSchema, objectSummary } from "./object-schema.ts";
import { preview, previewSelection } from "./preview.ts";
import { failureCause, outcomeAction, recordOutcome, run, runReport, runScope, runState } from "./run.ts";
import { template } from "./template.ts";
import { transferDefinition } from "./transfer.ts";
import { valueMap } from "./value-map.ts";

/** What a caller must be allowed to do. Roles are sets of these. */
export const right = z.enum(["view", "design", "operate", "administer"]);
export type Right = z.infer<typeof right>;

export const problem = z.object({
  code: z.string(),
  message: z.string(),
  issues: z.array(issue),
  requestId: z.string(),
});
export type Problem = z.infer<typeof problem>;

interface RouteShape {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path below `/api`, with `:name` for parameters. */
  readonly path: string;
  readonly right: Right;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
}

const defineRoutes = <T extends Record<string, RouteShape>>(routes: T): T => routes;

const byId = z.object({ id: z.string() });
const page = { limit: z.coerce.number().int().min(1).max(500).default(100), after: z.string().optional() };
const list = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable(), total: z.int() });
const done = z.object({ ok: z.literal(true) });

/** A transfer as the list and the studio need it. `draftRevision` grows with every saved edit of the draft. */
export const transfer = z.object({
  id: z.string(),
  name: z.string(),
  definition: transferDefinition,
  draftRevision: z.int(),
  /** Number of the newest published revision; null for a draft that was never published. */
  published: z.int().nullable(),
  /** True where the draft differs from the published revision. */
  changed: z.boolean(),
  openHeld: z.int(),
  lastRun: run.nullable(),
  /** Set while the published revision pauses, because a system changed fields it uses; publishing ends it. */
  review: z.object({ since: z.iso.datetime(), issues: z.array(issue) }).nullable(),
  updatedAt: z.iso.datetime(),
});
export type Transfer = z.infer<typeof transfer>;

export const revision = z.object({
  number: z.int(),
  note: z.string(),
  publishedAt: z.iso.datetime(),
  definition: transferDefinition,
});
export type Revision = z.infer<typeof revision>;

export const checkResult = z.object({ ok: z.boolean(), issues: z.array(issue) });
export type CheckResult = z.infer<typeof checkResult>;

/** Where the next run starts to read: at `place` (a stamp of the source), or at the beginning where that is null. */
export const transferCursor = z.object({
  place: z.string().nullable(),
  /** A run was interrupted and the next one goes on behind this record. */
  behindKey: z.string().nullable(),
  /** Null where every run reads all records: nothing but the beginning can be chosen then. */
  stampField: z.string().nullable(),
  movedAt: z.iso.datetime().nullable(),
});
export type TransferCursor = z.infer<typeof transferCursor>;

/** Which record of the source became which of the target; pending where a write's answer is not confirmed yet. */
export const transferLink = z.object({
  sourceKey: z.string(),
  targetKey: z.string().nullable(),
  state: z.enum(["pending", "linked"]),
  at: z.iso.datetime(),
});
export type TransferLink = z.infer<typeof transferLink>;

/** What became of each line of an import; refused lines change nothing, the others are stored. */
export const linkImport = z.object({
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  refused: z.array(z.object({ line: z.int(), reason: z.string() })),
});
export type LinkImport = z.infer<typeof linkImport>;

/** The instant to go back to; null is the beginning. */
const rewind = z.strictObject({ from: z.iso.datetime().nullable() });

/** A field that lost something since transfers were published with it, and those transfers. */
export const fieldImpact = z.object({
  object: z.string(),
  field: z.string(),
  message: z.string(),
  transfers: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type FieldImpact = z.infer<typeof fieldImpact>;

/** One transfer's summary on Home. */
export const home = z.object({
  openHeld: z.array(z.object({ transferId: z.string(), transferName: z.string(), count: z.int() })),
  running: z.array(run),
  recentRuns: z.array(run),
  transfers: z.array(z.object({ id: z.string(), name: z.string(), updatedAt: z.iso.datetime() })),
  connections: z.int(),
});
export type Home = z.infer<typeof home>;

const definitionBody = z.strictObject({
  definition: transferDefinition,
  /** Value maps that are not stored yet, as the wizard shows them; others come from the library. */
  valueMaps: z.array(valueMap).optional(),
});

export const formulaInput = z.strictObject({
  formula: z.string().max(10_000),
  /** The record's fields; absent means that types are taken from the record's values. */
  fields: z.array(z.record(z.string(), z.unknown())).optional(),
  record: z.record(z.string(), z.unknown()).optional(),
  timeZone: z.string().optional(),
  now: z.string().optional(),
});

export const routes = defineRoutes({
  getHealth: {
    method: "GET",
    path: "/health",
    right: "view",
    summary: "Whether the server, its database and its worker are up",
    response: z.object({
      ok: z.boolean(),
      version: z.string(),
      database: z.boolean(),
      worker: z.boolean(),
      sandboxes: z.array(z.object({ system: z.string(), url: z.string() })),
    }),
  },
  getHome: {
    method: "GET",
    path: "/home",
    right: "view",
    summary: "What needs attention, runs and recent work",
    response: home,
  },

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
    }),
    response: z.object({ rows: z.array(row), matching: z.int().nullable() }),
  },

  listTemplates: {
    method: "GET",
    path: "/templates",
    right: "view",
    summary: "Starter templates",
    response: list(template),
  },
  getTemplate: {
    method: "GET",
    path: "/templates/:id",
    right: "view",
    summary: "One template",
    params: byId,
    response: template,
  },
  useTemplate: {
    method: "POST",
    path: "/templates/:id/use",
    right: "design",
    summary: "Create the template's transfers and value maps, published and ready to run",
    params: byId,
    body: z.strictObject({
      connections: z.record(slug, slug),
      valueMaps: z.array(valueMap).default([]),
      publish: z.boolean().default(true),
      run: z.boolean().default(false),
    }),
    response: z.object({ transfers: z.array(transfer), runs: z.array(run) }),
  },

  checkDefinition: {
    method: "POST",
    path: "/definitions/check",
    right: "design",
    summary: "Check a definition against the discovered schemas; nothing is stored",
    body: definitionBody,
    response: checkResult,
  },
  previewDefinition: {
    method: "POST",
    path: "/definitions/preview",
    right: "design",
    summary: "Dry run of a definition; nothing is written or stored",
    body: definitionBody.extend({ selection: previewSelection }),
    response: preview,
  },

  listTransfers: {
    method: "GET",
    path: "/transfers",
    right: "view",
    summary: "All transfers",
    query: z.object({ ...page, search: z.string().optional() }),
    response: list(transfer),
  },
  createTransfer: {
    method: "POST",
    path: "/transfers",
    right: "design",
    summary: "Create a draft",
    body: z.strictObject({ definition: transferDefinition }),
    response: transfer,
  },
  getTransfer: {
    method: "GET",
    path: "/transfers/:id",
    right: "view",
    summary: "One transfer with its draft",
    params: byId,
    response: transfer,
  },
  saveDraft: {
    method: "PUT",
    path: "/transfers/:id/draft",
    right: "design",
    summary: "Save the draft; refused with 409 where somebody saved a newer one",
    params: byId,
    body: z.strictObject({ definition: transferDefinition, draftRevision: z.int() }),
    response: transfer,
  },
  deleteTransfer: {
    method: "DELETE",
    path: "/transfers/:id",
    right: "design",
    summary: "Delete a transfer, its revisions, links and held records",
    params: byId,
    response: done,
  },
  checkTransfer: {
    method: "POST",
    path: "/transfers/:id/check",
    right: "view",
    summary: "Check the draft",
    params: byId,
    response: checkResult,
  },
  previewTransfer: {
    method: "POST",
    path: "/transfers/:id/preview",
    right: "design",
    summary: "Dry run of the draft; nothing is written",
    params: byId,
    body: z.strictObject({ selection: previewSelection }),
    response: preview,
  },
  publishTransfer: {
    method: "POST",
    path: "/transfers/:id/publish",
    right: "design",
    summary: "Freeze the draft as the next revision",
    params: byId,
    body: z.strictObject({ draftRevision: z.int(), note: z.string().max(2_000).default("") }),
    response: revision,
  },
  listRevisions: {
    method: "GET",
    path: "/transfers/:id/revisions",
    right: "view",
    summary: "Published revisions, newest first",
    params: byId,
    response: list(revision),
  },
  getTransferFile: {
    method: "GET",
    path: "/transfers/:id/file",
    right: "view",
    summary: "The draft as canonical YAML",
    params: byId,
    response: z.object({ yaml: z.string() }),
  },
  getTransferSchema: {
    method: "GET",
    path: "/schemas/transfer.json",
    right: "view",
    summary: "JSON Schema of a transfer file",
    response: z.record(z.string(), z.unknown()),
  },

  getCursor: {
    method: "GET",
    path: "/transfers/:id/cursor",
    right: "view",
    summary: "How far the published revision has read",
    params: byId,
    response: transferCursor,
  },
  previewCursor: {
    method: "POST",
    path: "/transfers/:id/cursor/preview",
    right: "operate",
    summary: "How many records would be read once more after going back",
    params: byId,
    body: rewind,
    /** `more` is true where counting ended before the last record. */
    response: z.object({ count: z.int(), more: z.boolean() }),
  },
  moveCursor: {
    method: "PUT",
    path: "/transfers/:id/cursor",
    right: "administer",
    summary: "Go back, so that the next run reads records once more; refused while a run waits or executes",
    params: byId,
    body: rewind,
    response: transferCursor,
  },

  listLinks: {
    method: "GET",
    path: "/transfers/:id/links",
    right: "view",
    summary: "Links of a transfer by source key; the search looks into both keys",
    params: byId,
    query: z.object({ ...page, search: z.string().optional() }),
    response: list(transferLink),
  },
  exportLinks: {
    method: "GET",
    path: "/transfers/:id/links/export",
    right: "view",
    summary: "All links as CSV; a key that a spreadsheet would take for a formula is led by an apostrophe",
    params: byId,
    response: z.object({ csv: z.string() }),
  },
  importLinks: {
    method: "POST",
    path: "/transfers/:id/links/import",
    right: "administer",
    summary: "Add or change links from CSV with the columns sourceKey and targetKey",
    params: byId,
    /** `check` reports what would happen and stores nothing. */
    body: z.strictObject({ csv: z.string().max(15_000_000), check: z.boolean().default(false) }),
    response: linkImport,
  },
  deleteLink: {
    method: "DELETE",
    path: "/transfers/:id/links/:sourceKey",
    right: "operate",
    summary: "Forget one link; the record is matched or created anew when it is read again",
    params: z.object({ id: z.string(), sourceKey: z.string() }),
    response: done,
  },

  startRun: {
    method: "POST",
    path: "/transfers/:id/runs",
    right: "operate",
    summary: "Queue a run of the published revision",
    params: byId,
    body: z.strictObject({ scope: runScope.default({ kind: "changes" }) }),
    response: run,
  },
  listRuns: {
    method: "GET",
    path: "/runs",
    right: "view",
    summary: "Runs, newest first",
    query: z.object({
      ...page,
      transferId: z.string().optional(),
      state: runState.optional(),
      failed: z.stringbool().optional(),
    }),
    response: list(run),
  },
  getRun: {
    method: "GET",
    path: "/runs/:id",
    right: "view",
    summary: "One run",
    params: byId,
    response: run,
  },
  getRunReport: {
    method: "GET",
    path: "/runs/:id/report",
    right: "view",
    summary: "Speed of a run, and its API calls against the fewest possible",
    params: byId,
    response: runReport,
  },
  stopRun: {
    method: "POST",
    path: "/runs/:id/stop",
    right: "operate",
    summary: "Stop after the page being written",
    params: byId,
    response: run,
  },
  listOutcomes: {
    method: "GET",
    path: "/runs/:id/outcomes",
    right: "view",
    summary: "What happened to each record",
    params: byId,
    query: z.object({ ...page, action: outcomeAction.optional(), search: z.string().optional() }),
    response: list(recordOutcome),
  },
  listCauses: {
    method: "GET",
    path: "/runs/:id/causes",
    right: "view",
    summary: "Held records of a run grouped by cause",
    params: byId,
    response: list(failureCause),
  },

  listHeld: {
    method: "GET",
    path: "/held",
    right: "view",
    summary: "Held records",
    query: z.object({
      ...page,
      transferId: z.string().optional(),
      runId: z.string().optional(),
      state: heldState.default("open"),
      signature: z.string().optional(),
      assignee: z.string().optional(),
    }),
    response: list(heldRecord),
  },
  getHeld: {
    method: "GET",
    path: "/held/:id",
    right: "view",
    summary: "One held record with what was read, sent and answered",
    params: byId,
    response: heldRecordDetail,
  },
  rerunHeld: {
    method: "POST",
    path: "/held/rerun",
    right: "operate",
    summary: "Run exactly these held records again, read fresh from the source",
    body: z.strictObject({ ids: z.array(z.string()).min(1).max(10_000) }),
    response: z.object({ runs: z.array(run) }),
  },
  editHeld: {
    method: "POST",
    path: "/held/:id/edit",
    right: "operate",
    summary: "Run a held record once with corrected source values; the source keeps its own",
    params: byId,
    body: z.strictObject({
      /** By path in the source record that was held: `Unit`, `Account.No`, `Lines.0.Unit`. Numbers are text. */
      values: z
        .record(z.string(), z.union([z.string().max(100_000), z.boolean(), z.null()]))
        .refine((values) => Object.keys(values).length > 0, "Correct at least one value."),
      by: z.string().trim().min(1).max(200).default("somebody at this computer"),
    }),
    response: z.object({ held: heldRecordDetail, runs: z.array(run) }),
  },
  assignHeld: {
    method: "POST",
    path: "/held/:id/assign",
    right: "operate",
    summary: "Say who looks after a held record; null takes the name away",
    params: byId,
    body: z.strictObject({ assignee: z.string().trim().min(1).max(200).nullable() }),
    response: heldRecord,
  },
  reopenHeld: {
    method: "POST",
    path: "/held/:id/reopen",
    right: "operate",
    summary: "Open an ignored record again; it is due at once",
    params: byId,
    response: heldRecord,
  },
  ignoreHeld: {
    method: "POST",
    path: "/held/:id/ignore",
    right: "operate",
    summary: "Close a held record with a reason",
    params: byId,
    body: z.strictObject({ reason: z.string().min(1).max(1_000) }),
    response: heldRecord,
  },

  listValueMaps: {
    method: "GET",
    path: "/value-maps",
    right: "view",
    summary: "Value maps",
    response: list(valueMap),
  },
  getValueMap: {
    method: "GET",
    path: "/value-maps/:name",
    right: "view",
    summary: "One value map",
    params: z.object({ name: z.string() }),
    response: valueMap,
  },
  saveValueMap: {
    method: "PUT",
    path: "/value-maps/:name",
    right: "design",
    summary: "Create or replace a value map",
    params: z.object({ name: z.string() }),
    body: valueMap,
    response: valueMap,
  },
  addValueMapEntry: {
    method: "POST",
    path: "/value-maps/:name/entries",
    right: "operate",
    summary: "Add or change one entry",
    params: z.object({ name: z.string() }),
    body: z.strictObject({ from: z.string().max(400), to: z.string().max(400) }),
    response: valueMap,
  },
  deleteValueMap: {
    method: "DELETE",
    path: "/value-maps/:name",
    right: "design",
    summary: "Delete a value map that no transfer uses",
    params: z.object({ name: z.string() }),
    response: done,
  },

  checkFormula: {
    method: "POST",
    path: "/formulas/check",
    right: "view",
    summary: "Check a formula",
    body: formulaInput,
    response: z.object({
      ok: z.boolean(),
      type: z.string().optional(),
      canBeBlank: z.boolean().optional(),
      issues: z.array(issue),
    }),
  },
  evaluateFormula: {
    method: "POST",
    path: "/formulas/evaluate",
    right: "view",
    summary: "Evaluate a formula on a record; numbers are exact text",
    body: formulaInput,
    response: z.union([
      z.object({ ok: z.literal(true), value: z.unknown(), type: z.string() }),
      z.object({ ok: z.literal(false), issues: z.array(issue) }),
    ]),
  },
});

export type RouteName = keyof typeof routes;
type RouteOf<N extends RouteName> = (typeof routes)[N];
type Part<N extends RouteName, K extends string> =
  RouteOf<N> extends Record<K, infer S extends z.ZodType> ? S : never;

/** What a caller gives: only the parts that the route has. */
export type RouteInput<N extends RouteName> = (RouteOf<N> extends { params: z.ZodType }
  ? { params: z.input<Part<N, "params">> }
  : { params?: undefined }) &
  (RouteOf<N> extends { query: z.ZodType }
    ? { query?: Partial<z.input<Part<N, "query">>> }
    : { query?: undefined }) &
  (RouteOf<N> extends { body: z.ZodType } ? { body: z.input<Part<N, "body">> } : { body?: undefined });
export type RouteResponse<N extends RouteName> = z.output<RouteOf<N>["response"]>;

/** `GET /api/events`: server-sent events `run` with body `RunEvent`, at most one a second per run. */
export const eventsPath = "/api/events";
