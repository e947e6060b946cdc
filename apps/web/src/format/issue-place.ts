/** Where an issue sits: the mapping its path names, so that a screen can say it and link to it. */

/** `lines` is the target relation of the lines, or their position in the definition; null for the header. */
export interface IssuePlace {
  readonly field: string;
  readonly lines: string | null;
}

/** Reads `mappings.city`, `lines.salesInvoiceLines.mappings.quantity`, `lines.0.quantity`; null for other places. */
export function toIssuePlace(path: string): IssuePlace | null {
  const parts = path.split(".").filter((part) => part !== "mappings");
  const field = parts.at(-1);
  if (field === undefined || field === "" || /^\d+$/.test(field)) return null;
  if (parts[0] === "lines") return parts.length < 3 ? null : { field, lines: parts[1] ?? null };
  if (parts.length === 1 && path !== field) return { field, lines: null };
  return parts.length === 1 && !path.includes(".") ? { field, lines: null } : null;
}
