/** Deleting a group leaves its transfers and their runs alone. */
import { Button, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { Group } from "@fieldbridge/model";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { ConfirmDialog, Panel } from "../../kit/index.ts";

export function DeleteGroup({ group }: { group: Group }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const remove = useApiMutation("deleteGroup", {
    invalidates: ["listGroups"],
    onSuccess: () => void navigate({ to: "/groups", ignoreBlocker: true }),
  });
  return (
    <Panel title="Delete">
      <Text size="sm" c="dimmed" mb="sm">
        The transfers and their runs stay; the order and the history of the group are lost.
      </Text>
      <Button variant="default" disabled={group.lastRun?.state === "running"} onClick={() => setAsking(true)}>
        Delete group…
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Delete ${group.definition.name}?`}
        confirmLabel="Delete for good"
        danger
        loading={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { id: group.id } })}
      >
        <Text size="sm">Its order and its history are lost. The transfers stay as they are.</Text>
      </ConfirmDialog>
    </Panel>
  );
}
