/** Closes a held record without sending it; the reason is kept. */
import { Button, Text, Textarea } from "@mantine/core";
import type { HeldRecord } from "@fieldbridge/model";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { ConfirmDialog } from "../../kit/index.ts";

export function IgnoreHeld({ held }: { held: HeldRecord }) {
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState("");
  const ignore = useApiMutation("ignoreHeld", {
    invalidates: ["listHeld", "getHeld", "getHome", "listCauses", "listTransfers"],
    onSuccess: () => setOpened(false),
  });
  return (
    <>
      <Button variant="subtle" color="gray" onClick={() => setOpened(true)}>
        Ignore
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={() => setOpened(false)}
        title={`Ignore ${held.label}?`}
        confirmLabel="Ignore with this reason"
        disabled={reason.trim() === ""}
        loading={ignore.isPending}
        error={ignore.error}
        onConfirm={() => ignore.mutate({ params: { id: held.id }, body: { reason: reason.trim() } })}
      >
        <Text size="sm">
          The record is not sent. It stays in the list under Ignored, and is read again when it changes in the
          source.
        </Text>
        <Textarea
          label="Reason"
          description="Whoever looks at it later reads this."
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          autosize
          minRows={2}
          maxLength={1_000}
          data-autofocus
        />
      </ConfirmDialog>
    </>
  );
}
