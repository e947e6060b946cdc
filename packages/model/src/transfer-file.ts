/**
 * Transfers as files: canonical YAML with a stable key order, so that a Git diff shows one changed mapping as one
 * changed block, and the migrations that open every format ever published.
 */
import * as z from "zod";
import { parse, stringify } from "yaml";
import type { Issue } from "./issue.ts";
import { toIssue } from "./issue-codes.ts";
import { transferDefinition, type TransferDefinition } from "./transfer.ts";

type ReadResult<T> = { ok: true; value: T } | { ok: false; issues: Issue[] };

/** Turns zod's findings into issues with dotted paths. */
export const toIssues = (error: z.core.$ZodError): Issue[] =>
  error.issues.map((each) => toIssue("API-902", each.path.map(String).join("."), each.message));

/** Judges an unknown document against the schema of the current format. */
export function readTransfer(document: unknown): ReadResult<TransferDefinition> {
  const result = transferDefinition.safeParse(document);
  return result.success ? { ok: true, value: result.data } : { ok: false, issues: toIssues(result.error) };
}

/** Reads YAML or JSON text. Syntax errors carry line and column in their message. */
export function parseTransfer(text: string): ReadResult<TransferDefinition> {
  let document: unknown;
  try {
    document = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, issues: [toIssue("API-902", "", `The text is not valid YAML: ${message}`)] };
  }
  return readTransfer(document);
}

/** Canonical YAML. Keys come in the order of the schema; mappings keep the author's order. */
export const formatTransfer = (definition: TransferDefinition): string =>
  stringify(transferDefinition.parse(definition), { lineWidth: 0 });

/** The published JSON Schema of a transfer file. */
export const transferJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(transferDefinition, { io: "input" }),
  title: "Fieldbridge transfer",
});
