/** Instants and times of day as ISO text, with all digits of a second kept. */
import type { InstantValue, TimeValue } from "../value.ts";
import { civilFromDays, digitsAt, formatDate, pad, parseDate } from "./calendar.ts";

export const DAY_MS = 86_400_000;
export const DAY_NANOS = DAY_MS * 1_000_000;
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)([Zz]|[+-]\d{2}(?::?\d{2})?)?$/;

/** Nanoseconds since midnight of `HH:MM`, `HH:MM:SS` or with up to nine decimals; null for anything else. */
export function parseTimeNanos(text: string): number | null {
  const match = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?[Zz]?$/.exec(text);
  if (!match) return null;
  const hours = Number(match[1]);
  const minutes = Number(match[2]);
  const seconds = Number(match[3] ?? 0);
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return ((hours * 60 + minutes) * 60 + seconds) * 1e9 + Number((match[4] ?? "").padEnd(9, "0"));
}

export interface LocalDateTime {
  readonly days: number;
  readonly nanosOfDay: number;
  /** Minutes east of UTC, or null where the text names no offset. */
  readonly offsetMinutes: number | null;
}

export function parseLocalDateTime(text: string): LocalDateTime | null {
  const match = INSTANT.exec(text);
  if (!match) return null;
  const date = parseDate(match[1] ?? "");
  const nanosOfDay = parseTimeNanos(match[2] ?? "");
  if (!date || nanosOfDay === null) return null;
  const zone = match[3];
  if (zone === undefined) return { days: date.days, nanosOfDay, offsetMinutes: null };
  if (zone === "Z" || zone === "z") return { days: date.days, nanosOfDay, offsetMinutes: 0 };
  const hours = digitsAt(zone, 1, 3);
  const minutes = zone.length > 3 ? digitsAt(zone, zone.length - 2, zone.length) : 0;
  if (hours > 18 || minutes > 59) return null;
  const sign = zone.startsWith("-") ? -1 : 1;
  return { days: date.days, nanosOfDay, offsetMinutes: sign * (hours * 60 + minutes) };
}

/** Reads an ISO instant with `Z` or an offset; null for anything else. */
export function parseInstant(text: string): InstantValue | null {
  const local = parseLocalDateTime(text);
  if (!local || local.offsetMinutes === null) return null;
  const nanos = local.nanosOfDay % 1_000_000;
  const ms = local.days * DAY_MS + (local.nanosOfDay - nanos) / 1_000_000 - local.offsetMinutes * 60_000;
  return { kind: "datetime", ms, nanos };
}

/** `HH:MM:SS`, with the decimals that are not zero. */
export function formatTimeOfNanos(nanosOfDay: number): string {
  const seconds = Math.floor(nanosOfDay / 1e9);
  const fraction = nanosOfDay - seconds * 1e9;
  const clock = `${pad(Math.floor(seconds / 3600), 2)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`;
  return fraction === 0 ? clock : `${clock}.${pad(fraction, 9).replace(/0+$/, "")}`;
}

/** `2026-11-03T08:00:00Z`, with only the decimals of a second that are not zero. */
export function formatInstant(instant: InstantValue): string {
  const days = Math.floor(instant.ms / DAY_MS);
  const nanosOfDay = (instant.ms - days * DAY_MS) * 1_000_000 + instant.nanos;
  const { year } = civilFromDays(days);
  const date = year >= 1 && year <= 9999 ? formatDate({ kind: "date", days }) : String(days);
  return `${date}T${formatTimeOfNanos(nanosOfDay)}Z`;
}

export function formatTime(time: TimeValue): string {
  return formatTimeOfNanos(time.nanos);
}
