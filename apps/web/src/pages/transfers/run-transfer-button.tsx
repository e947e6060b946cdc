/** Runs the published revision of a transfer, after saying what that does. */
import { Button, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { Transfer } from "@fieldbridge/model";
import { Play } from "lucide-react";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { ConfirmDialog, TextLink } from "../../kit/index.ts";
import { ParameterFields } from "../../parameters/parameter-fields.tsx";
import { useParameterValues, usePublishedParameters } from "../../parameters/use-parameter-values.ts";
import { isActive } from "../../format/run-words.ts";

export function RunTransferButton({ transfer }: { transfer: Transfer }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const parameters = useParameterValues(
    transfer.id,
    usePublishedParameters(transfer.id, asking ? transfer.published : null),
  );
  const start = useApiMutation("startRun", {
    invalidates: ["listRuns", "getHome", "listTransfers"],
    onSuccess: (run) => {
      setAsking(false);
      void navigate({ to: "/runs/$id", params: { id: run.id } });
    },
  });
  if (transfer.lastRun !== null && isActive(transfer.lastRun))
    return (
      <TextLink to="/runs/$id" params={{ id: transfer.lastRun.id }}>
        Running
      </TextLink>
    );
  if (transfer.published === null)
    return (
      <Text span size="sm" c="dimmed">
        Publish first
      </Text>
    );
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<Play size={14} aria-hidden />}
        aria-label={`Run ${transfer.name}`}
        onClick={() => setAsking(true)}
      >
        Run
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Run “${transfer.name}”?`}
        confirmLabel="Run"
        loading={start.isPending}
        error={start.error}
        disabled={Object.keys(parameters.problems).length > 0}
        onConfirm={() => {
          parameters.remember();
          start.mutate({
            params: { id: transfer.id },
            body: { scope: { kind: "changes" }, parameters: parameters.values },
          });
        }}
      >
        <Text size="sm">
          Revision {transfer.published} takes what is new or changed in the source and writes it to the
          target.
          {transfer.changed ? " Your unpublished draft is not used." : ""}
        </Text>
        {parameters.isAsked ? <ParameterFields asked={parameters} /> : null}
      </ConfirmDialog>
    </>
  );
}
