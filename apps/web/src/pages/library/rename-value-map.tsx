/** Renames a value map, after saying what happens to those who use it. */
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import { ActionError } from "../../kit/index.ts";

export function RenameValueMap({
  name,
  users,
  disabled,
}: {
  name: string;
  users: number;
  disabled: boolean;
}) {
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  const [next, setNext] = useState(name);
  const rename = useApiMutation("renameValueMap", {
    invalidates: ["listValueMaps", "listTransfers", "getTransfer"],
    onSuccess: (map) =>
      void navigate({ to: "/library/value-maps/$name", params: { name: map.name }, replace: true }),
  });
  const isNew = next.trim() !== "" && next.trim() !== name;
  return (
    <>
      <Button variant="default" disabled={disabled} onClick={() => setOpened(true)}>
        Rename…
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={`Rename ${name}`}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isNew) rename.mutate({ params: { name }, body: { name: next.trim() } });
          }}
        >
          <Stack gap="sm">
            <TextInput
              label="New name"
              value={next}
              maxLength={100}
              onChange={(event) => setNext(event.currentTarget.value)}
              data-autofocus
            />
            <Text size="sm" c="dimmed">
              {users === 0
                ? "No transfer uses it."
                : `The drafts of ${countOf(users, "transfer")} are changed to the new name. What is published keeps finding the map by the old one.`}
            </Text>
            {rename.error ? <ActionError error={rename.error} what="The value map was not renamed" /> : null}
            <Group justify="flex-end">
              <Button type="submit" disabled={!isNew} loading={rename.isPending}>
                Rename
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
