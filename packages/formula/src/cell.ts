/** Values to stored cells and back. A cell is what records, lookups and outcomes carry between the steps. */
import { formatDecimal } from "./decimal/text.ts";
import { readCell } from "./build/read-cell.ts";
import { formatDate } from "./dates/calendar.ts";
import { formatInstant, formatTime } from "./dates/iso.ts";
import type { Cell, FieldType, Row } from "./types.ts";
import type { Value } from "./value.ts";

/** The stored form: numbers as canonical text, dates and instants as ISO text, lists of records as they are. */
export function toCell(value: Value): Cell {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  switch (value.kind) {
    case "number":
      return formatDecimal(value);
    case "date":
      return formatDate(value);
    case "datetime":
      return formatInstant(value);
    case "time":
      return formatTime(value);
    case "row":
      return value.row;
    case "list": {
      const rows: Row[] = [];
      for (const item of value.items) {
        if (item !== null && typeof item === "object" && item.kind === "row") rows.push(item.row);
      }
      return rows.length === value.items.length && rows.length > 0
        ? rows
        : value.items.map(cellText).join(";");
    }
  }
}

/** The stored form of a single value as text; empty for blank, records and lists. */
export function cellText(value: Value): string {
  const cell = toCell(value);
  return typeof cell === "string" ? cell : typeof cell === "boolean" ? String(cell) : "";
}

/** Reads a cell as a type; fails with FML-305 when the text is no value of it. */
export function fromCell(cell: Cell, type: FieldType): Value {
  return readCell(cell, type, "value");
}
