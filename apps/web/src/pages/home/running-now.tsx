/** Runs in progress, live. */
import { Group, Stack, Text } from "@mantine/core";
import type { Run } from "@fieldbridge/model";
import { describeRun } from "../../format/run-words.ts";
import { CountBar, Panel, RunStateBadge, TextLink } from "../../kit/index.ts";
import { useNow } from "../../state/use-now.ts";

export function RunningNow({ running }: { running: readonly Run[] }) {
  const now = useNow(running.length > 0);
  return (
    <Panel title="Running now">
      {running.length === 0 ? (
        <Text c="dimmed">No run is in progress.</Text>
      ) : (
        <Stack gap="sm">
          {running.map((run) => (
            <div key={run.id}>
              <Group gap="xs" mb={4}>
                <TextLink to="/runs/$id" params={{ id: run.id }} fw={600}>
                  Run {run.number}
                </TextLink>
                <Text span>{run.transferName}</Text>
                <RunStateBadge run={run} />
                <Text span c="dimmed" className="fb-numbers">
                  {describeRun(run, now)}
                </Text>
              </Group>
              <CountBar counts={run.counts} expected={run.expected} words={false} />
            </div>
          ))}
        </Stack>
      )}
    </Panel>
  );
}
