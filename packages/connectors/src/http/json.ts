/**
 * JSON without loss: every number is kept as its exact decimal text when read and written as a bare literal with
 * every digit, so that money survives the trip through this process (I8).
 */
import { LosslessNumber, parse, stringify } from "lossless-json";

/** A JSON value as read; numbers are their decimal text. */
export type Json = null | boolean | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** A JSON value to write; numbers that must keep their digits are made with `toJsonNumber`. */
export type JsonBody =
  | null
  | boolean
  | number
  | string
  | LosslessNumber
  | readonly JsonBody[]
  | { readonly [name: string]: JsonBody | undefined };

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const WITH_EXPONENT = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d+)$/;
/** Beyond this a number is no amount but an attack on memory; it stays as it was written. */
const MAX_EXPONENT = 400;

/** Decimal text without exponent: `1.5E3` becomes `1500`; other digits stay as they are. */
export function toPlainDecimal(text: string): string {
  const match = WITH_EXPONENT.exec(text);
  if (match === null) return text;
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] = match;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > MAX_EXPONENT) return text;
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const padded = point <= 0 ? "0".repeat(1 - point) + digits : digits.padEnd(point, "0");
  const cut = Math.max(point, 1);
  const head = padded.slice(0, cut).replace(/^0+(?=\d)/, "");
  const tail = padded.slice(cut);
  return `${sign}${head}${tail === "" ? "" : `.${tail}`}`;
}

/** Throws a SyntaxError where the text is not JSON. */
export function parseJson(text: string): Json {
  return parse(text, null, toPlainDecimal) as Json; // with this number parser exactly the shapes of Json come out
}

/** The value, or undefined where the text is not JSON (an HTML page of a proxy, a cut answer). */
export function tryParseJson(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

export function stringifyJson(value: JsonBody): string {
  return stringify(value) ?? "null";
}

/** A number literal with exactly these digits; undefined where the text is no decimal number. */
export function toJsonNumber(text: string): LosslessNumber | undefined {
  return NUMBER.test(text) ? new LosslessNumber(text) : undefined;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Text of a member, numbers included; undefined where there is none. */
export function textOf(value: Json | undefined, name: string): string | undefined {
  const member = isObject(value) ? value[name] : undefined;
  return typeof member === "string" ? member : undefined;
}

export function isTrue(value: Json | undefined, name: string): boolean {
  return isObject(value) && value[name] === true;
}

/** Items of a list member; empty where there is none. */
export function listOf(value: Json | undefined, name: string): readonly Json[] {
  const member = isObject(value) ? value[name] : undefined;
  return Array.isArray(member) ? member : [];
}

/** Whole number of a member, where it has one. */
export function countOf(value: Json | undefined, name: string): number | undefined {
  const text = textOf(value, name);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
