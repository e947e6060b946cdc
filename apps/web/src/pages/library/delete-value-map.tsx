/** Deletes a value map that no transfer uses. */
import { Button, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ValueMap } from "@fieldbridge/model";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import { ConfirmDialog } from "../../kit/index.ts";

export function DeleteValueMap({ map, users }: { map: ValueMap; users: number }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const remove = useApiMutation("deleteValueMap", {
    invalidates: ["listValueMaps"],
    onSuccess: () => void navigate({ to: "/library/value-maps", ignoreBlocker: true }),
  });
  return (
    <>
      <Button
        variant="default"
        disabled={users > 0}
        title={users > 0 ? "Transfers use it; change them first." : undefined}
        onClick={() => setAsking(true)}
      >
        Delete…
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Delete ${map.name}?`}
        confirmLabel="Delete for good"
        danger
        loading={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { name: map.name } })}
      >
        <Text size="sm">
          {map.entries.length === 1
            ? "Its one entry is"
            : `Its ${countOf(map.entries.length, "entry", "entries")} are`}{" "}
          lost.
        </Text>
      </ConfirmDialog>
    </>
  );
}
