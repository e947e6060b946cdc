/** Cells as text that hides nothing: blank, empty text and outer spaces stay visible, long text is cut with its length. */
import type { Cell } from "@fieldbridge/model";

const cutAt = 120;

/** The text of a cell; lists and rows as short words. */
export function formatCell(value: Cell | undefined): string {
  if (value === null || value === undefined) return "(blank)";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value === "string") return formatText(value);
  if (Array.isArray(value)) return value.length === 1 ? "1 row" : `${value.length} rows`;
  return `{ ${Object.keys(value).length} fields }`;
}

/** Spaces at the ends as dots, `""` for empty, the length where the text was cut. */
export function formatText(text: string): string {
  if (text === "") return '""';
  const shown = text
    .replace(/^ +/, (spaces) => "·".repeat(spaces.length))
    .replace(/ +$/, (spaces) => "·".repeat(spaces.length));
  const points = Array.from(shown);
  return points.length <= cutAt ? shown : `${points.slice(0, cutAt).join("")}… (${points.length} characters)`;
}
