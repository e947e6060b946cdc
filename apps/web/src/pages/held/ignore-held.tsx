/** Closes held records without sending them; the reason is kept. */
import { Button, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { ConfirmDialog } from "../../kit/index.ts";

export interface IgnoreHeldProps {
  readonly ids: readonly string[];
  /** What the records are called in the question: "00000017", "3 records". */
  readonly what: string;
  readonly label?: string;
}

export function IgnoreHeld({ ids, what, label = "Ignore" }: IgnoreHeldProps) {
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState("");
  const ignore = useApiMutation("ignoreManyHeld", {
    invalidates: ["listHeld", "countHeld", "getHeld", "getHome", "listCauses", "listTransfers"],
    onSuccess: () => setOpened(false),
  });
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        disabled={ids.length === 0}
        onClick={() => {
          setReason("");
          setOpened(true);
        }}
      >
        {label}
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={() => setOpened(false)}
        title={`Ignore ${what}?`}
        confirmLabel="Ignore with this reason"
        disabled={reason.trim() === ""}
        loading={ignore.isPending}
        error={ignore.error}
        onConfirm={() => ignore.mutate({ body: { ids: [...ids], reason: reason.trim() } })}
      >
        <Text size="sm">
          Nothing is sent. It stays in the list under Ignored, where it can be opened again, and is read again
          when it changes in the source.
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
