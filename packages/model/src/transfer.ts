/**
 * The transfer definition: source object → target object with all rules, one direction, as one document. Every
 * value is a formula. The document is canonical as YAML; drafts use the same schema, so an object name may still
 * be empty until the check says otherwise.
 */
import * as z from "zod";
import { slug } from "./connection.ts";
import { parameters } from "./parameters.ts";

/** Text of the formula language; judged by `checkTransfer`, not here, so that a draft may be saved half-typed. */
export const formulaText = z.string().max(10_000);

const fieldName = z.string().min(1).max(200);

/** `onlyOn: create` never touches an existing target record. `default` is used by `whenBlank: default`. */
export const mapping = z.strictObject({
  value: formulaText,
  /** What a blank result does: leave the field alone (absent means that), clear it, use `default`, hold the record. */
  whenBlank: z.enum(["leave", "clear", "default", "hold"]).optional(),
  default: formulaText.optional(),
  onlyOn: z.literal("create").optional(),
  note: z.string().max(2_000).optional(),
});
export type Mapping = z.infer<typeof mapping>;

export const mappings = z.record(fieldName, mapping);
export type Mappings = z.infer<typeof mappings>;

export const sourceEnd = z.strictObject({
  connection: slug.or(z.literal("")),
  object: z.string().max(200),
  /** Related objects the designer shows although no formula uses them yet. */
  include: z.array(z.string()).optional(),
  /** Company to work in instead of the connection's own; the formula sees `param.` alone. */
  company: formulaText.optional(),
});

export const targetEnd = z.strictObject({
  connection: slug.or(z.literal("")),
  object: z.string().max(200),
  /** As in the source. */
  company: formulaText.optional(),
});

export const changes = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("all") }),
  z.strictObject({
    by: z.literal("watermark"),
    field: fieldName,
    /** Seconds behind the source's clock that are left for the next run, where the source offers no upper bound. */
    lagSeconds: z.int().min(0).max(86_400).optional(),
    /** Seconds before the last upper bound that are read once more. */
    overlapSeconds: z.int().min(0).max(86_400).optional(),
  }),
  z.strictObject({ by: z.literal("feed") }),
]);
export type Changes = z.infer<typeof changes>;

const found = z.enum(["update", "skip", "fail"]);
const missing = z.enum(["create", "skip", "fail"]);

export const match = z.discriminatedUnion("by", [
  /** Target field → formula; all must be equal. */
  z.strictObject({ by: z.literal("keys"), keys: z.record(fieldName, formulaText), found, missing }),
  /** The remembered link alone; a record without link counts as missing. */
  z.strictObject({ by: z.literal("link"), found, missing }),
  z.strictObject({ by: z.literal("never") }),
]);
export type Match = z.infer<typeof match>;

/**
 * Child rows written with their parent as one document. They come from the rows of a relation (`source`) or, scattered,
 * from one value: `rows` gives a list, and each value of it becomes a line. `target` is a relation name too.
 */
export const lines = z
  .strictObject({
    source: fieldName.optional(),
    /** Read on the header; in the mappings of the line its value is `item`, its number from 1 `position`. */
    rows: formulaText.optional(),
    target: fieldName,
    /** Read on a line's own fields, with `header.` for the parent. */
    filter: formulaText.optional(),
    mappings,
  })
  .refine((each) => (each.source === undefined) !== (each.rows === undefined), {
    message: "Lines come either from a relation (source) or from a formula (rows).",
  });
export type Lines = z.infer<typeof lines>;

/**
 * What is written to the source after the target answered. Formulas see the source record, `target.` (the
 * answer) and `outcome.` (state, message). `to` names a to-one relation of the source object whose record is
 * written instead of the source record itself.
 */
export const writeBack = z.strictObject({
  on: z.array(z.enum(["created", "updated", "unchanged", "failed"])).min(1),
  to: fieldName.optional(),
  values: z.record(fieldName, formulaText),
});
export type WriteBack = z.infer<typeof writeBack>;

const removalRules = {
  /** Read on the source record: one that exists but does not meet it counts as removed. Not the filter (I10). */
  scope: formulaText.optional(),
  /** Share of the linked records, in per cent, above which nothing is removed until a person confirms; 5 where absent. */
  guardPercent: z.int().min(1).max(100).optional(),
};

/** What becomes of the target record when the source record of a link has disappeared. */
export const removals = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("ignore") }),
  /** Target field → formula that sees `target.` and `run.`: the source record may be gone. */
  z.strictObject({
    mode: z.literal("flag"),
    values: z.record(fieldName, formulaText).optional(),
    ...removalRules,
  }),
  z.strictObject({ mode: z.literal("delete"), ...removalRules }),
]);
export type Removals = z.infer<typeof removals>;

export const defaultGuardPercent = 5;

export const limits = z.strictObject({
  batchSize: z.int().min(1).max(2_000).optional(),
  stopAfterFailures: z.int().min(1).max(1_000_000).optional(),
});

/**
 * A sum that must be equal on both sides, per value of `by` (a currency, for example). Formulas see the source record
 * and `target.` for the record in the target.
 */
export const total = z.strictObject({
  label: z.string().min(1).max(100),
  source: formulaText,
  target: formulaText,
  by: formulaText.optional(),
});
export type Total = z.infer<typeof total>;

export const totals = z.array(total).max(10);

export const transferDefinition = z.strictObject({
  kind: z.literal("transfer"),
  /** Version of the document format, not of the transfer. */
  version: z.literal(1),
  id: z.string().regex(/^tr_[a-z0-9_]{1,60}$/),
  name: z.string().min(1).max(200),
  description: z.string().max(4_000).optional(),
  source: sourceEnd,
  target: targetEnd,
  parameters: parameters.optional(),
  changes,
  filter: formulaText.optional(),
  match: match.optional(),
  mappings,
  lines: z.array(lines).max(20).optional(),
  writeBacks: z.array(writeBack).max(50).optional(),
  removals: removals.optional(),
  limits: limits.optional(),
  totals: totals.optional(),
  /** IANA zone in which dates are taken from instants; absent means UTC. */
  timeZone: z.string().max(60).optional(),
});
export type TransferDefinition = z.infer<typeof transferDefinition>;
