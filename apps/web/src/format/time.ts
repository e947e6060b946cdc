/** Instants for people: always an absolute time, with a relative one beside it. */

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "4 minutes ago"; below a minute "just now". */
export function formatRelative(at: string, now: number): string {
  const seconds = (Date.parse(at) - now) / 1000;
  const format = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  for (const [unit, size] of units)
    if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit);
  return seconds > 10 ? "in under a minute" : "just now";
}

/** Day and time to the second. */
export const instantOptions: Intl.DateTimeFormatOptions = {
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hour12: false,
};

/** "19 Nov 2026, 12:04:31" in the zone of the browser. */
export const formatInstant = (at: string | number): string =>
  new Intl.DateTimeFormat(undefined, instantOptions).format(new Date(at));

/** Today only the time, this year without the year. */
export function formatShortInstant(at: string, now: number): string {
  const [date, today] = [new Date(at), new Date(now)];
  const time: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hour12: false };
  if (date.toDateString() === today.toDateString())
    return new Intl.DateTimeFormat(undefined, time).format(date);
  const day: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", ...time };
  return new Intl.DateTimeFormat(
    undefined,
    date.getFullYear() === today.getFullYear() ? day : { ...day, year: "numeric" },
  ).format(date);
}

export const zoneName = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const pad = (value: number): string => String(value).padStart(2, "0");

/** "840 ms", "3.2 s", "2 min 05 s", "1 h 04 min". */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${pad(seconds % 60)} s`;
  return `${Math.floor(seconds / 3_600)} h ${pad(Math.floor((seconds % 3_600) / 60))} min`;
}
