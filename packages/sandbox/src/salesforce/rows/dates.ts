// Dates and datetimes as this server stores and sends them; both forms compare correctly as text.

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const DATETIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/;

/** "2026-11-03" when it is a real day between 1700 and 4000, else null. */
export function toStoredDate(text: string): string | null {
  const [, year = "", month = "", day = ""] = DATE.exec(text) ?? [];
  if (year === "" || Number(year) < 1700 || Number(year) > 4000) return null;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.toISOString().startsWith(`${year}-${month}-${day}`) ? text : null;
}

/** Any ISO datetime (a plain date is its midnight in UTC) as "2026-11-03T08:00:00.000+0000", else null. */
export function toStoredDatetime(text: string): string | null {
  const date = toStoredDate(text);
  if (date !== null) return `${date}T00:00:00.000+0000`;
  const [, day = "", time = "", fraction = "", zone = "Z"] = DATETIME.exec(text) ?? [];
  if (toStoredDate(day) === null) return null;
  const isoZone = zone === "Z" || zone.includes(":") ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const ms = Date.parse(`${day}T${time}${fraction.slice(0, 4)}${isoZone}`);
  return Number.isNaN(ms) ? null : toDatetime(ms);
}

/** An instant in milliseconds as stored datetime. */
export function toDatetime(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "+0000");
}

/** A stored datetime in milliseconds since 1970. */
export function toMs(stored: string): number {
  return Date.parse(stored.replace("+0000", "Z"));
}
