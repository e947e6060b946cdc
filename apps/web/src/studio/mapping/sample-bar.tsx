/** Which sample record the values and results on the screen belong to, and the way to the next one. */
import { ActionIcon, Button, Group, Text, Tooltip } from "@mantine/core";
import { ChevronLeft, ChevronRight, RotateCw } from "lucide-react";
import type { SampleSet } from "../samples/use-samples.ts";
import type { PinnedSamples } from "../samples/use-pinned-samples.ts";
import { PinSample } from "./pin-sample.tsx";
import { describeError } from "../../api/index.ts";

export interface SampleBarProps {
  readonly samples: SampleSet;
  readonly index: number;
  readonly onStep: (by: number) => void;
  /** In a line scope: which line of the record, and how many there are. */
  readonly line: { readonly index: number; readonly count: number } | null;
  readonly onLineStep: (by: number) => void;
  readonly pinned: PinnedSamples;
  readonly onPick: (key: string) => void;
}

function Stepper({
  what,
  text,
  keys,
  onStep,
}: {
  what: string;
  text: string;
  keys: [string, string];
  onStep: (by: number) => void;
}) {
  return (
    <Group gap={2} wrap="nowrap">
      <Tooltip label={`Previous ${what} (${keys[0]})`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={`Previous ${what}`}
          onClick={() => onStep(-1)}
        >
          <ChevronLeft size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Text size="sm" className="fb-numbers" style={{ whiteSpace: "nowrap" }}>
        {text}
      </Text>
      <Tooltip label={`Next ${what} (${keys[1]})`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={`Next ${what}`}
          onClick={() => onStep(1)}
        >
          <ChevronRight size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

export function SampleBar({ samples, index, onStep, line, onLineStep, pinned, onPick }: SampleBarProps) {
  const record = samples.records[index];
  if (samples.error !== null)
    return (
      <Group gap="xs" role="status">
        <Text size="sm" c="var(--mantine-color-error)">
          No sample values: {describeError(samples.error).message}
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<RotateCw size={14} aria-hidden />}
          onClick={samples.retry}
        >
          Retry
        </Button>
      </Group>
    );
  if (!record)
    return (
      <Text size="sm" c="dimmed" role="status">
        {samples.isLoading
          ? "Reading ten sample records…"
          : samples.isEnabled
            ? "No sample: no record matches the filter."
            : "No sample values yet"}
      </Text>
    );
  return (
    <Group gap={6} wrap="nowrap" style={{ minWidth: 0 }}>
      <Text size="sm" truncate>
        <Text span c="dimmed">
          Sample{" "}
        </Text>
        <Text span fw={600}>
          {record.label}
        </Text>
      </Text>
      <Stepper
        what="sample record"
        keys={["[", "]"]}
        text={`${index + 1} of ${samples.records.length}`}
        onStep={onStep}
      />
      <PinSample record={record} pinned={pinned} onAdded={onPick} />
      {line !== null && line.count > 0 ? (
        <Stepper
          what="line"
          keys={["{", "}"]}
          text={`line ${line.index + 1} of ${line.count}`}
          onStep={onLineStep}
        />
      ) : null}
    </Group>
  );
}
