/** What can be done with a run: stop it while it runs, run again, open the revision it used. */
import { Button, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { Run } from "@fieldbridge/model";
import { CircleStop, GitCompareArrows, Play } from "lucide-react";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { isActive } from "../../format/run-words.ts";
import { ActionError, ButtonLink, ConfirmDialog } from "../../kit/index.ts";

function StopRun({ run }: { run: Run }) {
  const [asking, setAsking] = useState(false);
  const stop = useApiMutation("stopRun", {
    invalidates: ["getRun", "listRuns", "getHome"],
    onSuccess: () => setAsking(false),
  });
  return (
    <>
      <Button
        variant="default"
        leftSection={<CircleStop size={16} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        Stop
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Stop run ${run.number}?`}
        confirmLabel="Stop the run"
        danger
        loading={stop.isPending}
        error={stop.error}
        onConfirm={() => stop.mutate({ params: { id: run.id } })}
      >
        <Text size="sm">
          The page of records being written is finished first, so every record keeps exactly one outcome.
          Records that were not tried are read by the next run; nothing is lost.
        </Text>
      </ConfirmDialog>
    </>
  );
}

function RunAgain({ run }: { run: Run }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const start = useApiMutation("startRun", {
    invalidates: ["listRuns", "getHome", "listTransfers"],
    onSuccess: (next) => {
      setAsking(false);
      void navigate({ to: "/runs/$id", params: { id: next.id } });
    },
  });
  return (
    <>
      <Button variant="default" leftSection={<Play size={16} aria-hidden />} onClick={() => setAsking(true)}>
        Run again
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title="Run the transfer again?"
        confirmLabel="Run"
        loading={start.isPending}
        error={start.error}
        onConfirm={() =>
          start.mutate({
            params: { id: run.transferId },
            body: { scope: { kind: "changes" }, parameters: run.parameters },
          })
        }
      >
        <Text size="sm">
          Takes what changed in the source since the last run, and the held records that are due, with the
          newest published revision. Records that are in the target already are matched, never created twice.
        </Text>
      </ConfirmDialog>
    </>
  );
}

/** Nothing is written, so nothing is asked. */
function CompareAgain({ run }: { run: Run }) {
  const navigate = useNavigate();
  const start = useApiMutation("startRun", {
    invalidates: ["listRuns", "getHome", "listTransfers"],
    onSuccess: (next) => void navigate({ to: "/runs/$id", params: { id: next.id } }),
  });
  const scope = { kind: "compare", repair: false } as const;
  return (
    <>
      {start.error ? <ActionError error={start.error} what="The compare was not started" /> : null}
      <Button
        variant="default"
        leftSection={<GitCompareArrows size={16} aria-hidden />}
        loading={start.isPending}
        onClick={() =>
          start.mutate({ params: { id: run.transferId }, body: { scope, parameters: run.parameters } })
        }
      >
        Compare again
      </Button>
    </>
  );
}

export function RunActions({ run }: { run: Run }) {
  return (
    <>
      {isActive(run) ? (
        <StopRun run={run} />
      ) : run.drift === null ? (
        <RunAgain run={run} />
      ) : (
        <CompareAgain run={run} />
      )}
      <ButtonLink variant="default" to="/transfers/$id/$tab" params={{ id: run.transferId, tab: "map" }}>
        Open transfer
      </ButtonLink>
    </>
  );
}
