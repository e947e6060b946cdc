/**
 * A transfer test: one source record as it once was, and what the transfer has to make of it. It needs no system: what
 * formulas looked up is kept with the record, and time stands at `at`. All tests must pass before a publish.
 */
import * as z from "zod";
import { cell, row } from "./cell.ts";
import { fieldType } from "./object-schema.ts";

/**
 * What became of a record before anything is written. `values` holds what would be sent as text, by target field
 * (`customerNumber`) or place of a line (`salesInvoiceLines.0.quantity`); `issues` holds code and place of each error.
 */
export const testOutcome = z.strictObject({
  action: z.enum(["sent", "filtered", "skipped", "held"]),
  reason: z.string().max(4_000).nullable(),
  values: z.record(z.string().max(400), z.string().max(1_100_000).nullable()),
  issues: z.array(z.strictObject({ code: z.string().max(40), path: z.string().max(400) })).max(1_000),
});
export type TestOutcome = z.infer<typeof testOutcome>;

/** What a lookup answered when the record was kept. `ask` identifies the question. */
export const keptLookup = z.object({
  ask: z.string(),
  answer: z.discriminatedUnion("state", [
    z.object({ state: z.literal("missing") }),
    z.object({ state: z.literal("many"), count: z.int() }),
    z.object({ state: z.literal("found"), value: cell, type: fieldType.optional() }),
  ]),
});
export type KeptLookup = z.infer<typeof keptLookup>;

export const keptRecord = z.object({
  sourceKey: z.string(),
  /** What a person calls the record. */
  label: z.string(),
  source: row,
  lookups: z.array(keptLookup),
  /** `NOW()` of the test; an instant. */
  at: z.iso.datetime(),
});
export type KeptRecord = z.infer<typeof keptRecord>;

const testName = z.string().trim().min(1).max(200);

/** Values that `expected` does not name are not compared. */
export const transferTest = z.object({
  id: z.string(),
  name: testName,
  ...keptRecord.shape,
  expected: testOutcome,
});
export type TransferTest = z.infer<typeof transferTest>;

/** What a person may change of a test. */
export const transferTestChange = z.strictObject({ name: testName, expected: testOutcome });

/** One place where the result is not what was expected; null is blank, absent means nothing was sent there. */
export const testDifference = z.object({
  place: z.string(),
  expected: z.string().nullable().optional(),
  actual: z.string().nullable().optional(),
});
export type TestDifference = z.infer<typeof testDifference>;

/**
 * `missing` names what the transfer reads by now and the kept record does not have: the record has to be read again
 * before the test can say anything. A test passes without differences and without anything missing.
 */
export const testResult = z.object({
  testId: z.string(),
  passed: z.boolean(),
  outcome: testOutcome,
  differences: z.array(testDifference),
  missing: z.array(z.string()),
});
export type TestResult = z.infer<typeof testResult>;
