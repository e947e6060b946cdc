/** Reads dates and times written in a pattern; the whole text must match and the day must exist. */
import { type CalendarDay, dateFromParts } from "./calendar.ts";
import { type DateToken, MONTHS, parseDatePattern } from "./format.ts";

export interface ParsedDateTime {
  readonly days: number;
  readonly nanosOfDay: number;
}

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  nanos: number;
  half: "AM" | "PM" | null;
  twelve: boolean;
}

/** Null when the text does not match the pattern or names no real day. Two-digit years are 1970 to 2069. */
export function parseFormattedDate(text: string, pattern: string): ParsedDateTime | null {
  const tokens = parseDatePattern(pattern);
  const parts: Parts = {
    year: -1,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    nanos: 0,
    half: null,
    twelve: false,
  };
  let position = 0;
  const trimmed = text.trim();
  for (const [index, token] of tokens.entries()) {
    const read = readToken(token, trimmed, position, parts, tokens[index + 1]);
    if (read < 0) return null;
    position = read;
  }
  return position === trimmed.length ? finish(parts) : null;
}

function finish(parts: Parts): ParsedDateTime | null {
  const day: CalendarDay = parts;
  const date = dateFromParts(day.year, day.month, day.day);
  if (!date) return null;
  let { hour } = parts;
  if (parts.twelve) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (parts.half === "PM" ? 12 : 0);
  }
  if (hour > 23 || parts.minute > 59 || parts.second > 59) return null;
  return {
    days: date.days,
    nanosOfDay: ((hour * 60 + parts.minute) * 60 + parts.second) * 1e9 + parts.nanos,
  };
}

/** The position after the token, or -1. */
function readToken(
  token: DateToken,
  text: string,
  at: number,
  parts: Parts,
  next: DateToken | undefined,
): number {
  switch (token.kind) {
    case "literal":
      return text.startsWith(token.text, at) ? at + token.text.length : -1;
    case "half": {
      const half = text.slice(at, at + 2).toUpperCase();
      if (half !== "AM" && half !== "PM") return -1;
      parts.half = half;
      return at + 2;
    }
    case "month":
      if (token.width > 2) return readMonthName(text, at, token.width, parts);
      break;
    case "day":
      if (token.width > 2)
        return /^\p{L}*/u.exec(text.slice(at))?.[0].length ? at + wordLength(text, at) : -1;
      break;
    case "year":
    case "hour":
    case "hour12":
    case "minute":
    case "second":
    case "fraction":
      break;
  }
  const adjacent = next !== undefined && next.kind !== "literal" && next.kind !== "half";
  const longest = token.kind === "year" || token.kind === "fraction" || adjacent ? token.width : 2;
  const shortest =
    token.kind === "year" || token.kind === "fraction" ? token.width : token.width === 1 ? 1 : 2;
  let end = at;
  while (end < text.length && end - at < longest && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57)
    end += 1;
  if (end - at < shortest) return -1;
  store(token, Number(text.slice(at, end)), end - at, parts);
  return end;
}

function wordLength(text: string, at: number): number {
  return /^\p{L}*/u.exec(text.slice(at))?.[0].length ?? 0;
}

function readMonthName(text: string, at: number, width: number, parts: Parts): number {
  const word = text.slice(at, at + (width === 3 ? 3 : wordLength(text, at))).toLowerCase();
  const index = MONTHS.findIndex((month) => (width === 3 ? month.slice(0, 3) : month).toLowerCase() === word);
  if (index < 0) return -1;
  parts.month = index + 1;
  return at + word.length;
}

function store(token: DateToken, value: number, digits: number, parts: Parts): void {
  switch (token.kind) {
    case "year":
      parts.year = token.width === 2 ? (value < 70 ? 2000 + value : 1900 + value) : value;
      break;
    case "month":
      parts.month = value;
      break;
    case "day":
      parts.day = value;
      break;
    case "hour":
      parts.hour = value;
      break;
    case "hour12":
      parts.hour = value;
      parts.twelve = true;
      break;
    case "minute":
      parts.minute = value;
      break;
    case "second":
      parts.second = value;
      break;
    case "fraction":
      parts.nanos = value * 10 ** (9 - digits);
      break;
    case "literal":
    case "half":
      break;
  }
}
