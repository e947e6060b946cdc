/** Tests of the transfer: kept records with the result they must have, run at once on the draft on the screen. */
import { Stack, Text, UnstyledButton } from "@mantine/core";
import type { TestResult, TransferTest } from "@fieldbridge/model";
import { ActionError, EmptyState, Loaded } from "../../kit/index.ts";
import { useStudioUrl } from "../session/studio-url.ts";
import { AddTest } from "./add-test.tsx";
import { TestDetail } from "./test-detail.tsx";
import { TestStateBadge } from "./test-state-badge.tsx";
import { toTestState, toTestsSentence } from "./test-words.ts";
import { useTransferTests } from "./use-transfer-tests.ts";
import panes from "../record-panes.module.css";
import classes from "./tests-tab.module.css";

export function TestsTab() {
  const url = useStudioUrl();
  const { tests, results } = useTransferTests();
  return (
    <div className={panes.tab}>
      <div className={panes.controls}>
        <AddTest onKept={(test) => url.set({ record: test.id })} />
        <Text size="sm" c="dimmed" className={classes.about}>
          A test keeps a record as it is now, with what its formulas look up, and the result it must have. All
          tests must pass before a publish.
        </Text>
      </div>
      {results.error ? (
        <Stack p="md">
          <ActionError error={results.error} what="The tests could not run" />
        </Stack>
      ) : null}
      <Loaded query={tests} what="Tests">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title="No tests yet">
              Add a record whose result you know. When somebody changes a formula later, the test says which
              value changed before anything is published.
            </EmptyState>
          ) : (
            <TestPanes tests={items} results={results.data?.results ?? []} />
          )
        }
      </Loaded>
    </div>
  );
}

function TestPanes({
  tests,
  results,
}: {
  readonly tests: readonly TransferTest[];
  readonly results: readonly TestResult[];
}) {
  const url = useStudioUrl();
  const resultOf = (test: TransferTest) => results.find((each) => each.testId === test.id);
  const shown =
    tests.find((each) => each.id === url.record) ??
    tests.find((each) => resultOf(each)?.passed === false) ??
    tests[0];
  return (
    <>
      <Text className={panes.counts} role="status" fw={700}>
        {results.length === 0 ? "The tests have not run yet" : toTestsSentence(results)}
      </Text>
      <div className={panes.panes}>
        <ul className={panes.list} aria-label="Tests">
          {tests.map((test) => (
            <li key={test.id}>
              <UnstyledButton
                className={panes.item}
                aria-current={test === shown ? "true" : undefined}
                onClick={() => url.set({ record: test.id })}
              >
                <span className={panes.itemLabel}>{test.name}</span>
                <TestStateBadge state={toTestState(resultOf(test))} />
              </UnstyledButton>
            </li>
          ))}
        </ul>
        {shown ? <TestDetail key={shown.id} test={shown} result={resultOf(shown)} /> : null}
      </div>
    </>
  );
}
