/** Compares both sides of a transfer from the list. Nothing is written, so nothing is asked first. */
import { ActionIcon, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { Transfer } from "@fieldbridge/model";
import { useNavigate } from "@tanstack/react-router";
import { GitCompareArrows } from "lucide-react";
import { useApiMutation } from "../../api/index.ts";

export function CompareTransfer({ transfer }: { transfer: Transfer }) {
  const navigate = useNavigate();
  const start = useApiMutation("startRun", {
    invalidates: ["listRuns", "getHome", "listTransfers"],
    onSuccess: (run) => void navigate({ to: "/runs/$id", params: { id: run.id } }),
    onError: (error) =>
      notifications.show({ color: "red", title: "The compare was not started", message: error.message }),
  });
  return (
    <Tooltip label="Compare both sides; nothing is written" position="left">
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Compare both sides of ${transfer.name}`}
        loading={start.isPending}
        onClick={() =>
          start.mutate({
            params: { id: transfer.id },
            body: {
              scope: { kind: "compare", repair: false },
              // The company that was run last is the one a person has in mind.
              parameters: transfer.lastRun?.parameters ?? {},
            },
          })
        }
      >
        <GitCompareArrows size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
