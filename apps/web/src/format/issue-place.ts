/** Where an issue sits: the mapping its path names, so that a screen can say it and link to it. */

/** `lines` is the target relation of the lines, or their position in the definition; null for the header. */
export interface IssuePlace {
  readonly field: string;
  readonly lines: string | null;
}

/** Reads `mappings.city` and `lines.salesInvoiceLines.mappings.quantity`; null for places that are no mapping. */
export function toIssuePlace(path: string): IssuePlace | null {
  const [first, ...rest] = path.split(".").filter((part) => part !== "mappings");
  const field = rest.at(-1) ?? first;
  if (first === undefined || field === undefined || field === "" || /^\d+$/.test(field)) return null;
  if (first === "lines") return rest.length < 2 ? null : { field, lines: rest[0] ?? null };
  return path.startsWith("mappings.") ? { field, lines: null } : null;
}

/** Whether a step of a record's trail (`city`, `salesInvoiceLines.2.quantity`) computed the value of that place. */
export function isStepOf(stepPath: string, place: IssuePlace): boolean {
  const parts = stepPath.split(".");
  if (parts.at(-1) !== place.field) return false;
  return place.lines === null ? parts.length === 1 : parts.length > 1;
}

/** A step's path for people: `salesInvoiceLines.0.quantity` → "line 1, quantity". */
export const toStepName = (stepPath: string): string =>
  stepPath.replace(
    /^(?:[^.]+\.)?(\d+)\.(.+)$/,
    (_all, row: string, field: string) => `line ${Number(row) + 1}, ${field}`,
  );
