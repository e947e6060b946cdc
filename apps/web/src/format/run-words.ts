/** A run in sentences and percentages: the header, the lists and the tab title say the same words. */
import type { Run, RunCounts, RunPhase } from "@fieldbridge/model";
import { describeCompare } from "./compare-words.ts";
import { countOf, formatCount } from "./number.ts";
import { formatDuration, formatShortInstant } from "./time.ts";

export const phaseWords: Record<RunPhase, string> = {
  read: "Reading",
  filter: "Filtering",
  map: "Mapping",
  match: "Matching",
  write: "Writing",
  "write-back": "Writing back",
  log: "Storing outcomes",
};

export const triggerWords: Record<Run["trigger"], string> = {
  manual: "By hand",
  schedule: "Schedule",
  event: "Real time",
  "re-run": "Re-run",
  group: "Group",
};

/** Records that have their outcome. */
export const countDone = (counts: RunCounts): number =>
  counts.filtered +
  counts.skipped +
  counts.unchanged +
  counts.created +
  counts.updated +
  counts.removed +
  counts.held;

export const isActive = (run: Pick<Run, "state">): boolean =>
  run.state === "queued" || run.state === "running";

/** Whole percent of the expected records; null where nobody knows how many there are. */
export function toPercent(run: Pick<Run, "counts" | "expected" | "state">): number | null {
  if (!isActive(run)) return 100;
  if (run.expected === null || run.expected === 0) return null;
  return Math.min(99, Math.floor((100 * countDone(run.counts)) / run.expected));
}

/** Milliseconds a run took, or has taken until `now`; null before its start. */
export const runMs = (run: Run, now: number): number | null =>
  run.startedAt === null
    ? null
    : Math.max(0, (run.endedAt === null ? now : Date.parse(run.endedAt)) - Date.parse(run.startedAt));

/** "about 2 min left"; null while too little is done to tell. */
export function describeRest(run: Run, now: number): string | null {
  const spent = runMs(run, now);
  const done = countDone(run.counts);
  if (spent === null || run.expected === null || done < 10 || spent < 2_000 || done >= run.expected)
    return null;
  const rest = (spent / done) * (run.expected - done);
  return rest < 5_000
    ? "a few seconds left"
    : `about ${formatDuration(Math.ceil(rest / 5_000) * 5_000)} left`;
}

const didWhat = (counts: RunCounts): string => {
  const parts = (["created", "updated", "unchanged", "removed"] as const).flatMap((part) =>
    counts[part] === 0 ? [] : [`${formatCount(counts[part])} ${part}`],
  );
  return parts.join(", ");
};

/** When a run that was put aside goes on; the connection is then tried again. */
const describeResume = (resumeAt: string, now: number): string =>
  Date.parse(resumeAt) <= now ? "now" : `at ${formatShortInstant(resumeAt, now)}`;

/** The state of a run as one sentence without a full stop. */
export function describeRun(run: Run, now: number): string {
  const done = countDone(run.counts);
  switch (run.state) {
    case "queued":
      return run.resumeAt === null
        ? "Waiting for a worker to start it"
        : `Waiting after ${countOf(done, "record")}: goes on by itself ${describeResume(run.resumeAt, now)}`;
    case "running": {
      const phase = run.phase === null ? "Starting" : phaseWords[run.phase];
      const numbers =
        run.expected === null
          ? `${countOf(done, "record")} done`
          : `${formatCount(done)} of ${formatCount(run.expected)}`;
      const rest = describeRest(run, now);
      return `${phase}, ${numbers}${rest === null ? "" : `, ${rest}`}`;
    }
    case "finished": {
      if (run.drift !== null) return describeCompare(run);
      const { held, read } = run.counts;
      if (read === 0) return "Finished: there was nothing to do";
      if (held === 0)
        return `Finished: ${didWhat(run.counts) || `${countOf(read, "record")} read, none to write`}`;
      const made = didWhat(run.counts);
      return `Finished with ${countOf(held, "held record")} of ${formatCount(read)}${made ? `, ${made}` : ""}`;
    }
    case "stopped":
      return `Stopped after ${countOf(done, "record")}`;
    case "failed":
      break;
  }
  return done === 0 ? "Failed before the first record" : `Failed after ${countOf(done, "record")}`;
}

const describeCompareScope = (
  { keys, repair }: Extract<Run["scope"], { kind: "compare" }>,
  trigger: Run["trigger"],
): string => {
  if (keys !== undefined) return `Repair of ${countOf(keys.length, "record")}`;
  const what = repair ? "Compare and repair" : "Compare";
  return trigger === "schedule" ? `${what}, schedule` : what;
};

/** Why this run was started, for lists. */
export function describeScope(run: Pick<Run, "scope" | "trigger">): string {
  if (run.scope.kind === "compare") return describeCompareScope(run.scope, run.trigger);
  if (run.scope.kind === "records") return countOf(run.scope.keys.length, "chosen record");
  if (run.scope.kind === "held")
    return run.scope.heldIds ? countOf(run.scope.heldIds.length, "held record") : "All held records";
  if (run.scope.kind === "removals")
    return run.scope.confirmed === undefined
      ? "Removed records"
      : countOf(run.scope.confirmed, "confirmed removal");
  return triggerWords[run.trigger];
}
