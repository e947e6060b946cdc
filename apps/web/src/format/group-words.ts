/** A group run in words: the list, the page and the history say the same. */
import type { GroupRun, GroupRunMember } from "@fieldbridge/model";
import { describeCounts } from "../kit/count-bar.tsx";
import { countOf } from "./number.ts";

const countIn = (run: GroupRun, ...states: readonly GroupRunMember["state"][]): number =>
  run.members.filter((member) => states.includes(member.state)).length;

/** "4 passed, 1 failed, 2 not started", without what is zero. */
export function describeMembers(run: GroupRun): string {
  const parts = [
    [countIn(run, "running"), "running"],
    [countIn(run, "waiting"), "waiting"],
    [countIn(run, "passed"), "passed"],
    [countIn(run, "failed"), "failed"],
    [countIn(run, "stopped"), "stopped"],
    [countIn(run, "not-started"), "not started"],
  ] as const;
  return parts.flatMap(([count, word]) => (count === 0 ? [] : `${count} ${word}`)).join(", ");
}

/** The counts of a member's run; blank before its start. */
export function describeProgress({ run }: Pick<GroupRunMember, "run">): string {
  if (run === null || run.state === "queued") return "";
  if (run.counts.read === 0 && run.state !== "finished") return run.state === "running" ? "in progress" : "";
  return describeCounts(run.counts);
}

/** The state of a group run as one sentence without a full stop. */
export function describeGroupRun(run: GroupRun): string {
  const all = countOf(run.members.length, "transfer");
  const held = run.members.reduce((sum, member) => sum + (member.run?.counts.held ?? 0), 0);
  switch (run.state) {
    case "running":
      return `${run.stopRequested ? "Stopping" : "Running"}: ${describeMembers(run)}`;
    case "finished":
      return held === 0
        ? `Finished: ${all} passed`
        : `Finished with ${countOf(held, "held record")}: ${all} passed`;
    case "failed":
      return `Failed: ${describeMembers(run)}`;
    case "stopped":
      return `Stopped: ${describeMembers(run)}`;
  }
}
