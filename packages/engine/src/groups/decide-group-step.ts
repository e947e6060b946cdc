/**
 * What a group run does next, from what its members' runs have come to. Pure, so that a worker may ask again at any
 * time: applied in one transaction, the same question twice starts nothing twice (I12).
 */
import type { GroupMember, GroupMemberState, GroupRunState, Run } from "@fieldbridge/model";

export interface GroupStepMember extends Pick<GroupMember, "transfer" | "after" | "needs"> {
  /** What people call the transfer. */
  readonly name: string;
  readonly state: GroupMemberState;
  /** Its run; null before the start, and where the run was deleted. */
  readonly run: (Pick<Run, "number" | "state" | "issues"> & { readonly held: number }) | null;
  /** Why it could not be started now, such as a transfer that was deleted; null where it could. */
  readonly obstacle: string | null;
}

export interface GroupMark {
  readonly transfer: string;
  readonly state: Exclude<GroupMemberState, "waiting" | "running">;
  readonly reason: string | null;
}

export interface GroupStep {
  /** Members whose state is settled now. */
  readonly marks: readonly GroupMark[];
  /** Members to start, in the order of the group. */
  readonly start: readonly string[];
  /** Members whose runs are to be asked to stop. */
  readonly stop: readonly string[];
  /** The state the group run ends in; null while it goes on. */
  readonly end: Exclude<GroupRunState, "running"> | null;
}

type Settled = Omit<GroupMark, "transfer">;

function settleRun(run: GroupStepMember["run"]): Settled | null {
  if (run === null) return { state: "failed", reason: "Its run was deleted." };
  switch (run.state) {
    case "queued":
    case "running":
      return null;
    case "finished":
      return { state: "passed", reason: null };
    case "stopped":
      return { state: "stopped", reason: run.issues[0]?.message ?? `Run ${run.number} was stopped.` };
    case "failed":
      return { state: "failed", reason: run.issues[0]?.message ?? `Run ${run.number} failed.` };
  }
}

/** Why a member can never start, given what it comes after; null where it may still, or at once. */
function findHindrance(
  member: GroupStepMember,
  before: readonly (GroupStepMember & { readonly reason: string | null })[],
): string | null {
  for (const each of before) {
    if (each.state === "failed") return `${each.name} failed.`;
    if (each.state === "stopped") return `${each.name} was stopped.`;
    // The member at the root of it, however long the chain.
    if (each.state === "not-started") return each.reason ?? `${each.name} was not started.`;
    const held = each.run?.held ?? 0;
    if (each.state === "passed" && member.needs === "clean" && held > 0)
      return `${each.name} held ${held} ${held === 1 ? "record" : "records"}.`;
  }
  return null;
}

const toEnd = (states: readonly GroupMemberState[], stopRequested: boolean): GroupStep["end"] => {
  if (states.some((state) => state === "waiting" || state === "running")) return null;
  if (states.every((state) => state === "passed")) return "finished";
  return stopRequested ? "stopped" : "failed";
};

/** `members` as they are stored, in the order of the group. */
export function decideGroupStep(group: {
  readonly members: readonly GroupStepMember[];
  readonly stopRequested: boolean;
}): GroupStep {
  const settled = new Map<string, Settled>();
  const started = new Set<string>();
  const toNow = (member: GroupStepMember) => ({
    ...member,
    state: started.has(member.transfer) ? ("running" as const) : member.state,
    reason: null,
    ...settled.get(member.transfer),
  });
  const settleWaiting = (member: GroupStepMember): Settled | null => {
    if (group.stopRequested) return { state: "not-started", reason: "The group run was stopped." };
    const before = group.members.filter((each) => member.after.includes(each.transfer)).map(toNow);
    const hindrance = findHindrance(member, before);
    if (hindrance !== null) return { state: "not-started", reason: hindrance };
    if (!before.every((each) => each.state === "passed")) return null;
    if (member.obstacle !== null) return { state: "failed", reason: member.obstacle };
    started.add(member.transfer);
    return null;
  };

  // A member that is settled may settle those after it, wherever they stand in the list.
  for (let changed = true; changed;) {
    changed = false;
    for (const member of group.members) {
      const { state } = toNow(member);
      if (started.has(member.transfer) || (state !== "waiting" && state !== "running")) continue;
      const result = state === "running" ? settleRun(member.run) : settleWaiting(member);
      if (result === null) continue;
      settled.set(member.transfer, result);
      changed = true;
    }
  }

  const now = group.members.map(toNow);
  return {
    marks: [...settled].map(([transfer, mark]) => ({ transfer, ...mark })),
    start: [...started],
    stop: group.stopRequested
      ? now.filter((each) => each.state === "running").map((each) => each.transfer)
      : [],
    end: toEnd(
      now.map((each) => each.state),
      group.stopRequested,
    ),
  };
}
