/** A create whose answer was lost: a person looks into the target and says which of the two it is. */
import { Button, Group, Stack, Text } from "@mantine/core";
import type { HeldRecordDetail } from "@fieldbridge/model";
import { Link2, Send } from "lucide-react";
import { useState } from "react";
import { useApi, useApiMutation } from "../../api/index.ts";
import { Banner, ConfirmDialog } from "../../kit/index.ts";
import { FindTarget } from "../memory/find-target.tsx";
import { RunResult } from "./run-result.tsx";

type Question = "exists" | "missing" | null;

export function SettleUncertain({ held }: { held: HeldRecordDetail }) {
  const [question, setQuestion] = useState<Question>(null);
  const [key, setKey] = useState("");
  const [runId, setRunId] = useState<string | null>(null);
  const transfer = useApi("getTransfer", { params: { id: held.transferId } });
  const settle = useApiMutation("settleHeld", {
    invalidates: ["getHeld", "listRuns", "getHome", "listLinks"],
    onSuccess: ({ runs }) => {
      setQuestion(null);
      setRunId(runs[0]?.id ?? null);
    },
  });
  const ask = (next: Question) => (): void => {
    settle.reset();
    setKey("");
    setQuestion(next);
  };
  const send = (targetKey: string | null): void =>
    settle.mutate({ params: { id: held.id }, body: { targetKey } });
  return (
    <>
      {runId === null ? null : <RunResult runId={runId} />}
      <Banner kind="warning" title="Was it created or not?">
        <Stack gap="xs">
          <Text size="sm">
            It was sent, but the answer never arrived, and there is no match key to search by. Look for{" "}
            {held.label} in the target, then say what you found. Until then it is not sent again.
          </Text>
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<Link2 size={16} aria-hidden />}
              disabled={transfer.data === undefined}
              onClick={ask("exists")}
            >
              It exists: link it
            </Button>
            <Button variant="default" leftSection={<Send size={16} aria-hidden />} onClick={ask("missing")}>
              It does not exist: send it again
            </Button>
          </Group>
        </Stack>
      </Banner>
      <ConfirmDialog
        opened={question === "exists"}
        onClose={ask(null)}
        title={`Which record did ${held.label} become?`}
        confirmLabel="Link and run again"
        disabled={key.trim() === ""}
        loading={settle.isPending}
        error={settle.error}
        onConfirm={() => send(key.trim())}
      >
        {transfer.data === undefined ? null : (
          <FindTarget target={transfer.data.definition.target} value={key} onChange={setKey} />
        )}
        <Text size="sm" c="dimmed">
          The two are linked and the record is run once more. Nothing is created.
        </Text>
      </ConfirmDialog>
      <ConfirmDialog
        opened={question === "missing"}
        onClose={ask(null)}
        title={`Send ${held.label} again?`}
        confirmLabel="Send it again"
        danger
        loading={settle.isPending}
        error={settle.error}
        onConfirm={() => send(null)}
      >
        <Text size="sm">
          It is created in the target once more. If it is there after all, the target has it twice: look
          first.
        </Text>
      </ConfirmDialog>
    </>
  );
}
