/**
 * An issue is something a person can fix, as a value: collected, stored and shown, never thrown. A fault (the
 * world misbehaves) is thrown instead; see the engine's ports.
 */
import * as z from "zod";

/**
 * Why a record or a run could not go on, as far as it decides what happens next: who can fix it and when it is
 * worth trying again by itself.
 */
export const issueClass = z.enum([
  "data",
  "mapping",
  "connection",
  "permission",
  "throttle",
  "conflict",
  "waiting",
  "uncertain",
]);
export type IssueClass = z.infer<typeof issueClass>;

export const issueSeverity = z.enum(["error", "warning", "hint"]);

/**
 * `path` names the place in the definition or record (`mappings.currencyCode`, `lines.0.quantity`); `span` the
 * place inside that formula. `fix` replaces `span` by `text`. `valueMap` is filled when an unknown value was the
 * cause, so that the screen can offer "Add to value map".
 */
export const issue = z.object({
  code: z.string(),
  severity: issueSeverity,
  path: z.string(),
  message: z.string(),
  hint: z.string(),
  class: issueClass.optional(),
  span: z.object({ start: z.int(), end: z.int() }).optional(),
  fix: z
    .object({ label: z.string(), span: z.object({ start: z.int(), end: z.int() }), text: z.string() })
    .optional(),
  valueMap: z.object({ map: z.string(), key: z.string() }).optional(),
  /** The offending value as text, where there is one. */
  value: z.string().optional(),
});
export type Issue = z.infer<typeof issue>;
