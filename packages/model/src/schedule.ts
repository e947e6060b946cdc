/** A schedule starts runs of one transfer by the clock: five cron fields, read in a time zone. */
import * as z from "zod";
import { runParameters } from "./parameters.ts";
import { run } from "./run.ts";

/** What each tick starts; a subset of the scopes of a run. */
export const scheduleWork = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("changes") }),
  z.strictObject({ kind: z.literal("compare"), repair: z.boolean() }),
]);
export type ScheduleWork = z.infer<typeof scheduleWork>;

/** When it ticks. A local time that a change of the clocks leaves out ticks right behind the gap. */
export const scheduleClock = z.strictObject({
  /** Minute, hour, day of month, month, day of week. */
  cron: z.string().max(200),
  /** IANA name, such as `Europe/Copenhagen`. */
  timeZone: z.string().max(100),
});
export type ScheduleClock = z.infer<typeof scheduleClock>;

export const scheduleInput = z.strictObject({
  name: z.string().trim().max(200).default(""),
  transferId: z.string(),
  work: scheduleWork,
  ...scheduleClock.shape,
  enabled: z.boolean().default(true),
  /** Values of the transfer's parameters; those left out have their default. */
  parameters: runParameters.default({}),
});
export type ScheduleInput = z.infer<typeof scheduleInput>;

export const schedule = z.object({
  id: z.string(),
  ...scheduleInput.shape,
  transferName: z.string(),
  /** The next tick; null while it is switched off. */
  nextAt: z.iso.datetime().nullable(),
  lastRun: run.nullable(),
  /** The last tick that started no run, and why. */
  lastSkipped: z.object({ at: z.iso.datetime(), reason: z.string() }).nullable(),
});
export type Schedule = z.infer<typeof schedule>;
