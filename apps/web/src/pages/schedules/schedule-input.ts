/** A schedule as it is written to the server, and what it does in words. */
import type { Schedule, ScheduleInput, ScheduleWork } from "@fieldbridge/model";

export const toScheduleInput = (schedule: Schedule): ScheduleInput => ({
  name: schedule.name,
  transferId: schedule.transferId,
  work: schedule.work,
  cron: schedule.cron,
  timeZone: schedule.timeZone,
  enabled: schedule.enabled,
  parameters: schedule.parameters,
});

export type WorkName = "changes" | "compare" | "repair";

export const workChoices: readonly {
  readonly value: WorkName;
  readonly label: string;
  readonly work: ScheduleWork;
}[] = [
  { value: "changes", label: "Run what changed", work: { kind: "changes" } },
  {
    value: "compare",
    label: "Compare both sides, write nothing",
    work: { kind: "compare", repair: false },
  },
  {
    value: "repair",
    label: "Compare both sides and repair",
    work: { kind: "compare", repair: true },
  },
];

export const toWorkName = (work: ScheduleWork): WorkName =>
  work.kind === "changes" ? "changes" : work.repair ? "repair" : "compare";

export const describeWork = (work: ScheduleWork): string =>
  workChoices.find(({ value }) => value === toWorkName(work))?.label ?? "";
