/** Whether the system may be called now, in words, and how many of its daily calls are used. */
import { Group, Progress, Stack, Text } from "@mantine/core";
import type { Connection } from "@fieldbridge/model";
import { CircleCheck } from "lucide-react";
import { formatCount } from "../../format/number.ts";
import { describeNextTry } from "../../format/closure-words.ts";
import { formatShortInstant } from "../../format/time.ts";
import { Banner, Panel, TimeText } from "../../kit/index.ts";
import { useNow } from "../../state/use-now.ts";
import classes from "./connections.module.css";

function Closure({ closure }: { closure: NonNullable<Connection["closure"]> }) {
  const isBroken = closure.kind === "broken";
  const now = useNow(true);
  return (
    <Banner
      kind={isBroken ? "error" : "warning"}
      title={isBroken ? "The system does not answer" : "The system is not called for a while"}
      code={closure.issue.code}
    >
      <Text size="sm">{closure.issue.message}</Text>
      <Text size="sm">
        {isBroken ? "Silent since " : "Since "}
        {formatShortInstant(closure.since, now)}; {describeNextTry(closure, now)}. Runs that need it wait
        until then and go on by themselves; nothing is lost.
      </Text>
    </Banner>
  );
}

function DailyCalls({ daily }: { daily: NonNullable<Connection["dailyCalls"]> }) {
  const percent = daily.allowed === 0 ? 0 : Math.round((100 * daily.used) / daily.allowed);
  const words = `${formatCount(daily.used)} of ${formatCount(daily.allowed)} daily calls used (${percent} %)`;
  return (
    <div>
      <Text size="sm">{words}</Text>
      <Progress value={percent} aria-label={words} my={6} />
      <Text size="sm" c="dimmed">
        By everybody in the org, as the system told <TimeText at={daily.at} />.
      </Text>
    </div>
  );
}

export function CallsPanel({ connection }: { connection: Connection }) {
  const { closure, dailyCalls } = connection;
  return (
    <Panel title="Calls">
      <Stack gap="sm" aria-live="polite">
        {closure === null ? (
          <Group gap="xs" wrap="nowrap">
            <CircleCheck size={18} aria-hidden className={classes.good} />
            <Text size="sm">Calls go through; nothing holds them back.</Text>
          </Group>
        ) : (
          <Closure closure={closure} />
        )}
        {dailyCalls === null ? null : <DailyCalls daily={dailyCalls} />}
      </Stack>
    </Panel>
  );
}
