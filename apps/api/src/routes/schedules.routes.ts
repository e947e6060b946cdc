/** Schedules: kept, previewed and started by hand. */
import type { Schedule, ScheduleInput } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import type { Handlers } from "../http/handlers.ts";
import { notValid, orNotFound } from "../problem.ts";
import { startRun } from "../runs/start-run.ts";
import { checkClock, findNextTick, listTicks } from "../schedules/list-ticks.ts";
import {
  changeSchedule,
  findSchedule,
  insertSchedule,
  listSchedules,
  removeSchedule,
} from "../stores/schedules.store.ts";
import { findTransfer } from "../stores/transfers.store.ts";

type ScheduleRoute =
  | "listSchedules"
  | "createSchedule"
  | "updateSchedule"
  | "deleteSchedule"
  | "runSchedule"
  | "previewSchedule";

export const scheduleHandlers = (context: AppContext): Pick<Handlers, ScheduleRoute> => {
  const { db } = context;
  const getSchedule = async (id: string): Promise<Schedule> =>
    orNotFound(await findSchedule(db, id), `Schedule ${id}`);

  /** The first tick from now on; refused where the clock of the schedule cannot be read. */
  const plan = async (input: ScheduleInput): Promise<Date | null> => {
    orNotFound(await findTransfer(db, input.transferId), `Transfer ${input.transferId}`);
    const now = new Date();
    const issues = checkClock(input, now);
    const [first] = issues;
    if (first !== undefined) throw notValid(first.message, issues);
    return input.enabled ? findNextTick(input, now) : null;
  };

  return {
    listSchedules: async () => {
      const items = await listSchedules(db);
      return { items, next: null, total: items.length };
    },
    createSchedule: async ({ body }) => getSchedule(await insertSchedule(db, body, await plan(body))),
    updateSchedule: async ({ params, body }) => {
      await getSchedule(params.id);
      await changeSchedule(db, params.id, body, await plan(body));
      return getSchedule(params.id);
    },
    deleteSchedule: async ({ params }) => {
      orNotFound((await removeSchedule(db, params.id)) || undefined, `Schedule ${params.id}`);
      return { ok: true };
    },
    runSchedule: async ({ params }) => {
      const { id, transferId, work, parameters } = await getSchedule(params.id);
      return startRun(context, transferId, work, { parameters, scheduleId: id });
    },
    previewSchedule: async ({ body }) => {
      const now = new Date();
      const issues = checkClock(body, now);
      return {
        next: issues.length > 0 ? [] : listTicks(body, now, body.count).map((tick) => tick.toISOString()),
        issues,
      };
    },
  };
};
