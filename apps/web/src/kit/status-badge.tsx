/** States as icon, word and colour, never colour alone. */
import { Badge } from "@mantine/core";
import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CirclePause,
  CircleSlash,
  Equal,
  EqualNot,
  Filter,
  Hourglass,
  KeyRound,
  LoaderCircle,
  Pencil,
  Plus,
  Trash2,
  TriangleAlert,
  Unplug,
  type LucideIcon,
} from "lucide-react";
import type { Connection, IssueClass, OutcomeAction, Run } from "@fieldbridge/model";
import { isLook } from "../format/compare-words.ts";
import classes from "./status-badge.module.css";

export type Tone = "green" | "red" | "yellow" | "blue" | "gray";

export interface StatusBadgeProps {
  readonly tone: Tone;
  readonly icon: LucideIcon;
  readonly children: string;
  readonly spin?: boolean;
}

export function StatusBadge({ tone, icon: Icon, children, spin = false }: StatusBadgeProps) {
  return (
    <Badge
      className={classes.badge}
      data-tone={tone}
      variant="default"
      radius="sm"
      tt="none"
      fw={600}
      leftSection={<Icon size={14} aria-hidden className={spin ? classes.spin : undefined} />}
    >
      {children}
    </Badge>
  );
}

const runStates: Record<Run["state"], [Tone, LucideIcon, string]> = {
  queued: ["gray", Hourglass, "Queued"],
  running: ["blue", LoaderCircle, "Running"],
  finished: ["green", CircleCheck, "Finished"],
  stopped: ["yellow", CirclePause, "Stopped"],
  failed: ["red", CircleAlert, "Failed"],
};

/**
 * A finished run with held or differing records is a warning: it went through, some records wait for a person. A run
 * put aside waits for a connection.
 */
export function RunStateBadge({
  run,
}: {
  run: Pick<Run, "state" | "counts" | "drift" | "scope" | "resumeAt">;
}) {
  if (run.resumeAt !== null)
    return (
      <StatusBadge tone="yellow" icon={Hourglass}>
        Waiting
      </StatusBadge>
    );
  if (run.state === "finished" && run.counts.held > 0)
    return (
      <StatusBadge tone="yellow" icon={TriangleAlert}>
        Finished, some held
      </StatusBadge>
    );
  if (run.state === "finished" && run.drift !== null && run.drift > 0 && isLook(run))
    return (
      <StatusBadge tone="yellow" icon={EqualNot}>
        Finished, some differ
      </StatusBadge>
    );
  const [tone, icon, word] = runStates[run.state];
  return (
    <StatusBadge tone={tone} icon={icon} spin={run.state === "running"}>
      {word}
    </StatusBadge>
  );
}

const outcomes: Record<OutcomeAction, [Tone, LucideIcon, string]> = {
  created: ["green", Plus, "Created"],
  updated: ["blue", Pencil, "Updated"],
  unchanged: ["gray", Equal, "Unchanged"],
  skipped: ["gray", CircleSlash, "Skipped"],
  filtered: ["gray", Filter, "Filtered"],
  removed: ["yellow", Trash2, "Removed"],
  held: ["red", CircleAlert, "Held"],
};

export function OutcomeBadge({ action, future = false }: { action: OutcomeAction; future?: boolean }) {
  const [tone, icon, word] = outcomes[action];
  const planned: Partial<Record<OutcomeAction, string>> = {
    created: "Create",
    updated: "Update",
    removed: "Remove",
    held: "Hold",
    skipped: "Skip",
  };
  return (
    <StatusBadge tone={tone} icon={icon}>
      {future ? (planned[action] ?? word) : word}
    </StatusBadge>
  );
}

const connectionStates: Record<Connection["state"], [Tone, LucideIcon, string]> = {
  ok: ["green", CircleCheck, "OK"],
  "needs-sign-in": ["yellow", KeyRound, "Needs sign-in"],
  unreachable: ["red", Unplug, "Unreachable"],
  unknown: ["gray", CircleHelp, "Not tested yet"],
};

/** The last test says less than calls that get no answer now. */
export function ConnectionStateBadge({ connection }: { connection: Pick<Connection, "state" | "closure"> }) {
  const isSilent = connection.closure?.kind === "broken";
  const [tone, icon, word] = connectionStates[isSilent ? "unreachable" : connection.state];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {word}
    </StatusBadge>
  );
}

const classWords: Record<IssueClass, [Tone, LucideIcon, string]> = {
  data: ["yellow", TriangleAlert, "Data"],
  mapping: ["yellow", Pencil, "Mapping"],
  connection: ["red", Unplug, "Connection"],
  permission: ["red", Ban, "Permission"],
  throttle: ["yellow", Hourglass, "Rate limit"],
  conflict: ["yellow", CircleSlash, "Conflict"],
  waiting: ["gray", CircleDashed, "Waiting"],
  uncertain: ["red", CircleHelp, "Uncertain"],
};

/** Who can help: the class of a cause. */
export function CauseClassBadge({ value }: { value: IssueClass }) {
  const [tone, icon, word] = classWords[value];
  return (
    <StatusBadge tone={tone} icon={icon}>
      {word}
    </StatusBadge>
  );
}
