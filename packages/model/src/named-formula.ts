/** A named formula is a reusable formula with typed parameters; formulas of all transfers call it like a function. */
import * as z from "zod";
import { issue } from "./issue.ts";

export const namedParameterType = z.enum(["text", "number", "boolean", "date", "datetime"]);
export type NamedParameterType = z.infer<typeof namedParameterType>;

/** Words of the language that cannot be called. */
const reserved = new Set(["TRUE", "FALSE", "BLANK"]);

/** What decides its results; this much is frozen into the revisions that use it. */
export const namedFormula = z.strictObject({
  name: z
    .string()
    .max(40)
    .regex(/^[A-Z][A-Z0-9_]*$/, "Write the name in capitals: letters, digits and _, a letter first.")
    .refine((name) => !reserved.has(name), "This word has a meaning of its own."),
  parameters: z
    .array(
      z.strictObject({
        name: z
          .string()
          .max(40)
          .regex(/^[\p{L}_][\p{L}\p{N}_]*$/u, "Letters, digits and _, a letter first."),
        type: namedParameterType,
        optional: z.boolean().optional(),
      }),
    )
    .max(20),
  /** Sees its parameters, value maps and other named formulas, nothing of a record. */
  body: z.string().max(10_000),
});
export type NamedFormula = z.infer<typeof namedFormula>;

/** Values as text, blank where they are empty or absent; `expected` may also be the code of an issue. */
export const namedFormulaTest = z.strictObject({
  label: z.string().max(200).optional(),
  arguments: z.record(z.string(), z.string().max(10_000)),
  expected: z.string().max(10_000),
});
export type NamedFormulaTest = z.infer<typeof namedFormulaTest>;

export const libraryFormula = namedFormula.extend({
  description: z.string().max(1_000).optional(),
  tests: z.array(namedFormulaTest).max(200),
});
export type LibraryFormula = z.infer<typeof libraryFormula>;

/** `version` counts its changes. */
export const storedFormula = libraryFormula.extend({ version: z.int() });
export type StoredFormula = z.infer<typeof storedFormula>;

/** What became of each test, in their order, and what is wrong with the formula itself. */
export const formulaVerdict = z.object({
  ok: z.boolean(),
  issues: z.array(issue),
  /** Type of the result. */
  type: z.string(),
  results: z.array(z.object({ passed: z.boolean(), actual: z.string() })),
});
export type FormulaVerdict = z.infer<typeof formulaVerdict>;

/**
 * Who calls a named formula. `issues` are those of the draft, or of the other named formula; `published` says whether
 * the revision in force has the same text of it, an earlier one, or does not call it.
 */
export const formulaUser = z.object({
  kind: z.enum(["transfer", "formula"]),
  id: z.string(),
  name: z.string(),
  inDraft: z.boolean(),
  issues: z.array(issue),
  published: z.enum(["same", "earlier"]).nullable(),
});
export type FormulaUser = z.infer<typeof formulaUser>;
