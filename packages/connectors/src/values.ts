/** Comparing and cutting up cells the same way for every system. */
import type { Cell, FieldSchema } from "@fieldbridge/model";
import { toPlainDecimal } from "./http/json.ts";

const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/** Decimal text without leading or trailing zeros, so that equal numbers are equal text. */
export function toCanonicalNumber(text: string): string {
  const plain = toPlainDecimal(text.trim());
  if (!DECIMAL.test(plain)) return plain;
  const negative = plain.startsWith("-");
  const [whole = "0", fraction = ""] = plain.replace("-", "").split(".");
  const head = whole.replace(/^0+(?=\d)/, "");
  const tail = fraction.replace(/0+$/, "");
  const digits = tail === "" ? head : `${head}.${tail}`;
  return negative && digits !== "0" ? `-${digits}` : digits;
}

/** Text under which systems that ignore case and outer spaces see equal values. */
export function foldText(text: string): string {
  return text.normalize("NFC").trim().toLowerCase();
}

/** Text under which systems that also ignore accents and ligatures see equal values. */
export function looselyFold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toUpperCase().trim();
}

/** False for half characters (lone surrogates), which cannot be sent and hence be in no record. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** Equal for cells a system may see as equal; undefined for blank and for rows. */
export function toComparable(cell: Cell | undefined, type: FieldSchema["type"]): string | undefined {
  if (cell === undefined || cell === null || cell === "" || typeof cell === "object") return undefined;
  if (typeof cell === "boolean") return String(cell);
  if (type === "number") return toCanonicalNumber(cell);
  if (type === "datetime") return toInstant(cell);
  return foldText(cell);
}

const INSTANT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;

/** ISO instant with `Z`, fractions of a second as given; text that is no instant stays as it is. */
export function toInstant(text: string): string {
  const match = INSTANT.exec(text);
  if (match === null) return text;
  const [, seconds = "", fraction = "", zone = ""] = match;
  if (zone === "Z" || /^[+-]00:?00$/.test(zone)) return `${seconds}${fraction}Z`;
  const moved = new Date(`${seconds}${zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone}`);
  return `${moved.toISOString().slice(0, 19)}${fraction}Z`;
}

/** Consecutive groups of at most `count` items whose sizes add up to at most `space`; one item always fits. */
export function toChunks<T>(
  items: readonly T[],
  limit: { readonly count: number; readonly space?: number; readonly sizeOf?: (item: T) => number },
): T[][] {
  const chunks: T[][] = [];
  let room = 0;
  for (const item of items) {
    const size = limit.sizeOf?.(item) ?? 0;
    const last = chunks.at(-1);
    if (last === undefined || last.length >= limit.count || size > room) {
      chunks.push([item]);
      room = (limit.space ?? Number.POSITIVE_INFINITY) - size;
    } else {
      last.push(item);
      room -= size;
    }
  }
  return chunks;
}

/** A value in a sentence: quoted, and cut where it is long. */
export function showCell(cell: Cell | undefined): string {
  if (cell === undefined || cell === null) return "blank";
  const text = typeof cell === "object" ? "a record" : String(cell);
  return `"${text.length > 80 ? `${text.slice(0, 79)}…` : text}"`;
}

/** `shipToCity` or `Work_Order__c` as words: "Ship to city", "Work Order". */
export function toWords(name: string): string {
  const words = name
    .replace(/__[cr]$/, "")
    .replaceAll("_", " ")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Length as the systems count it: characters, not halves of them. */
export function countCharacters(text: string): number {
  return text.length - (text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0);
}
