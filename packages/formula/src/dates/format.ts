/**
 * Dates and times as text in a pattern such as `dd.MM.yyyy HH:mm`. `m` means minutes next to hours or seconds and
 * months elsewhere, as in Excel, so both `MM` and `mm` do what was meant.
 */
import { FormulaFailure } from "../failure.ts";
import { civilFromDays, isoWeekday, pad } from "./calendar.ts";

export type DateToken =
  | { readonly kind: "literal"; readonly text: string }
  | {
      readonly kind: "year" | "month" | "day" | "hour" | "hour12" | "minute" | "second" | "fraction";
      readonly width: number;
    }
  | { readonly kind: "half" };

export const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const PIECE =
  /'((?:[^']|'')*)'|\\(.)|AM\/PM|am\/pm|tt|[yY]+|[mM]+|[dD]+|H+|h+|s+|[SfF]+|[^a-zA-Z]|[TZ]|[a-zA-Z]/gu;
const MAX_PATTERN = 200;

/** The parts of a pattern; fails for letters that mean nothing. */
export function parseDatePattern(pattern: string): readonly DateToken[] {
  if (pattern.length > MAX_PATTERN)
    throw new FormulaFailure("FML-306", `A date format has at most ${MAX_PATTERN} characters`);
  const tokens: (DateToken & { unclear?: boolean })[] = [];
  for (const match of pattern.matchAll(PIECE)) tokens.push(toToken(match, pattern));
  return tokens.map((token, index) => (token.unclear ? settleMonth(tokens, index, token) : token));
}

function toToken(match: RegExpMatchArray, pattern: string): DateToken & { unclear?: boolean } {
  const [piece, quoted, escaped] = match;
  if (quoted !== undefined)
    return { kind: "literal", text: quoted === "" ? "'" : quoted.replaceAll("''", "'") };
  if (escaped !== undefined) return { kind: "literal", text: escaped };
  if (piece === "tt" || piece.toLowerCase() === "am/pm") return { kind: "half" };
  const width = piece.length;
  switch (piece.charAt(0)) {
    case "y":
    case "Y":
      if (width === 2 || width === 4) return { kind: "year", width };
      break;
    case "m":
    case "M":
      if (width <= 4) return { kind: "month", width, unclear: width <= 2 };
      break;
    case "d":
    case "D":
      if (width <= 4) return { kind: "day", width };
      break;
    case "H":
      if (width <= 2) return { kind: "hour", width };
      break;
    case "h":
      if (width <= 2) return { kind: "hour12", width };
      break;
    case "s":
      if (width <= 2) return { kind: "second", width };
      break;
    case "S":
    case "f":
    case "F":
      if (width <= 9) return { kind: "fraction", width };
      break;
    case "T":
    case "Z":
      return { kind: "literal", text: piece };
    default:
      if (!/[a-zA-Z]/.test(piece)) return { kind: "literal", text: piece };
  }
  throw new FormulaFailure(
    "FML-306",
    `"${piece}" means nothing in the date format "${pattern}"; put words in single quotes`,
  );
}

function settleMonth(tokens: readonly DateToken[], index: number, token: DateToken): DateToken {
  const previous = tokens.slice(0, index).findLast((other) => other.kind !== "literal");
  const next = tokens.slice(index + 1).find((other) => other.kind !== "literal");
  const nearClock = previous?.kind === "hour" || previous?.kind === "hour12" || next?.kind === "second";
  return nearClock && token.kind === "month"
    ? { kind: "minute", width: token.width }
    : ({ kind: token.kind, width: "width" in token ? token.width : 1 } as DateToken);
}

/** A pattern may use hours only where the value has a time. */
export function usesClock(tokens: readonly DateToken[]): boolean {
  return tokens.some((token) => !["literal", "year", "month", "day"].includes(token.kind));
}

export function formatDatePattern(tokens: readonly DateToken[], days: number, nanosOfDay: number): string {
  const { year, month, day } = civilFromDays(days);
  const seconds = Math.floor(nanosOfDay / 1e9);
  const hour = Math.floor(seconds / 3600);
  let text = "";
  for (const token of tokens) {
    switch (token.kind) {
      case "literal":
        text += token.text;
        break;
      case "year":
        text += token.width === 2 ? pad(year % 100, 2) : pad(year, 4);
        break;
      case "month":
        text +=
          token.width > 2
            ? (MONTHS[month - 1] ?? "").slice(0, token.width === 3 ? 3 : undefined)
            : pad(month, token.width);
        break;
      case "day":
        text +=
          token.width > 2
            ? (WEEKDAYS[isoWeekday(days) - 1] ?? "").slice(0, token.width === 3 ? 3 : undefined)
            : pad(day, token.width);
        break;
      case "hour":
        text += pad(hour, token.width);
        break;
      case "hour12":
        text += pad(hour % 12 === 0 ? 12 : hour % 12, token.width);
        break;
      case "minute":
        text += pad(Math.floor(seconds / 60) % 60, token.width);
        break;
      case "second":
        text += pad(seconds % 60, token.width);
        break;
      case "fraction":
        text += pad(nanosOfDay - seconds * 1e9, 9).slice(0, token.width);
        break;
      case "half":
        text += hour < 12 ? "AM" : "PM";
        break;
    }
  }
  return text;
}
