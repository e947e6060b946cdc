/** What can be done with one schedule in the list: on and off, run now, edit, delete. */
import { ActionIcon, Group, Switch, Text, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { Schedule } from "@fieldbridge/model";
import { useNavigate } from "@tanstack/react-router";
import { Pencil, Play, Trash2 } from "lucide-react";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { ConfirmDialog } from "../../kit/index.ts";
import { toScheduleInput } from "./schedule-input.ts";

const nameOf = (schedule: Schedule): string => schedule.name || schedule.transferName;

const tell = (title: string) => (error: Error) =>
  notifications.show({ color: "red", title, message: error.message });

export function ScheduleSwitch({ schedule }: { schedule: Schedule }) {
  const update = useApiMutation("updateSchedule", {
    invalidates: ["listSchedules"],
    onError: tell("The schedule was not changed"),
  });
  return (
    <Switch
      checked={schedule.enabled}
      disabled={update.isPending}
      aria-label={`${nameOf(schedule)} is on`}
      onChange={(event) =>
        update.mutate({
          params: { id: schedule.id },
          body: { ...toScheduleInput(schedule), enabled: event.currentTarget.checked },
        })
      }
    />
  );
}

function DeleteSchedule({ schedule }: { schedule: Schedule }) {
  const [asking, setAsking] = useState(false);
  const remove = useApiMutation("deleteSchedule", {
    invalidates: ["listSchedules"],
    onSuccess: () => setAsking(false),
  });
  return (
    <>
      <Tooltip label="Delete">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Delete the schedule of ${nameOf(schedule)}`}
          onClick={() => setAsking(true)}
        >
          <Trash2 size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title="Delete this schedule?"
        confirmLabel="Delete"
        danger
        loading={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { id: schedule.id } })}
      >
        <Text size="sm">
          {schedule.transferName} does not start by this clock any more. The transfer and its runs stay.
        </Text>
      </ConfirmDialog>
    </>
  );
}

export function ScheduleActions({ schedule, onEdit }: { schedule: Schedule; onEdit: () => void }) {
  const navigate = useNavigate();
  const run = useApiMutation("runSchedule", {
    invalidates: ["listSchedules", "listRuns", "getHome", "listTransfers"],
    onSuccess: (started) => void navigate({ to: "/runs/$id", params: { id: started.id } }),
    onError: tell("The run was not started"),
  });
  return (
    <Group gap={2} wrap="nowrap">
      <Tooltip label="Run now">
        <ActionIcon
          variant="subtle"
          color="gray"
          loading={run.isPending}
          aria-label={`Run ${nameOf(schedule)} now`}
          onClick={() => run.mutate({ params: { id: schedule.id } })}
        >
          <Play size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Edit">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Edit the schedule of ${nameOf(schedule)}`}
          onClick={onEdit}
        >
          <Pencil size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <DeleteSchedule schedule={schedule} />
    </Group>
  );
}
