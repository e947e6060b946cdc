/** Instants as local days and clock times in the zone of the transfer, and back. */
import { createIssue } from "../issue-codes.ts";
import type { Frame } from "../build/built.ts";
import { FormulaFailure } from "../failure.ts";
import type { DateValue, InstantValue } from "../value.ts";
import { dateFromDays } from "./calendar.ts";
import { DAY_MS, formatTimeOfNanos, parseInstant } from "./iso.ts";

export interface LocalParts {
  readonly days: number;
  readonly nanosOfDay: number;
}

export function zoneOfInstant(frame: Frame, instant: InstantValue): string {
  return instant.zone ?? frame.context.timeZone;
}

export function localParts(frame: Frame, instant: InstantValue): LocalParts {
  const local = instant.ms + frame.clock.offsetAt(zoneOfInstant(frame, instant), instant.ms);
  const days = Math.floor(local / DAY_MS);
  return { days, nanosOfDay: (local - days * DAY_MS) * 1_000_000 + instant.nanos };
}

/** The local day and clock time of a date (midnight) or an instant. */
export function momentParts(frame: Frame, moment: DateValue | InstantValue): LocalParts {
  return moment.kind === "date" ? { days: moment.days, nanosOfDay: 0 } : localParts(frame, moment);
}

/** Times that do not exist move forward, of repeated ones the earlier is taken; both leave a warning. */
export function fromLocalParts(frame: Frame, days: number, nanosOfDay: number, zone?: string): InstantValue {
  dateFromDays(days);
  const nanos = nanosOfDay % 1_000_000;
  const localMs = days * DAY_MS + (nanosOfDay - nanos) / 1_000_000;
  const { ms, clock } = frame.clock.fromLocal(zone ?? frame.context.timeZone, localMs);
  if (clock !== "plain") {
    const what =
      clock === "skipped" ? "does not exist and moved forward" : "exists twice, the earlier was taken";
    const name = zone ?? frame.context.timeZone;
    frame.warnings ??= [];
    frame.warnings.push(
      createIssue("FML-320", `${formatTimeOfNanos(nanosOfDay)} on this day ${what} in ${name}`),
    );
  }
  return { kind: "datetime", ms, nanos, ...(zone !== undefined && { zone }) };
}

/** NOW(): fixed at run start. */
export function runInstant(frame: Frame): InstantValue {
  const instant = parseInstant(frame.context.now);
  if (!instant)
    throw new FormulaFailure("FML-306", `The start of the run "${frame.context.now}" is not an instant`);
  return instant;
}
