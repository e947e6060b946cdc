/** Re-runs exactly these held records, after saying what that does; then shows the new run. */
import { Button, List, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { RotateCw } from "lucide-react";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import { ConfirmDialog, useSingleKeys } from "../../kit/index.ts";

export interface RerunButtonProps {
  readonly ids: readonly string[];
  readonly label: string;
  readonly variant?: "filled" | "default";
  /** Whether the letter `r` opens it. */
  readonly withKey?: boolean;
}

export function RerunButton({ ids, label, variant = "filled", withKey = false }: RerunButtonProps) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const rerun = useApiMutation("rerunHeld", {
    invalidates: ["listHeld", "getHome", "listRuns"],
    onSuccess: ({ runs }) => {
      setAsking(false);
      const first = runs[0];
      if (first === undefined) return;
      if (runs.length === 1) void navigate({ to: "/runs/$id", params: { id: first.id } });
      else void navigate({ to: "/runs" });
    },
  });
  useSingleKeys(withKey && ids.length > 0 ? { r: () => setAsking(true) } : {});
  return (
    <>
      <Button
        variant={variant}
        leftSection={<RotateCw size={16} aria-hidden />}
        disabled={ids.length === 0}
        onClick={() => setAsking(true)}
      >
        {label}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Re-run ${countOf(ids.length, "held record")}?`}
        confirmLabel={`Re-run ${countOf(ids.length, "record")}`}
        loading={rerun.isPending}
        error={rerun.error}
        onConfirm={() => rerun.mutate({ body: { ids: [...ids] } })}
      >
        <List size="sm" spacing={4}>
          <List.Item>Exactly these records, in the order in which they were held.</List.Item>
          <List.Item>With the newest published revision and the value maps as they are now.</List.Item>
          <List.Item>Their values are read again from the source, so corrections there count.</List.Item>
          <List.Item>What the target has already is matched, never created twice.</List.Item>
        </List>
        <Text size="sm" c="dimmed">
          What fails again stays held with its new reason.
        </Text>
      </ConfirmDialog>
    </>
  );
}
