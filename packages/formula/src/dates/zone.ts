/**
 * Local time of IANA zones through Intl.DateTimeFormat, the only zone data every browser and server has. Offsets
 * are remembered per day, because asking Intl costs more than a whole formula.
 */
import { FormulaFailure } from "../failure.ts";
import { DAY_MS } from "./iso.ts";

/** Offsets of the zones one formula uses. */
export interface ZoneClock {
  /** Milliseconds that local time is ahead of UTC at this instant. */
  offsetAt(zone: string, ms: number): number;
  /** The instant of a local time (milliseconds as if UTC), and whether the clock changes there. */
  fromLocal(
    zone: string,
    localMs: number,
  ): { readonly ms: number; readonly clock: "plain" | "skipped" | "repeated" };
}

const REMEMBERED_DAYS = 4000;

export function createZoneClock(): ZoneClock {
  const zones = new Map<string, { format: Intl.DateTimeFormat; days: Map<number, number | null> }>();

  function zoneOf(zone: string) {
    const known = zones.get(zone);
    if (known) return known;
    try {
      const format = new Intl.DateTimeFormat("en-US", {
        timeZone: zone,
        calendar: "gregory",
        numberingSystem: "latn",
        hourCycle: "h23",
        era: "short",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric",
        second: "numeric",
      });
      const created = { format, days: new Map<number, number | null>() };
      zones.set(zone, created);
      return created;
    } catch {
      throw new FormulaFailure("FML-306", `"${zone}" is not a time zone, for example "Europe/Copenhagen"`);
    }
  }

  function askIntl(format: Intl.DateTimeFormat, ms: number): number {
    const whole = Math.floor(ms / 1000) * 1000;
    let year = 0;
    let month = 1;
    let day = 1;
    let seconds = 0;
    let beforeChrist = false;
    for (const part of format.formatToParts(whole)) {
      const value = Number(part.value);
      if (part.type === "year") year = value;
      else if (part.type === "month") month = value;
      else if (part.type === "day") day = value;
      else if (part.type === "hour") seconds += value * 3600;
      else if (part.type === "minute") seconds += value * 60;
      else if (part.type === "second") seconds += value;
      else if (part.type === "era") beforeChrist = part.value.startsWith("B");
    }
    const local = new Date(0);
    local.setUTCFullYear(beforeChrist ? 1 - year : year, month - 1, day);
    return local.getTime() + seconds * 1000 - whole;
  }

  function offsetAt(zone: string, ms: number): number {
    if (zone === "UTC") return 0;
    const { format, days } = zoneOf(zone);
    const day = Math.floor(ms / DAY_MS);
    let remembered = days.get(day);
    if (remembered === undefined) {
      const start = askIntl(format, day * DAY_MS);
      remembered = start === askIntl(format, (day + 1) * DAY_MS - 1000) ? start : null;
      if (days.size >= REMEMBERED_DAYS) days.clear();
      days.set(day, remembered);
    }
    return remembered ?? askIntl(format, ms);
  }

  return {
    offsetAt,
    fromLocal(zone, localMs) {
      const before = offsetAt(zone, localMs - DAY_MS);
      const after = offsetAt(zone, localMs + DAY_MS);
      const first = localMs - before;
      const second = localMs - after;
      const firstFits = offsetAt(zone, first) === before;
      const secondFits = offsetAt(zone, second) === after;
      if (before === after && firstFits) return { ms: first, clock: "plain" };
      if (firstFits && secondFits) return { ms: Math.min(first, second), clock: "repeated" };
      if (firstFits) return { ms: first, clock: "plain" };
      if (secondFits) return { ms: second, clock: "plain" };
      return { ms: first, clock: "skipped" };
    },
  };
}
