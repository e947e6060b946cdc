/** Step 1: which connection plays each role, tested live. */
import { Button, Group, Radio, Stack, Text } from "@mantine/core";
import type { Connection, Template } from "@fieldbridge/model";
import { CircleCheck, CircleX, LoaderCircle } from "lucide-react";
import { countOf } from "../../format/number.ts";
import { formatDuration } from "../../format/time.ts";
import { ErrorState, MarkIcon, SystemText, TextLink } from "../../kit/index.ts";
import classes from "./templates.module.css";
import type { ConnectionTest } from "./use-connection-tests.ts";

function TestResult({ test }: { test: ConnectionTest | undefined }) {
  if (test === undefined) return null;
  if (test.isError)
    return <ErrorState error={test.error} what="The test" onRetry={() => void test.refetch()} />;
  if (test.data === undefined)
    return (
      <div className={classes.check}>
        <LoaderCircle size={16} aria-hidden />
        <span>Testing address, sign-in and rights…</span>
      </div>
    );
  const ms = test.data.checks.reduce((sum, check) => sum + check.durationMs, 0);
  return (
    <>
      <ul className={classes.checks}>
        {test.data.checks.map((check) => (
          <li key={check.name} className={classes.check}>
            {check.ok ? (
              <MarkIcon icon={CircleCheck} label="Passed" className={classes.good} />
            ) : (
              <MarkIcon icon={CircleX} label="Failed" className={classes.bad} />
            )}
            <span>
              <strong>{check.name}</strong> {check.message}
            </span>
          </li>
        ))}
      </ul>
      <Text size="sm" c="dimmed" mt={4}>
        {test.data.objects === null ? "" : `${countOf(test.data.objects, "object")}, `}answered in{" "}
        {formatDuration(ms)}
      </Text>
      {test.data.ok ? null : (
        <Button variant="default" size="compact-sm" mt={6} onClick={() => void test.refetch()}>
          Test again
        </Button>
      )}
    </>
  );
}

export interface ConnectStepProps {
  readonly template: Template;
  readonly connections: readonly Connection[];
  readonly chosen: Readonly<Record<string, string>>;
  readonly tests: readonly ConnectionTest[];
  readonly onChoose: (role: string, id: string) => void;
  readonly isReady: boolean;
  readonly onContinue: () => void;
}

export function ConnectStep(props: ConnectStepProps) {
  const ids = Object.values(props.chosen);
  return (
    <Stack gap="md">
      <div className={classes.ends}>
        {props.template.ends.map((end) => {
          const usable = props.connections.filter((each) => each.config.system === end.system);
          const id = props.chosen[end.role];
          return (
            <Stack gap="sm" key={end.role}>
              <Radio.Group
                label={
                  <Group gap={8} component="span">
                    {end.label}
                    <Text span c="dimmed" size="sm">
                      <SystemText system={end.system} />
                    </Text>
                  </Group>
                }
                value={id ?? ""}
                onChange={(value) => props.onChoose(end.role, value)}
              >
                <Stack gap={6} mt={6}>
                  {usable.map((each) => (
                    <Radio
                      key={each.id}
                      value={each.id}
                      label={each.name}
                      description={
                        each.builtIn
                          ? "Built in: starts with Fieldbridge, no account needed"
                          : each.environment
                      }
                    />
                  ))}
                </Stack>
              </Radio.Group>
              {usable.length === 0 ? (
                <Text size="sm">
                  No connection to this system yet.{" "}
                  <TextLink to="/connections/new" search={{ system: end.system }}>
                    Create one
                  </TextLink>
                </Text>
              ) : null}
              <div aria-live="polite">
                <TestResult test={id === undefined ? undefined : props.tests[ids.indexOf(id)]} />
              </div>
            </Stack>
          );
        })}
      </div>
      <Group gap="sm">
        <Button onClick={props.onContinue} disabled={!props.isReady}>
          Continue
        </Button>
        <Text size="sm" c="dimmed">
          {props.isReady ? "" : "Continue opens when both connections passed their test."}
        </Text>
      </Group>
    </Stack>
  );
}
