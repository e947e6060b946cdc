/** Repairs an unknown value: adds it to the value map, with the value filled in and a target proposed. */
import { Autocomplete, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { BookPlus } from "lucide-react";
import { useState } from "react";
import { useApi, useApiMutation } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import { ActionError, Loaded, RowsSkeleton, TextLink } from "../../kit/index.ts";
import { suggestTarget } from "./suggest-target.ts";
import type { ValueMap } from "@fieldbridge/model";

interface EntryFormProps {
  readonly map: ValueMap;
  readonly value: string;
  readonly waiting: number;
  readonly onDone: () => void;
}

function EntryForm({ map, value, waiting, onDone }: EntryFormProps) {
  const proposed = suggestTarget(map, value);
  const [to, setTo] = useState(proposed);
  const add = useApiMutation("addValueMapEntry", {
    invalidates: ["getValueMap", "listValueMaps"],
    onSuccess: onDone,
  });
  const targets = [...new Set(map.entries.map((entry) => entry.to))];
  const save = (): void => add.mutate({ params: { name: map.name }, body: { from: value, to } });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (to !== "") save();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">
          Every transfer that uses the value map{" "}
          <TextLink to="/library/value-maps/$name" params={{ name: map.name }}>
            {map.name}
          </TextLink>{" "}
          knows the value afterwards.
          {waiting > 0 ? ` ${countOf(waiting, "held record")} can then be re-run.` : null}
        </Text>
        <Group grow align="flex-start">
          <TextInput label="Value in the source" value={value} readOnly />
          <Autocomplete
            label="Value in the target"
            description={
              to === proposed && proposed !== "" ? "Proposed: reads the same as a listed code." : undefined
            }
            inputWrapperOrder={["label", "input", "description", "error"]}
            data={targets}
            value={to}
            onChange={setTo}
            openOnFocus={false}
            data-autofocus={proposed === "" || undefined}
          />
        </Group>
        {add.error ? <ActionError error={add.error} what="The entry was not saved" /> : null}
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={add.isPending}
            disabled={to === ""}
            data-autofocus={proposed !== "" || undefined}
          >
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export interface AddToValueMapProps {
  readonly map: string;
  readonly value: string;
  /** Held records of the same cause. */
  readonly rerunIds: readonly string[];
  /** A small button, for beside a line of text. */
  readonly compact?: boolean;
}

export function AddToValueMap({ map, value, rerunIds, compact = false }: AddToValueMapProps) {
  const [opened, setOpened] = useState(false);
  const query = useApi("getValueMap", { params: { name: map } });
  return (
    <>
      <Button
        leftSection={<BookPlus size={16} aria-hidden />}
        onClick={() => setOpened(true)}
        style={{ flex: "none" }}
        {...(compact && { size: "compact-sm", variant: "default" })}
      >
        Add to value map
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={`Add “${value}” to ${map}`} size="lg">
        <Loaded query={query} what={`The value map ${map}`} skeleton={<RowsSkeleton rows={3} />}>
          {(data) => (
            <EntryForm map={data} value={value} waiting={rerunIds.length} onDone={() => setOpened(false)} />
          )}
        </Loaded>
      </Modal>
    </>
  );
}
