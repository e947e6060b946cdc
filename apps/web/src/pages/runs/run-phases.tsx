/** Where the time of a run went: one bar of its phases, and their names, times and shares as its legend. */
import type { Run, RunPhase } from "@fieldbridge/model";
import { isActive, phaseWords } from "../../format/run-words.ts";
import { formatDuration } from "../../format/time.ts";
import classes from "./runs.module.css";

const phases: readonly RunPhase[] = ["read", "filter", "map", "match", "write", "write-back", "log"];

const toShare = (ms: number, total: number): string => {
  if (ms === 0) return "";
  const percent = Math.round((100 * ms) / total);
  return percent === 0 ? " (below 1 %)" : ` (${percent} %)`;
};

export function RunPhases({ run }: { run: Run }) {
  const msOf = (phase: RunPhase): number => run.phaseMs[phase] ?? 0;
  const total = phases.reduce((sum, phase) => sum + msOf(phase), 0);
  return (
    <>
      <div className={classes.phaseBar} aria-hidden>
        {phases.map((phase) =>
          msOf(phase) === 0 ? null : (
            <span key={phase} data-phase={phase} style={{ flexGrow: msOf(phase) / total }} />
          ),
        )}
      </div>
      <ol className={classes.phases} aria-label="Phases with the time spent in each">
        {phases.map((phase) => {
          const ms = msOf(phase);
          const isHere = isActive(run) && run.phase === phase;
          return (
            <li key={phase} data-here={isHere || undefined} aria-current={isHere ? "step" : undefined}>
              <span className={classes.phaseName}>
                <span className={classes.phaseKey} data-phase={phase} aria-hidden />
                {phaseWords[phase]}
              </span>
              <span className={classes.phaseTime}>
                {ms === 0 ? "—" : `${formatDuration(ms)}${toShare(ms, total)}`}
              </span>
            </li>
          );
        })}
      </ol>
    </>
  );
}
