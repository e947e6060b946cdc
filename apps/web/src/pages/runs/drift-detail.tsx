/** One record of a compare: what differs, value by value, and the way to look at it closer. */
import { Group, Stack, Text, Title } from "@mantine/core";
import type { RecordOutcome, Run } from "@fieldbridge/model";
import { DriftBadge, RecordDiff, TextLink } from "../../kit/index.ts";
import { TargetName } from "./target-name.tsx";
import classes from "./drift.module.css";

export function DriftDetail({ outcome, run }: { outcome: RecordOutcome; run: Run }) {
  const { drift } = outcome;
  return (
    <section className={classes.detail} aria-label={`Differences of ${outcome.label}`}>
      <Group gap="xs" mb="xs">
        <Title order={2} size="h4">
          {outcome.label}
        </Title>
        {drift === null ? null : <DriftBadge drift={drift} />}
      </Group>
      <Stack gap="sm">
        {drift === "different" ? (
          <RecordDiff
            diff={outcome.differences}
            label={`Differing values of ${outcome.label}`}
            isNew={false}
            titles={{ before: "In the target", after: "From the source" }}
          />
        ) : (
          <Text size="sm">{outcome.reason}</Text>
        )}
        <dl className={classes.facts}>
          <dt>Source key</dt>
          <dd>{outcome.sourceKey}</dd>
          <dt>In the target</dt>
          <dd>
            <TargetName outcome={outcome} />
          </dd>
        </dl>
        {drift === "orphaned" ? (
          <Text size="sm" c="dimmed">
            A repair leaves it alone. Restore the missing side, or forget the link, so that the record is
            matched anew.
          </Text>
        ) : (
          <TextLink
            to="/transfers/$id/$tab"
            params={{ id: run.transferId, tab: "preview" }}
            search={{ record: outcome.sourceKey }}
          >
            Preview this record in the studio
          </TextLink>
        )}
      </Stack>
    </section>
  );
}
