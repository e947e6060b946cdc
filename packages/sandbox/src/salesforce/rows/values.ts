// Turns what a client sent for a field into what is stored, or says in the platform's words why not.
import {
  compare,
  decimal,
  formatDecimal,
  parseDecimal,
  round,
  trimDecimal,
  type Decimal,
} from "../../core/decimal.ts";
import { isNumber, isObject, number, numberText, type Json } from "../../core/json.ts";
import { rowError, type RowError } from "../errors.ts";
import { readId } from "../ids.ts";
import type { Field } from "../schema/field.ts";
import { toStoredDate, toStoredDatetime } from "./dates.ts";

export type Converted = { readonly value: Json } | { readonly error: RowError };

function cannotRead(field: Field, given: Json): Converted {
  const kind = isNumber(given)
    ? "VALUE_NUMBER_FLOAT"
    : typeof given === "boolean"
      ? `VALUE_${String(given).toUpperCase()}`
      : isObject(given)
        ? "START_OBJECT"
        : Array.isArray(given)
          ? "START_ARRAY"
          : "VALUE_STRING";
  const shown =
    isNumber(given) || typeof given === "string" || typeof given === "boolean"
      ? ` value ${String(given)}`
      : "";
  const message = `Cannot deserialize instance of ${field.type} from ${kind}${shown} or request may be missing a required field at [field:${field.name}]`;
  return { error: rowError("JSON_PARSER_ERROR", message, [field.name]) };
}

/** A number as stored: rounded to the field's decimals, whole amounts with one zero as the service prints them. */
export function toStoredNumber(field: Pick<Field, "type" | "scale">, value: Decimal): Json {
  const text = formatDecimal(trimDecimal(round(value, field.scale)));
  return number(field.type === "int" || text.includes(".") ? text : `${text}.0`);
}

function convertNumber(field: Field, given: Json): Converted {
  const text = numberText(given) ?? (typeof given === "string" ? given : null);
  const value = text === null ? null : parseDecimal(text);
  if (!value) return cannotRead(field, given);
  const limit = decimal(`1e${field.precision - field.scale}`);
  const size = round(
    { units: value.units < 0n ? -value.units : value.units, scale: value.scale },
    field.scale,
  );
  if (compare(size, limit) >= 0) {
    const message = `${field.label}: value outside of valid range on numeric field: ${text}`;
    return { error: rowError("NUMBER_OUTSIDE_VALID_RANGE", message, [field.name]) };
  }
  return { value: toStoredNumber(field, value) };
}

function convertText(field: Field, given: Json): Converted {
  if (typeof given !== "string") return cannotRead(field, given);
  if (given === "") return { value: null };
  if (field.length > 0 && given.length > field.length) {
    const message = `${field.label}: data value too large: ${given} (max length=${field.length})`;
    return { error: rowError("STRING_TOO_LONG", message, [field.name]) };
  }
  if (field.type === "email" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given)) {
    const message = `${field.label}: invalid email address: ${given}`;
    return { error: rowError("INVALID_EMAIL_ADDRESS", message, [field.name]) };
  }
  return { value: given };
}

function convertId(field: Field, given: Json): Converted {
  if (typeof given !== "string") return cannotRead(field, given);
  if (given === "") return { value: null };
  const id = readId(given);
  if (id !== null) return { value: id };
  const message = `${field.label}: id value of incorrect type: ${given}`;
  return { error: rowError("MALFORMED_ID", message, [field.name]) };
}

/** Type and length only; choices, uniqueness and references are checked on the whole record. */
export function toStoredValue(field: Field, given: Json): Converted {
  if (given === null) return { value: field.type === "boolean" ? false : null };
  switch (field.type) {
    case "int":
    case "double":
    case "currency":
    case "percent":
      return convertNumber(field, given);
    case "boolean":
      if (typeof given === "boolean") return { value: given };
      return given === "true" || given === "false" ? { value: given === "true" } : cannotRead(field, given);
    case "date":
    case "datetime": {
      const stored =
        typeof given !== "string"
          ? null
          : field.type === "date"
            ? toStoredDate(given.slice(0, 10))
            : toStoredDatetime(given);
      return stored === null ? cannotRead(field, given) : { value: stored };
    }
    case "id":
    case "reference":
      return convertId(field, given);
    case "string":
    case "textarea":
    case "picklist":
    case "phone":
    case "email":
    case "url":
    case "address":
      return convertText(field, given);
  }
}
