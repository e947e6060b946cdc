/** States of a group run and of its members, as icon, word and colour. */
import type { GroupRun, GroupRunMember } from "@fieldbridge/model";
import {
  Ban,
  CircleAlert,
  CircleCheck,
  CirclePause,
  Hourglass,
  LoaderCircle,
  TriangleAlert,
} from "lucide-react";
import { StatusBadge, type StatusBadgeProps } from "../../kit/index.ts";

type Look = Pick<StatusBadgeProps, "tone" | "icon" | "children">;

const groupLooks: Record<GroupRun["state"], Look> = {
  running: { tone: "blue", icon: LoaderCircle, children: "Running" },
  finished: { tone: "green", icon: CircleCheck, children: "Finished" },
  stopped: { tone: "yellow", icon: CirclePause, children: "Stopped" },
  failed: { tone: "red", icon: CircleAlert, children: "Failed" },
};

const hasHeld = (members: readonly Pick<GroupRunMember, "run">[]): boolean =>
  members.some((member) => (member.run?.counts.held ?? 0) > 0);

const heldLook: Look = { tone: "yellow", icon: TriangleAlert, children: "Finished, some held" };

export function GroupStateBadge({ run }: { run: Pick<GroupRun, "state" | "members"> }) {
  const look = run.state === "finished" && hasHeld(run.members) ? heldLook : groupLooks[run.state];
  return <StatusBadge {...look} spin={run.state === "running"} />;
}

const memberLooks: Record<GroupRunMember["state"], Look> = {
  waiting: { tone: "gray", icon: Hourglass, children: "Waiting" },
  running: { tone: "blue", icon: LoaderCircle, children: "Running" },
  passed: { tone: "green", icon: CircleCheck, children: "Passed" },
  failed: { tone: "red", icon: CircleAlert, children: "Failed" },
  stopped: { tone: "yellow", icon: CirclePause, children: "Stopped" },
  "not-started": { tone: "gray", icon: Ban, children: "Not started" },
};

export function MemberStateBadge({ member }: { member: Pick<GroupRunMember, "state" | "run"> }) {
  if (member.state === "passed" && hasHeld([member]))
    return <StatusBadge {...heldLook}>Passed, some held</StatusBadge>;
  if (member.state === "running" && member.run?.state === "queued")
    return <StatusBadge {...memberLooks.waiting}>Queued</StatusBadge>;
  return <StatusBadge {...memberLooks[member.state]} spin={member.state === "running"} />;
}
