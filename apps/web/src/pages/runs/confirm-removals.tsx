/**
 * A run that the guard stopped: how many records disappeared from the source, which they are, and the one place where a
 * person lets them be removed from the target.
 */
import { Button, List, Loader, Text } from "@mantine/core";
import type { PendingRemovals, Run } from "@fieldbridge/model";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useApi, useApiMutation } from "../../api/index.ts";
import { countOf, formatCount } from "../../format/number.ts";
import { Banner, ButtonLink, ConfirmDialog } from "../../kit/index.ts";

const verbs = { flag: "Flag", delete: "Delete" } as const;

function Consequence({ removals, mode }: { removals: PendingRemovals; mode: "flag" | "delete" }) {
  const more = removals.gone - removals.sample.length;
  return (
    <>
      <Text size="sm">
        {mode === "delete"
          ? "These records are deleted in the target. Fieldbridge cannot bring them back."
          : "These records stay in the target and get the values that the transfer chose for removed records."}{" "}
        The source is asked once more first; what it has again is left alone.
      </Text>
      <List size="sm" aria-label="Records that are removed">
        {removals.sample.map((each) => (
          <List.Item key={each.sourceKey}>
            {each.label}{" "}
            <Text span size="xs" c="dimmed" className="fb-mono">
              {each.targetKey}
            </Text>
          </List.Item>
        ))}
      </List>
      {more > 0 ? (
        <Text size="sm" c="dimmed">
          and {formatCount(more)} more
        </Text>
      ) : null}
    </>
  );
}

function Confirm({ run, removals }: { run: Run; removals: PendingRemovals }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const start = useApiMutation("startRun", {
    invalidates: ["listRuns", "getHome", "listTransfers", "listRemovals"],
    onSuccess: (next) => {
      setAsking(false);
      void navigate({ to: "/runs/$id", params: { id: next.id } });
    },
  });
  const { mode, gone } = removals;
  if (mode === null || gone === 0)
    return (
      <Text size="sm" c="dimmed">
        No record waits for a confirmation any more.
      </Text>
    );
  const label = `${verbs[mode]} ${gone === 1 ? "this record" : `these ${formatCount(gone)} records`}`;
  return (
    <>
      <Button color={mode === "delete" ? "red" : "blue"} onClick={() => setAsking(true)}>
        {label}…
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`${verbs[mode]} ${countOf(gone, "record")} in the target?`}
        confirmLabel={label}
        danger={mode === "delete"}
        loading={start.isPending}
        error={start.error}
        onConfirm={() =>
          start.mutate({
            params: { id: run.transferId },
            body: { scope: { kind: "removals", confirmed: gone }, parameters: run.parameters },
          })
        }
      >
        <Consequence removals={removals} mode={mode} />
      </ConfirmDialog>
    </>
  );
}

/** `message` names the numbers as they were when the run stopped. */
export function ConfirmRemovals({ run, message, code }: { run: Run; message: string; code: string }) {
  const query = useApi("listRemovals", {
    params: { id: run.transferId },
    query: { parameters: JSON.stringify(run.parameters) },
  });
  return (
    <Banner
      kind="warning"
      title={message}
      code={code}
      actions={
        <>
          <ButtonLink
            variant="default"
            to="/transfers/$id/$tab"
            params={{ id: run.transferId, tab: "behaviour" }}
          >
            Change the rule
          </ButtonLink>
          {query.data === undefined ? (
            <Loader size="sm" aria-label="Loading the removed records" />
          ) : (
            <Confirm run={run} removals={query.data} />
          )}
        </>
      }
    >
      Check the source first: a lost permission or a wrong filter there looks the same as a deletion. New and
      changed records were transferred as usual.
    </Banner>
  );
}
