// JSON without loss: numbers stay the text they arrived as, from the request body to the journal and back out,
// because a sandbox that rounds a price would hide the very mistake it is there to show.
import { LosslessNumber, isLosslessNumber, parse, stringify } from "lossless-json";

/** A JSON value whose numbers keep their digits. */
export type Json = null | boolean | string | LosslessNumber | readonly Json[] | JsonObject;
/** A JSON object whose numbers keep their digits. */
export interface JsonObject {
  readonly [name: string]: Json;
}

/** Reads JSON text; throws a SyntaxError with the position when it is not JSON. */
export function parseJson(text: string): Json {
  return parse(text) as Json; // lossless-json's default reader produces exactly the shapes of Json
}

/** Writes JSON text; members that are undefined are left out, as JSON.stringify does. */
export function stringifyJson(value: unknown, indent?: number): string {
  return stringify(value, undefined, indent) ?? "null";
}

/** A number of a row from its decimal text, e.g. `number("12.50")`. */
export function number(text: string): LosslessNumber {
  return new LosslessNumber(text);
}

export function isNumber(value: unknown): value is LosslessNumber {
  return isLosslessNumber(value);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
}

/** The decimal text of a number, or null for anything else. */
export function numberText(value: unknown): string | null {
  return isLosslessNumber(value) ? value.toString() : null;
}

/** A text as it is, a number as its digits, anything else as an empty text. */
export function toText(value: unknown): string {
  return typeof value === "string" ? value : (numberText(value) ?? "");
}
