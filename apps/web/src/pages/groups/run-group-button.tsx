/** Starts a group after saying what that does, or stops the run that is on. */
import { Button, Text } from "@mantine/core";
import type { Group, GroupRun } from "@fieldbridge/model";
import { CircleStop, Play } from "lucide-react";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import { ConfirmDialog } from "../../kit/index.ts";

const old = ["listGroups", "getGroup", "listGroupRuns", "listRuns", "getHome", "listTransfers"] as const;

function StopGroup({ run, size }: { run: GroupRun; size: "sm" | "compact-sm" }) {
  const [asking, setAsking] = useState(false);
  const stop = useApiMutation("stopGroupRun", { invalidates: old, onSuccess: () => setAsking(false) });
  return (
    <>
      <Button
        variant="default"
        size={size}
        leftSection={<CircleStop size={16} aria-hidden />}
        disabled={run.stopRequested}
        onClick={() => setAsking(true)}
        {...(size === "sm" ? {} : { "aria-label": `Stop ${run.groupName}` })}
      >
        {run.stopRequested ? "Stopping" : "Stop"}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Stop “${run.groupName}”?`}
        confirmLabel="Stop the group"
        danger
        loading={stop.isPending}
        error={stop.error}
        onConfirm={() => stop.mutate({ params: { id: run.id } })}
      >
        <Text size="sm">
          No further transfer starts. Those that are running finish the page of records being written and
          stop; the rest is read by their next run.
        </Text>
      </ConfirmDialog>
    </>
  );
}

export function RunGroupButton({
  group,
  size = "sm",
  disabled = false,
}: {
  group: Group;
  size?: "sm" | "compact-sm";
  disabled?: boolean;
}) {
  const [asking, setAsking] = useState(false);
  const start = useApiMutation("startGroupRun", { invalidates: old, onSuccess: () => setAsking(false) });
  const { name, members } = group.definition;
  if (group.lastRun?.state === "running") return <StopGroup run={group.lastRun} size={size} />;
  const first = members.filter((member) => member.after.length === 0).length;
  return (
    <>
      <Button
        variant={size === "sm" ? "filled" : "default"}
        size={size}
        leftSection={<Play size={size === "sm" ? 16 : 14} aria-hidden />}
        disabled={disabled || members.length === 0}
        onClick={() => setAsking(true)}
        {...(size === "sm" ? {} : { "aria-label": `Run ${name}` })}
      >
        {size === "sm" ? "Run group" : "Run"}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Run “${name}”?`}
        confirmLabel="Run"
        loading={start.isPending}
        error={start.error}
        onConfirm={() => start.mutate({ params: { id: group.id } })}
      >
        <Text size="sm">
          Each of the {countOf(members.length, "transfer")} takes what is new or changed in its source and
          writes it to its target, with its published revision.{" "}
          {first === members.length
            ? "They all start at once."
            : `${countOf(first, "transfer")} ${first === 1 ? "starts" : "start"} at once, the others when those before them have finished.`}
        </Text>
      </ConfirmDialog>
    </>
  );
}
