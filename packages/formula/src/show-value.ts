/** Values as people read them in previews, messages and the explain panel. */
import { formatDecimal } from "./decimal/text.ts";
import { formatDate } from "./dates/calendar.ts";
import { formatInstant, formatTime } from "./dates/iso.ts";
import type { Value } from "./value.ts";

const LONGEST = 200;

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Text in quotes as a formula writes it, numbers exact, dates ISO, lists in brackets, blank as BLANK. */
export function showValue(value: Value): string {
  if (value === null) return "BLANK";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value === "string") return `"${shorten(value).replaceAll('"', '""')}"`;
  switch (value.kind) {
    case "number":
      return formatDecimal(value);
    case "date":
      return formatDate(value);
    case "datetime":
      return formatInstant(value);
    case "time":
      return formatTime(value);
    case "list":
      return shorten(
        `[${value.items.slice(0, 20).map(showValue).join(", ")}${value.items.length > 20 ? ", …" : ""}]`,
      );
    case "row":
      return "record";
  }
}
