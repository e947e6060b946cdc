/** Stored cells to values, by the field's declared type. What does not read as that type is an issue, never blank. */
import { parseDecimal } from "../decimal/text.ts";
import { parseDate } from "../dates/calendar.ts";
import { parseInstant, parseTimeNanos } from "../dates/iso.ts";
import { FormulaFailure } from "../failure.ts";
import type { Cell, FieldType, Row } from "../types.ts";
import type { Value } from "../value.ts";
import { typeLabel } from "./built.ts";

/** Reads a cell; undefined and null are blank. The name is for the message. */
export function readCell(cell: Cell | undefined, type: FieldType, name: string): Value {
  if (cell === null || cell === undefined) return null;
  const value = typeof cell === "string" ? readText(cell, type) : readOther(cell, type);
  if (value === undefined) throw unreadable(cell, type, name);
  return value;
}

function readText(cell: string, type: FieldType): Value | undefined {
  switch (type) {
    case "text":
    case "choice":
    case "id":
    case "binary":
    case "json":
      return cell;
    case "number":
      return cell === "" ? null : (parseDecimal(cell) ?? undefined);
    case "boolean":
      return cell === "" ? null : cell === "true" ? true : cell === "false" ? false : undefined;
    case "date":
      return cell === "" ? null : (parseDate(cell) ?? undefined);
    case "datetime":
      return cell === "" ? null : (parseInstant(cell) ?? undefined);
    case "time": {
      if (cell === "") return null;
      const nanos = parseTimeNanos(cell);
      return nanos === null ? undefined : { kind: "time", nanos };
    }
  }
}

function readOther(cell: boolean | Row | readonly Row[], type: FieldType): Value | undefined {
  if (typeof cell === "boolean") return type === "boolean" || type === "json" ? cell : undefined;
  if (type !== "json") return undefined;
  if (Array.isArray(cell)) {
    return { kind: "list", items: cell.map((row: Row) => ({ kind: "row", row, shape: undefined })) };
  }
  return { kind: "row", row: cell as Row, shape: undefined };
}

function unreadable(cell: Cell, type: FieldType, name: string): FormulaFailure {
  const shown =
    typeof cell === "string"
      ? `"${cell.slice(0, 100)}"`
      : typeof cell === "boolean"
        ? String(cell)
        : "a related record";
  return new FormulaFailure(
    "FML-305",
    `Field ${name} should hold ${typeLabel({ name: type })} but holds ${shown}`,
  );
}
