/** Pins the sample record on the screen, or another one by its name or key, so that it is always among the samples. */
import { ActionIcon, Button, Group, Popover, TextInput, Tooltip } from "@mantine/core";
import { Pin, PinOff, Plus } from "lucide-react";
import { useState } from "react";
import { describeError } from "../../api/index.ts";
import type { PinnedSamples } from "../samples/use-pinned-samples.ts";
import type { SampleRecord } from "../samples/use-samples.ts";

export interface PinSampleProps {
  readonly record: SampleRecord | undefined;
  readonly pinned: PinnedSamples;
  /** Shows the record that was added. */
  readonly onAdded: (key: string) => void;
}

function AddSample({ pinned, onAdded }: Pick<PinSampleProps, "pinned" | "onAdded">) {
  const [opened, setOpened] = useState(false);
  const [text, setText] = useState("");
  const { add } = pinned;
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus withArrow position="bottom-end">
      <Popover.Target>
        <Tooltip label="Add a sample record by name or key">
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            aria-label="Add a sample record"
            onClick={() => setOpened(!opened)}
          >
            <Plus size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate(text.trim(), {
              onSuccess: ({ sourceKey }) => {
                setOpened(false);
                setText("");
                onAdded(sourceKey);
              },
            });
          }}
        >
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <TextInput
              label="Name or key of the record"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              error={add.error ? describeError(add.error).message : undefined}
              data-autofocus
            />
            <Button type="submit" loading={add.isPending} disabled={text.trim() === ""}>
              Pin
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

export function PinSample({ record, pinned, onAdded }: PinSampleProps) {
  const isPinned = record !== undefined && (pinned.keys ?? []).includes(record.key);
  const Icon = isPinned ? PinOff : Pin;
  const words = isPinned ? "Unpin this sample record" : "Pin this sample record";
  return (
    <Group gap={0} wrap="nowrap">
      {record ? (
        <Tooltip label={words}>
          <ActionIcon
            variant={isPinned ? "light" : "subtle"}
            color={isPinned ? "blue" : "gray"}
            size={28}
            aria-label={words}
            loading={pinned.pin.isPending || pinned.unpin.isPending}
            onClick={() => (isPinned ? pinned.unpin.mutate(record.key) : pinned.pin.mutate(record))}
          >
            <Icon size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ) : null}
      <AddSample pinned={pinned} onAdded={onAdded} />
    </Group>
  );
}
