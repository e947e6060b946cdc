/** Times of day in a named zone, which is a transfer's and seldom the reader's. */
import { instantOptions } from "./time.ts";

/** Milliseconds by which the clocks of `zone` are ahead of UTC at an instant. */
function offsetMs(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  const local = Date.UTC(
    read("year"),
    read("month") - 1,
    read("day"),
    read("hour"),
    read("minute"),
    read("second"),
  );
  return local - Math.floor(at / 1_000) * 1_000;
}

/**
 * `2026-11-20T08:00` on the clocks of `zone` as an ISO instant; null for what is no time. A time that the clocks
 * jump over is the one as far behind the jump; of one they show twice it is the first.
 */
export function toInstant(local: string, zone: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(local)) return null;
  const wall = Date.parse(`${local}Z`);
  if (Number.isNaN(wall)) return null;
  const fits = [wall - offsetMs(wall - 86_400_000, zone), wall - offsetMs(wall + 86_400_000, zone)];
  const exact = fits.filter((at) => at + offsetMs(at, zone) === wall);
  return new Date(Math.min(...(exact.length > 0 ? exact : [fits[0] ?? wall]))).toISOString();
}

/** "20 Nov 2026, 08:00:00 (Europe/Copenhagen)" */
export const formatInZone = (at: string, zone: string): string =>
  `${new Intl.DateTimeFormat(undefined, { ...instantOptions, timeZone: zone }).format(Date.parse(at))} (${zone})`;
