/** Schedules: what starts by the clock. */
import * as z from "zod";
import { issue } from "../issue.ts";
import { run } from "../run.ts";
import { schedule, scheduleClock, scheduleInput } from "../schedule.ts";
import { byId, defineRoutes, done, list } from "./route.ts";

export const scheduleRoutes = defineRoutes({
  listSchedules: {
    method: "GET",
    path: "/schedules",
    right: "view",
    summary: "All schedules, the next due first",
    response: list(schedule),
  },
  createSchedule: {
    method: "POST",
    path: "/schedules",
    right: "operate",
    summary: "Create a schedule",
    body: scheduleInput,
    response: schedule,
  },
  updateSchedule: {
    method: "PUT",
    path: "/schedules/:id",
    right: "operate",
    summary: "Change a schedule; its next tick is counted from now",
    params: byId,
    body: scheduleInput,
    response: schedule,
  },
  deleteSchedule: {
    method: "DELETE",
    path: "/schedules/:id",
    right: "operate",
    summary: "Delete a schedule; its runs stay",
    params: byId,
    response: done,
  },
  runSchedule: {
    method: "POST",
    path: "/schedules/:id/run",
    right: "operate",
    summary: "Start now what the next tick would start",
    params: byId,
    response: run,
  },
  previewSchedule: {
    method: "POST",
    path: "/schedules/preview",
    right: "view",
    summary: "The next ticks of a cron expression, or what is wrong with it",
    body: z.strictObject({ ...scheduleClock.shape, count: z.int().min(1).max(50).default(5) }),
    response: z.object({ next: z.array(z.iso.datetime()), issues: z.array(issue) }),
  },
});
