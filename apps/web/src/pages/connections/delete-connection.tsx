/** Removes a connection for good; its name must be typed. */
import { Button, Text, TextInput } from "@mantine/core";
import type { Connection } from "@fieldbridge/model";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import { ConfirmDialog, Panel } from "../../kit/index.ts";

export function DeleteConnection({ connection, onDone }: { connection: Connection; onDone: () => void }) {
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState("");
  const remove = useApiMutation("deleteConnection", { invalidates: ["listConnections"], onSuccess: onDone });
  const isUsed = connection.usedByTransfers > 0;
  return (
    <Panel title="Delete">
      <Text size="sm" c="dimmed" mb="sm">
        {isUsed
          ? `${countOf(connection.usedByTransfers, "transfer")} use it; delete or change them first.`
          : "Its settings and secrets are lost. The other system is not touched."}
      </Text>
      <Button variant="default" disabled={isUsed} onClick={() => setOpened(true)}>
        Delete connection…
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={() => setOpened(false)}
        title={`Delete ${connection.name}?`}
        confirmLabel="Delete for good"
        danger
        disabled={typed !== connection.name}
        loading={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { id: connection.id } })}
      >
        <Text size="sm">Settings and secrets of this connection are lost.</Text>
        <TextInput
          label={`Type ${connection.name} to confirm`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
        />
      </ConfirmDialog>
    </Panel>
  );
}
