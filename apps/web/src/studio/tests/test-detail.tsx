/** One test: its record, what it expects, and what the draft gives now. */
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import type { TestOutcome, TestResult, TransferTest } from "@fieldbridge/model";
import { RotateCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { ActionError, Banner, ConfirmDialog, TimeText } from "../../kit/index.ts";
import { useStudio } from "../session/studio-context.tsx";
import { TestStateBadge } from "./test-state-badge.tsx";
import { TestValues } from "./test-values.tsx";
import { actionWords, toTestState } from "./test-words.ts";
import { useTestActions } from "./use-transfer-tests.ts";
import panes from "../record-panes.module.css";
import classes from "./tests-tab.module.css";

export interface TestDetailProps {
  readonly test: TransferTest;
  readonly result: TestResult | undefined;
}

const toEnding = ({ action, reason, issues }: TestOutcome): string =>
  [
    actionWords[action],
    ...(reason === null ? [] : [reason]),
    ...issues.map(({ code, path }) => `${code} at ${path}`),
  ].join(": ");

export function TestDetail({ test, result }: TestDetailProps) {
  const { session } = useStudio();
  const { save, change, reread, remove } = useTestActions();
  const [deleting, setDeleting] = useState(false);
  const params = { id: session.transferId, test: test.id };
  const state = toTestState(result);
  const isOtherEnding = result !== undefined && toEnding(test.expected) !== toEnding(result.outcome);
  return (
    <section className={panes.detail} aria-label={`Test ${test.name}`}>
      <Stack gap="md">
        <Group justify="space-between" align="flex-end">
          <NameInput key={test.name} name={test.name} onRename={(name) => save(test, { name })} />
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<RotateCw size={15} aria-hidden />}
              loading={reread.isPending}
              onClick={() => reread.mutate({ params })}
            >
              Read again
            </Button>
            <Button
              variant="default"
              leftSection={<Trash2 size={15} aria-hidden />}
              onClick={() => setDeleting(true)}
            >
              Delete
            </Button>
          </Group>
        </Group>
        <Group gap="xs">
          <TestStateBadge state={state} />
          <Text size="sm" c="dimmed">
            {test.label} as it was <TimeText at={test.at} both />
          </Text>
        </Group>
        {change.error ? <ActionError error={change.error} what="The test was not changed" /> : null}
        {reread.error ? <ActionError error={reread.error} what="The record was not read" /> : null}
        {state === "lacks" && result ? (
          <Banner kind="warning" title="The kept record lacks what the transfer reads now">
            <Text size="sm">
              {result.missing.join(", ")}. Read the record again; what is expected stays as it is.
            </Text>
          </Banner>
        ) : null}
        <div>
          <Text size="sm" c="dimmed">
            Expected
          </Text>
          <Text>{toEnding(test.expected)}</Text>
          {isOtherEnding ? (
            <>
              <Text size="sm" c="dimmed" mt={6}>
                Now
              </Text>
              <Text className={classes.differs}>{toEnding(result.outcome)}</Text>
            </>
          ) : null}
        </div>
        {state === "fails" && result ? (
          <Group>
            <Button
              variant="light"
              loading={change.isPending}
              onClick={() => save(test, { expected: result.outcome })}
            >
              Accept the new result
            </Button>
          </Group>
        ) : null}
        <TestValues
          label={test.name}
          expected={test.expected}
          result={result}
          onChange={(expected) => save(test, { expected })}
        />
      </Stack>
      <ConfirmDialog
        opened={deleting}
        onClose={() => setDeleting(false)}
        title={`Delete the test "${test.name}"?`}
        confirmLabel="Delete"
        danger
        loading={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params })}
      >
        <Text size="sm">The record itself stays in the source.</Text>
      </ConfirmDialog>
    </section>
  );
}

function NameInput({ name, onRename }: { readonly name: string; readonly onRename: (name: string) => void }) {
  const [text, setText] = useState(name);
  const finish = () => {
    const next = text.trim();
    if (next === "") setText(name);
    else if (next !== name) onRename(next);
  };
  return (
    <TextInput
      label="Name of the test"
      className={classes.name}
      maxLength={200}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === "Enter") finish();
        if (event.key === "Escape") setText(name);
      }}
    />
  );
}
