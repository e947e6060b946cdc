/** What became of the one record a run was started for, in the place where it was started. */
import { Anchor, Group, Loader, Text } from "@mantine/core";
import type { RecordOutcome, Run } from "@fieldbridge/model";
import { useApi } from "../../api/index.ts";
import { describeRun, isActive } from "../../format/run-words.ts";
import { Banner, OutcomeBadge, TextLink } from "../../kit/index.ts";
import { useNow } from "../../state/use-now.ts";

function Ended({ run, outcome }: { run: Run; outcome: RecordOutcome | undefined }) {
  const link = (
    <TextLink to="/runs/$id" params={{ id: run.id }}>
      Run {run.number}
    </TextLink>
  );
  if (outcome === undefined)
    return (
      <Banner kind="error" title={run.issues[0]?.message ?? "The run ended before this record was tried"}>
        {run.issues[0]?.hint} {link}
      </Banner>
    );
  if (outcome.action === "held")
    return (
      <Banner kind="warning" title={`Held again: ${outcome.issues[0]?.message ?? "no reason was given"}`}>
        <Text size="sm">
          {outcome.issues[0]?.hint} {link}
        </Text>
      </Banner>
    );
  const target = outcome.targetLabel ?? outcome.targetKey;
  return (
    <Banner kind="success" title={`${outcome.label} went through`}>
      <Group gap="xs">
        <OutcomeBadge action={outcome.action} />
        {target === null ? null : outcome.targetUrl === null ? (
          <Text size="sm">{target}</Text>
        ) : (
          <Anchor href={outcome.targetUrl} target="_blank" rel="noreferrer" size="sm" underline="always">
            {target}
            <span className="fb-hidden"> (new tab)</span>
          </Anchor>
        )}
        {outcome.reason === null ? null : <Text size="sm">{outcome.reason}</Text>}
        <Text size="sm">{link}</Text>
      </Group>
    </Banner>
  );
}

export function RunResult({ runId }: { runId: string }) {
  const { data: run } = useApi("getRun", { params: { id: runId } });
  const isOver = run !== undefined && !isActive(run);
  const outcomes = useApi(
    "listOutcomes",
    { params: { id: runId }, query: { limit: 1 } },
    { enabled: isOver },
  );
  const now = useNow(!isOver);
  if (run !== undefined && isOver && outcomes.data !== undefined)
    return <Ended run={run} outcome={outcomes.data.items[0]} />;
  return (
    <Group gap="xs" role="status">
      <Loader size={16} aria-hidden />
      <Text size="sm">{run === undefined ? "Starting the run" : describeRun(run, now)}</Text>
    </Group>
  );
}
