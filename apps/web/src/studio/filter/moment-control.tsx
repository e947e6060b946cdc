/** A day or a moment: fixed, or counted from the time of the run, so that a filter can say "the last 7 days". */
import { Group, Select } from "@mantine/core";
import type { FilterValue } from "@fieldbridge/formula";
import { CommitInput } from "./commit-input.tsx";

type Moment = Extract<FilterValue, { type: "date" | "datetime" | "today" | "now" }>;
type Way = "fixed" | "current" | "ago" | "ahead";
type Unit = Extract<FilterValue, { type: "now" }>["unit"];

export interface MomentControlProps {
  readonly value: Moment;
  /** True for days, false for moments. */
  readonly isDay: boolean;
  readonly label: string;
  readonly onChange: (value: Moment) => void;
}

const units: readonly Unit[] = ["minute", "hour", "day", "week", "month"];
const mostCounted = 9_999_999;

const countOf = (value: Moment): number =>
  value.type === "today" ? value.days : value.type === "now" ? value.count : 0;

const wayOf = (value: Moment): Way =>
  value.type === "date" || value.type === "datetime"
    ? "fixed"
    : countOf(value) === 0
      ? "current"
      : countOf(value) < 0
        ? "ago"
        : "ahead";

const relative = (isDay: boolean, count: number, unit: Unit): Moment =>
  isDay ? { type: "today", days: count } : { type: "now", count, unit };

/** Seven days is what people mean most often by "lately". */
const usualCount = 7;

export function MomentControl({ value, isDay, label, onChange }: MomentControlProps) {
  const way = wayOf(value);
  const unit: Unit = value.type === "now" ? value.unit : "day";
  const count = Math.abs(countOf(value));
  const sign = way === "ago" ? -1 : 1;
  const choose = (next: Way): void => {
    if (next === "fixed") onChange({ type: isDay ? "date" : "datetime", value: "" });
    else if (next === "current") onChange(relative(isDay, 0, unit));
    else onChange(relative(isDay, (next === "ago" ? -1 : 1) * (count || usualCount), unit));
  };
  return (
    <Group gap={6} wrap="nowrap">
      <Select
        size="xs"
        w={130}
        aria-label={`${label}, kind`}
        allowDeselect={false}
        value={way}
        data={[
          { value: "fixed", label: isDay ? "the day" : "the moment" },
          { value: "current", label: isDay ? "today" : "now" },
          { value: "ago", label: "before now by" },
          { value: "ahead", label: "after now by" },
        ]}
        onChange={(next) => {
          if (next === "fixed" || next === "current" || next === "ago" || next === "ahead") choose(next);
        }}
      />
      {value.type === "date" ? (
        <CommitInput
          label={label}
          type="date"
          width={140}
          value={value.value}
          onCommit={(text) => onChange({ type: "date", value: text })}
        />
      ) : null}
      {value.type === "datetime" ? (
        <CommitInput
          label={`${label}, UTC`}
          type="datetime-local"
          width={190}
          value={value.value.replace(/Z$/, "")}
          onCommit={(text) => onChange({ type: "datetime", value: text === "" ? "" : `${text}Z` })}
        />
      ) : null}
      {way === "ago" || way === "ahead" ? (
        <>
          <CommitInput
            label={`${label}, how many`}
            inputMode="numeric"
            width={60}
            value={String(count)}
            onCommit={(text) => {
              const next = Math.min(mostCounted, Math.trunc(Number(text)));
              if (next > 0) onChange(relative(isDay, sign * next, unit));
            }}
          />
          <Select
            size="xs"
            w={100}
            aria-label={`${label}, unit`}
            allowDeselect={false}
            disabled={isDay}
            value={unit}
            data={(isDay ? (["day"] as const) : units).map((each) => ({ value: each, label: `${each}s` }))}
            onChange={(next) => {
              const found = units.find((each) => each === next);
              if (found) onChange(relative(isDay, sign * count, found));
            }}
          />
        </>
      ) : null}
    </Group>
  );
}
