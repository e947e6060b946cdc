/** The numbers of a run, live: outcome counts, the phases with their time, and the calls made. */
import { Text } from "@mantine/core";
import type { Run } from "@fieldbridge/model";
import { formatCount } from "../../format/number.ts";
import { describeScope, isActive, runMs } from "../../format/run-words.ts";
import { formatDuration } from "../../format/time.ts";
import { CountBar, countParts, Panel, TimeText } from "../../kit/index.ts";
import { useNow } from "../../state/use-now.ts";
import classes from "./runs.module.css";
import { RunPhases } from "./run-phases.tsx";
import { RunReport } from "./run-report.tsx";
import { WrittenNames } from "./run-target.tsx";

export function RunNumbers({ run }: { run: Run }) {
  const now = useNow(isActive(run));
  const ms = runMs(run, now);
  return (
    <Panel>
      <CountBar counts={run.counts} expected={isActive(run) ? run.expected : null} words={false} />
      <dl className={classes.numbers}>
        <div>
          <dt>read</dt>
          <dd>
            {formatCount(run.counts.read)}
            {run.expected === null || !isActive(run) ? null : (
              <Text span c="dimmed" size="sm" fw={400}>
                {" "}
                of {formatCount(run.expected)}
              </Text>
            )}
          </dd>
        </div>
        {countParts.map((part) => (
          <div key={part} data-part={part} data-zero={run.counts[part] === 0 || undefined}>
            <dt>{part}</dt>
            <dd>{formatCount(run.counts[part])}</dd>
          </div>
        ))}
      </dl>
      <RunPhases run={run} />
      <Text size="sm" c="dimmed" mt={8} className="fb-numbers">
        {describeScope(run)}, started{" "}
        {run.startedAt === null ? "not yet" : <TimeText at={run.startedAt} both />}
        {ms === null ? "" : `, ${isActive(run) ? "running for" : "took"} ${formatDuration(ms)}`}
        {"."}
      </Text>
      <WrittenNames run={run} />
      <RunReport run={run} />
    </Panel>
  );
}
