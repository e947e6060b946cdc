/** Starts a run of the published revision: everything that changed, or one record by its key. */
import { Button, Menu, Modal, Stack, Text, TextInput, Group } from "@mantine/core";
import type { RunScope } from "@fieldbridge/model";
import { useNavigate } from "@tanstack/react-router";
import { ChevronDown, Play } from "lucide-react";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { ActionError } from "../../kit/index.ts";

export interface RunMenuProps {
  readonly transferId: string;
  /** Newest published revision; null disables running. */
  readonly published: number | null;
  /** True where the draft has changes that a run will not use. */
  readonly changed: boolean;
}

export function RunMenu({ transferId, published, changed }: RunMenuProps) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [keys, setKeys] = useState("");
  const start = useApiMutation("startRun", {
    invalidates: ["listRuns", "getHome", "listTransfers"],
    onSuccess: (run) => void navigate({ to: "/runs/$id", params: { id: run.id } }),
  });
  const begin = (scope: RunScope) => start.mutate({ params: { id: transferId }, body: { scope } });
  const list = keys.split(/[\s,;]+/).filter((key) => key !== "");
  return (
    <>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            disabled={published === null}
            loading={start.isPending}
            title={published === null ? "Publish first: a run always uses a published version" : undefined}
            leftSection={<Play size={15} aria-hidden />}
            rightSection={<ChevronDown size={14} aria-hidden />}
          >
            Run
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            Runs version {published}
            {changed ? "; the changes of this draft are not in it" : ""}
          </Menu.Label>
          <Menu.Item onClick={() => begin({ kind: "changes" })}>Run now</Menu.Item>
          <Menu.Item onClick={() => begin({ kind: "held" })}>Re-run held records</Menu.Item>
          <Menu.Item onClick={() => setAsking(true)}>Run single records by key…</Menu.Item>
          <Menu.Item
            onClick={() => void navigate({ to: "/schedules", search: { new: "1", transfer: transferId } })}
          >
            Run by the clock…
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => begin({ kind: "compare", repair: false })}>
            Compare both sides
            <Text size="xs" c="dimmed">
              Lists what differs; nothing is written
            </Text>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={asking || start.isError}
        onClose={() => (setAsking(false), start.reset())}
        title="Run single records"
      >
        <Stack gap="md">
          <TextInput
            label="Keys of source records"
            description="Separated by commas or spaces"
            value={keys}
            onChange={(event) => setKeys(event.currentTarget.value)}
            data-autofocus
          />
          <Text size="sm" c="dimmed">
            Exactly these records are read fresh and written with version {published}.
          </Text>
          {start.error ? <ActionError error={start.error} what="The run was not started" /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => (setAsking(false), start.reset())}>
              Cancel
            </Button>
            <Button
              disabled={list.length === 0}
              loading={start.isPending}
              onClick={() => begin({ kind: "records", keys: list })}
            >
              Run{" "}
              {list.length === 0 ? "records" : `${list.length} ${list.length === 1 ? "record" : "records"}`}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
