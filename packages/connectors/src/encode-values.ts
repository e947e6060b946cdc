/**
 * Cells as JSON for a request, by the type of the field: a number is written with every digit it has, a text never
 * becomes a number. What a field cannot take is an issue here, before anything is sent.
 */
import {
  toIssue,
  type Cell,
  type FieldSchema,
  type Issue,
  type ObjectSchema,
  type Row,
} from "@fieldbridge/model";
import { toJsonNumber, type JsonBody } from "./http/json.ts";
import { showCell } from "./values.ts";

export type Encoded =
  | { readonly ok: true; readonly body: Readonly<Record<string, JsonBody>> }
  | { readonly ok: false; readonly issues: readonly Issue[] };

export interface EncodeOptions {
  /** Put before field names in issue paths, for example `lines.0.`. */
  readonly path: string;
  /** What this system writes for blank; undefined leaves the field out. */
  readonly toBlank: (field: FieldSchema) => JsonBody | undefined;
  /** What this system writes for the code of a choice. */
  readonly toChoice: (field: FieldSchema, code: string) => string;
}

type EncodedCell = { readonly value: JsonBody | undefined } | { readonly problem: string };

function encodeText(field: FieldSchema, text: string, options: EncodeOptions): EncodedCell {
  switch (field.type) {
    case "number": {
      const number = toJsonNumber(text);
      return number === undefined ? { problem: "takes a number" } : { value: number };
    }
    case "boolean":
      return text === "true" || text === "false"
        ? { value: text === "true" }
        : { problem: "takes TRUE or FALSE" };
    case "date":
      return /^\d{4}-\d{2}-\d{2}$/.test(text) ? { value: text } : { problem: "takes a date" };
    case "datetime":
      return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/.test(text)
        ? { value: text }
        : { problem: "takes a date with time" };
    case "choice":
      return { value: options.toChoice(field, text) };
    case "text":
    case "id":
    case "time":
    case "binary":
    case "json":
      return { value: text };
  }
}

function encodeNested(cell: Cell): JsonBody {
  if (cell === null || typeof cell !== "object") return cell;
  if (Array.isArray(cell)) return cell.map(encodeNested);
  return Object.fromEntries(Object.entries(cell).map(([name, inner]) => [name, encodeNested(inner)]));
}

function encodeCell(field: FieldSchema, cell: Cell, options: EncodeOptions): EncodedCell {
  if (cell === null || (cell === "" && field.type !== "json")) return { value: options.toBlank(field) };
  if (typeof cell === "boolean")
    return field.type === "boolean" ? { value: cell } : encodeText(field, String(cell), options);
  if (typeof cell === "string") return encodeText(field, cell, options);
  return field.type === "json" ? { value: encodeNested(cell) } : { problem: "takes a single value" };
}

/** All values of a record, or all the issues they have. Relations take rows that name the related record. */
export function encodeValues(schema: ObjectSchema, values: Row, options: EncodeOptions): Encoded {
  const fields = new Map(schema.fields.map((field) => [field.name, field]));
  const parents = new Set(schema.relations.filter((each) => each.kind === "one").map((each) => each.name));
  const body: Record<string, JsonBody> = {};
  const issues: Issue[] = [];
  for (const [name, cell] of Object.entries(values)) {
    const field = fields.get(name);
    if (field === undefined) {
      if (parents.has(name)) body[name] = encodeNested(cell);
      else issues.push(toIssue("MAP-109", options.path + name, `${schema.label} has no field ${name}.`));
      continue;
    }
    const encoded = encodeCell(field, cell, options);
    if ("problem" in encoded) {
      const message = `${field.label} ${encoded.problem}, not ${showCell(cell)}.`;
      const value = typeof cell === "string" ? { value: cell } : {};
      issues.push(toIssue("WRT-303", options.path + name, message, value));
    } else if (encoded.value !== undefined) body[name] = encoded.value;
  }
  return issues.length > 0 ? { ok: false, issues } : { ok: true, body };
}
