/** When a schedule ticks, as a form in words; a cron expression where the words do not reach. */
import { Chip, Group, Input, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import {
  allDays,
  minuteSteps,
  readCron,
  toCron,
  weekDays,
  type ClockForm,
  type ClockKind,
} from "../../format/schedule-words.ts";

const kinds: readonly { readonly value: ClockKind; readonly label: string }[] = [
  { value: "minutes", label: "Every few minutes" },
  { value: "hourly", label: "Hourly" },
  { value: "daily", label: "Daily" },
  { value: "weekly", label: "On days of the week" },
  { value: "cron", label: "Cron expression" },
];

const hours = Array.from({ length: 25 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, "0")}:00`,
}));

interface FieldsProps {
  readonly form: ClockForm;
  readonly onChange: (form: ClockForm) => void;
}

function HourWindow({ form, onChange }: FieldsProps) {
  return (
    <>
      <Select
        label="From"
        w={100}
        allowDeselect={false}
        data={hours.slice(0, 24)}
        value={String(form.from)}
        onChange={(value) => {
          const from = Number(value ?? 0);
          onChange({ ...form, from, to: Math.max(form.to, from + 1) });
        }}
      />
      <Select
        label="To"
        w={100}
        allowDeselect={false}
        data={hours.slice(form.from + 1)}
        value={String(form.to)}
        onChange={(value) => onChange({ ...form, to: Number(value ?? 24) })}
      />
    </>
  );
}

function DayChoice({ form, onChange }: FieldsProps) {
  return (
    <Input.Wrapper label="Days" labelElement="div">
      <Chip.Group
        multiple
        value={form.days.map(String)}
        onChange={(value) =>
          // Without any day it would never tick.
          onChange({ ...form, days: value.length === 0 ? allDays : value.map(Number) })
        }
      >
        <Group gap={6} mt={4} role="group" aria-label="Days of the week">
          {weekDays.map(({ day, name }) => (
            <Chip key={day} value={String(day)} size="xs">
              {name}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}

export function ClockFields({ form, onChange, error }: FieldsProps & { readonly error: string | null }) {
  const hasWindow = form.kind === "minutes" || form.kind === "hourly";
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-start">
        <Select
          label="When"
          w={190}
          allowDeselect={false}
          data={[...kinds]}
          value={form.kind}
          onChange={(kind) => {
            if (kind !== null) onChange({ ...form, kind, cron: toCron(form) });
          }}
        />
        {form.kind === "minutes" ? (
          <Select
            label="Minutes between"
            w={140}
            allowDeselect={false}
            data={minuteSteps.map(String)}
            value={String(form.every)}
            onChange={(value) => onChange({ ...form, every: Number(value ?? 15) })}
          />
        ) : null}
        {form.kind === "hourly" ? (
          <NumberInput
            label="Minutes past the hour"
            w={170}
            min={0}
            max={59}
            clampBehavior="strict"
            allowDecimal={false}
            value={form.minute}
            onChange={(value) => onChange({ ...form, minute: Number(value) })}
          />
        ) : null}
        {hasWindow ? <HourWindow form={form} onChange={onChange} /> : null}
        {form.kind === "daily" || form.kind === "weekly" ? (
          <TextInput
            type="time"
            label="Time"
            w={130}
            value={form.time}
            onChange={(event) => {
              if (event.currentTarget.value !== "") onChange({ ...form, time: event.currentTarget.value });
            }}
          />
        ) : null}
        {form.kind === "cron" ? (
          <TextInput
            label="Cron expression"
            description="Minute, hour, day of month, month, day of week"
            inputWrapperOrder={["label", "input", "description", "error"]}
            style={{ flex: 1 }}
            value={form.cron}
            error={error}
            onChange={(event) =>
              onChange({
                ...readCron(event.currentTarget.value),
                kind: "cron",
                cron: event.currentTarget.value,
              })
            }
          />
        ) : null}
      </Group>
      {hasWindow || form.kind === "weekly" ? <DayChoice form={form} onChange={onChange} /> : null}
    </Stack>
  );
}
