/** The numbers of a run, live: outcome counts, the phases with their time, and the calls made. */
import { Text } from "@mantine/core";
import type { Run, RunPhase } from "@fieldbridge/model";
import { countOf, formatCount } from "../../format/number.ts";
import { describeScope, isActive, phaseWords, runMs } from "../../format/run-words.ts";
import { formatDuration } from "../../format/time.ts";
import { CountBar, countParts, Panel, TimeText } from "../../kit/index.ts";
import { useNow } from "../../state/use-now.ts";
import classes from "./runs.module.css";
import { WrittenNames } from "./run-target.tsx";

const phases: readonly RunPhase[] = ["read", "filter", "map", "match", "write", "write-back", "log"];

function Phases({ run }: { run: Run }) {
  const total = phases.reduce((sum, phase) => sum + (run.phaseMs[phase] ?? 0), 0);
  return (
    <ol className={classes.phases} aria-label="Phases with the time spent in each">
      {phases.map((phase) => {
        const ms = run.phaseMs[phase] ?? 0;
        const isHere = isActive(run) && run.phase === phase;
        return (
          <li key={phase} data-here={isHere || undefined} aria-current={isHere ? "step" : undefined}>
            <span
              className={classes.phaseBar}
              style={{ transform: `scaleX(${total === 0 ? 0 : Math.max(0.02, ms / total)})` }}
              aria-hidden
            />
            <span className={classes.phaseName}>{phaseWords[phase]}</span>
            <span className={classes.phaseTime}>{ms === 0 ? "—" : formatDuration(ms)}</span>
          </li>
        );
      })}
    </ol>
  );
}

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
      <Phases run={run} />
      <Text size="sm" c="dimmed" mt={8} className="fb-numbers">
        {describeScope(run)}, started{" "}
        {run.startedAt === null ? "not yet" : <TimeText at={run.startedAt} both />}
        {ms === null ? "" : `, ${isActive(run) ? "running for" : "took"} ${formatDuration(ms)}`}
        {`. ${countOf(run.sourceCalls, "call")} to the source, ${countOf(run.targetCalls, "call")} to the target.`}
      </Text>
      <WrittenNames run={run} />
    </Panel>
  );
}
