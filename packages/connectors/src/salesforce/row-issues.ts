/**
 * Errors of single records in Salesforce's words as issues in ours, naming field and value. Source: SOAP API
 * Developer Guide, "Core Data Types: StatusCode".
 */
import {
  toIssue,
  type FieldSchema,
  type Issue,
  type IssueCodeName,
  type ObjectSchema,
  type Row,
} from "@fieldbridge/model";
import { listOf, textOf, type Json } from "../http/json.ts";
import { showCell } from "../values.ts";

interface RowError {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly string[];
}

/** What was sent, so that an issue can name label and value. */
export interface Written {
  readonly schema: ObjectSchema;
  readonly op: "create" | "update" | "delete";
  readonly values: Row;
}

function toRowError(error: Json): RowError {
  const message = (textOf(error, "message") ?? "").trim();
  const named = listOf(error, "fields").filter((each): each is string => typeof each === "string");
  const inText = /\[([A-Za-z0-9_, ]+)\]/.exec(message)?.[1]?.split(/,\s*/) ?? [];
  return {
    code: textOf(error, "statusCode") ?? textOf(error, "errorCode") ?? "UNKNOWN_EXCEPTION",
    message,
    fields: named.length > 0 ? named : inText,
  };
}

function asSentence(text: string): string {
  return text === "" || /[.!?…]$/.test(text) ? text : `${text}.`;
}

type Words = (field: FieldSchema | undefined, label: string, shown: string, error: RowError) => string;

/** Codes about single fields; the words are used once per field the error names. */
const FIELD_CODES: Readonly<Record<string, readonly [code: IssueCodeName, words: Words]>> = {
  REQUIRED_FIELD_MISSING: ["WRT-301", (_field, label) => `${label} must have a value.`],
  STRING_TOO_LONG: [
    "WRT-302",
    (field, label, shown, error) => {
      const longest = field?.length ?? /max length=(\d+)/.exec(error.message)?.[1];
      return `${label} takes ${longest === undefined ? "less" : `${longest} characters`}; the value ${shown} is longer.`;
    },
  ],
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: [
    "WRT-303",
    (_f, label, shown) => `${label} does not take ${shown}.`,
  ],
  NUMBER_OUTSIDE_VALID_RANGE: [
    "WRT-303",
    (_f, label, shown) => `${label} does not take the number ${shown}.`,
  ],
  INVALID_CURRENCY_ISO: ["WRT-303", (_f, label, shown) => `${label} does not know the currency ${shown}.`],
  INVALID_EMAIL_ADDRESS: [
    "WRT-303",
    (_f, label, shown) => `${label} does not take the e-mail address ${shown}.`,
  ],
  JSON_PARSER_ERROR: [
    "WRT-303",
    (_f, _l, _s, error) => `A value cannot be read: ${asSentence(error.message)}`,
  ],
  INVALID_CROSS_REFERENCE_KEY: [
    "WRT-304",
    (_f, label, shown) => `${label} points to the record ${shown}, which does not exist.`,
  ],
  MALFORMED_ID: ["WRT-304", (_f, label, shown) => `${label} takes the id of a record, not ${shown}.`],
  INVALID_FIELD: ["WRT-311", (_f, _l, _s, error) => asSentence(error.message)],
  INVALID_FIELD_FOR_INSERT_UPDATE: [
    "WRT-311",
    (_f, label) => `${label} cannot be written with the rights of this user.`,
  ],
};

/** Codes about the record as a whole; the system's own sentence is shown. */
const RECORD_CODES: Readonly<Record<string, IssueCodeName>> = {
  DUPLICATE_VALUE: "WRT-306",
  DUPLICATES_DETECTED: "WRT-306",
  DUPLICATE_EXTERNAL_ID: "WRT-306",
  UNABLE_TO_LOCK_ROW: "WRT-307",
  ENTITY_IS_LOCKED: "WRT-307",
  ENTITY_IS_DELETED: "WRT-309",
  NOT_FOUND: "WRT-309",
  INSUFFICIENT_ACCESS_OR_READONLY: "CON-603",
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: "CON-603",
  TXN_SECURITY_NO_ACCESS: "CON-603",
  INVALID_TYPE: "TGT-002",
  REQUEST_LIMIT_EXCEEDED: "CON-606",
  STORAGE_LIMIT_EXCEEDED: "CON-608",
  UNKNOWN_EXCEPTION: "CON-608",
  SERVER_UNAVAILABLE: "CON-608",
  INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE: "CON-608",
};

function describeDuplicate(error: RowError, { schema }: Written): string {
  const match = /:\s*(\S+) duplicates value on record with id: (\w+)/.exec(error.message);
  if (match === null) return asSentence(error.message);
  const label = schema.fields.find((field) => field.name === match[1])?.label ?? match[1];
  return `${label} must be unique, and record ${match[2]} has this value already.`;
}

function recordIssue(error: RowError, written: Written): Issue {
  const path = error.fields.length === 1 ? (error.fields[0] ?? "") : "";
  const isGone = error.code === "INVALID_CROSS_REFERENCE_KEY" && written.op !== "create";
  if (isGone) return toIssue("WRT-309", path, "The record does not exist any more.");
  if (/UNABLE_TO_LOCK_ROW/.test(error.message)) return toIssue("WRT-307", path, asSentence(error.message));
  const code = RECORD_CODES[error.code] ?? FIELD_CODES[error.code]?.[0] ?? "WRT-310";
  const said = code === "WRT-306" ? describeDuplicate(error, written) : asSentence(error.message);
  return toIssue(code, path, said === "" ? `Salesforce refused the record (${error.code}).` : said);
}

function toIssues(error: RowError, written: Written): readonly Issue[] {
  const rule = FIELD_CODES[error.code];
  if (rule === undefined || error.fields.length === 0) return [recordIssue(error, written)];
  const [code, words] = rule;
  return error.fields.map((name) => {
    const field = written.schema.fields.find((each) => each.name === name);
    const cell = written.values[name];
    const message = words(field, field?.label ?? name, showCell(cell), error);
    return toIssue(code, name, message, typeof cell === "string" ? { value: cell } : {});
  });
}

/** At least one issue, whatever the system says. */
export function toRowIssues(errors: readonly Json[], written: Written): readonly Issue[] {
  const issues = errors.map(toRowError).flatMap((error) => toIssues(error, written));
  return issues.length > 0
    ? issues
    : [toIssue("WRT-310", "", "Salesforce refused the record and did not say why.")];
}
