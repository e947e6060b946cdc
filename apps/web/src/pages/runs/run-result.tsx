/** What became of a run, for one cell of a list: the counts of its records, or what a compare found. */
import type { Run } from "@fieldbridge/model";
import { describeCompare } from "../../format/compare-words.ts";
import { isActive } from "../../format/run-words.ts";
import { CountBar } from "../../kit/index.ts";

export function RunResult({ run }: { run: Run }) {
  if (run.drift !== null && run.state === "finished") return describeCompare(run);
  return (
    <CountBar counts={run.counts} expected={isActive(run) ? run.expected : null} isActive={isActive(run)} />
  );
}
