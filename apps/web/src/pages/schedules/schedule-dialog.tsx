/** Creates or changes a schedule: what it starts, when, and the next runs that come of it. */
import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { Schedule, ScheduleInput, Transfer } from "@fieldbridge/model";
import { useState } from "react";
import { useApi, useApiMutation } from "../../api/index.ts";
import { newClock, readCron, toCron } from "../../format/schedule-words.ts";
import { zoneName } from "../../format/time.ts";
import { ActionError } from "../../kit/index.ts";
import { ParameterFields } from "../../parameters/parameter-fields.tsx";
import { ClockFields } from "./clock-fields.tsx";
import { NextTicks } from "./next-ticks.tsx";
import { toScheduleInput, toWorkName, workChoices } from "./schedule-input.ts";
import { useScheduleParameters } from "./use-schedule-parameters.ts";

const zones = Intl.supportedValuesOf("timeZone");
const typingMs = 250;

export interface ScheduleDialogProps {
  /** Null makes a new one. */
  readonly schedule: Schedule | null;
  readonly transfers: readonly Transfer[];
  /** The transfer a new one begins with. */
  readonly transferId: string | undefined;
  readonly onClose: () => void;
}

const toStart = ({ schedule, transferId }: ScheduleDialogProps): ScheduleInput =>
  schedule === null
    ? {
        name: "",
        transferId: transferId ?? "",
        work: { kind: "changes" },
        cron: toCron(newClock),
        timeZone: zoneName(),
        enabled: true,
        parameters: {},
      }
    : toScheduleInput(schedule);

export function ScheduleDialog(props: ScheduleDialogProps) {
  const { schedule, transfers, onClose } = props;
  const [input, setInput] = useState(() => toStart(props));
  const [form, setForm] = useState(() => readCron(input.cron));
  const change = (more: Partial<ScheduleInput>): void => setInput((before) => ({ ...before, ...more }));
  const [clock] = useDebouncedValue({ cron: toCron(form), timeZone: input.timeZone }, typingMs);
  const preview = useApi("previewSchedule", { body: { ...clock, count: 5 } }, { keepPrevious: true });
  const issueAt = (path: string): string | null =>
    preview.data?.issues.find((issue) => issue.path === path)?.message ?? null;
  const done = { invalidates: ["listSchedules"] as const, onSuccess: onClose };
  const create = useApiMutation("createSchedule", done);
  const update = useApiMutation("updateSchedule", done);
  const parameters = useScheduleParameters(
    transfers.find((each) => each.id === input.transferId),
    input.parameters,
    (next) => change({ parameters: next }),
  );
  // Until it is known which ones there are, those kept stay.
  const values = parameters.isAsked ? parameters.values : input.parameters;
  const body: ScheduleInput = { ...input, cron: toCron(form), parameters: values };
  const error = create.error ?? update.error;
  const published = transfers.filter((each) => each.published !== null || each.id === input.transferId);
  return (
    <Modal opened onClose={onClose} title={schedule === null ? "New schedule" : "Change schedule"} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (schedule === null) create.mutate({ body });
          else update.mutate({ params: { id: schedule.id }, body });
        }}
      >
        <Stack gap="md">
          <Group grow align="flex-start">
            <Select
              label="Transfer"
              placeholder="Choose a published transfer"
              searchable
              allowDeselect={false}
              nothingFoundMessage="No published transfer of this name"
              data={published.map(({ id, name }) => ({ value: id, label: name }))}
              value={input.transferId === "" ? null : input.transferId}
              onChange={(value) => change({ transferId: value ?? "", parameters: {} })}
              data-autofocus={input.transferId === "" ? true : undefined}
            />
            <Select
              label="What it does"
              allowDeselect={false}
              data={workChoices.map(({ value, label }) => ({ value, label }))}
              value={toWorkName(input.work)}
              onChange={(value) => {
                const choice = workChoices.find((each) => each.value === value);
                if (choice) change({ work: choice.work });
              }}
            />
          </Group>
          {parameters.isAsked ? <ParameterFields asked={parameters} row /> : null}
          <ClockFields form={form} onChange={setForm} error={issueAt("cron")} />
          <Group grow align="flex-start">
            <Select
              label="Time zone"
              searchable
              allowDeselect={false}
              nothingFoundMessage="No time zone of this name"
              data={zones.includes(input.timeZone) ? zones : [input.timeZone, ...zones]}
              value={input.timeZone}
              error={issueAt("timeZone")}
              onChange={(value) => change({ timeZone: value ?? input.timeZone })}
            />
            <TextInput
              label="Name (optional)"
              value={input.name}
              maxLength={200}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
          </Group>
          <NextTicks {...clock} next={preview.data?.next ?? []} />
          {error ? <ActionError error={error} what="The schedule was not saved" /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={create.isPending || update.isPending}
              disabled={
                input.transferId === "" ||
                (preview.data?.issues.length ?? 0) > 0 ||
                Object.keys(parameters.problems).length > 0
              }
            >
              {schedule === null ? "Create" : "Save"}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
