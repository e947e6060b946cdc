/**
 * The order of a group as a picture, left to right: React Flow, locked, with computed places. The list of members
 * beside it says the same and is where things are changed, so the picture is one image for a screen reader.
 */
import { Text } from "@mantine/core";
import {
  Handle,
  MarkerType,
  Position,
  ReactFlow,
  ReactFlowProvider,
  type Edge,
  type Node,
  type NodeProps,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import type { GroupMember, GroupRunMember } from "@fieldbridge/model";
import { useMemo } from "react";
import { fixedCanvas } from "../../kit/fixed-canvas.ts";
import { describeProgress } from "../../format/group-words.ts";
import { formatCount } from "../../format/number.ts";
import { MemberStateBadge } from "./group-badges.tsx";
import { boxHeight, boxWidth, layOutGroup } from "./lay-out-group.ts";
import classes from "./groups.module.css";

type BoxNode = Node<{ readonly name: string; readonly last: GroupRunMember | undefined }, "transfer">;

function TransferBox({ data: { name, last } }: NodeProps<BoxNode>) {
  return (
    <div className={classes.box} data-state={last?.state}>
      <Handle type="target" position={Position.Left} className={classes.anchor} isConnectable={false} />
      <Text size="sm" fw={600} lineClamp={2} lh={1.25}>
        {name}
      </Text>
      {last === undefined ? (
        <Text size="xs" c="dimmed">
          Has not run in this group
        </Text>
      ) : (
        <div>
          <MemberStateBadge member={last} />
          <Text size="xs" c="dimmed" truncate mt={2}>
            {describeProgress(last)}
          </Text>
        </div>
      )}
      <Handle type="source" position={Position.Right} className={classes.anchor} isConnectable={false} />
    </div>
  );
}

const nodeTypes = { transfer: TransferBox };

/** Records that went on to the next member, once there are some. */
const toLabel = (last: GroupRunMember | undefined): string | undefined => {
  const written = (last?.run?.counts.created ?? 0) + (last?.run?.counts.updated ?? 0);
  return written === 0 ? undefined : formatCount(written);
};

function describeOrder(members: readonly GroupMember[], nameOf: (id: string) => string): string {
  const steps = members.map(({ transfer, after }) =>
    after.length === 0
      ? `${nameOf(transfer)} starts at once`
      : `${nameOf(transfer)} after ${after.map(nameOf).join(" and ")}`,
  );
  return `Order of the group: ${steps.join("; ")}.`;
}

export function GroupPicture({
  members,
  last,
  nameOf,
}: {
  members: readonly GroupMember[];
  last: readonly GroupRunMember[];
  nameOf: (id: string) => string;
}) {
  const layout = useMemo(() => layOutGroup(members), [members]);
  const lastOf = (id: string) => last.find((each) => each.transferId === id);
  const nodes = layout.boxes.map(({ transfer, x, y }): BoxNode => ({
    id: transfer,
    type: "transfer",
    position: { x, y },
    width: boxWidth,
    height: boxHeight,
    data: { name: nameOf(transfer), last: lastOf(transfer) },
  }));
  const edges = layout.lines.map(({ from, to }): Edge => {
    const label = toLabel(lastOf(from));
    return {
      id: `${from} ${to}`,
      source: from,
      target: to,
      animated: lastOf(to)?.state === "running",
      markerEnd: { type: MarkerType.ArrowClosed, color: "var(--fb-line)" },
      ...(label === undefined ? {} : { label }),
    };
  });
  return (
    // A picture wider than the page is scrolled, by keyboard too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.picture} role="region" aria-label="Picture of the order" tabIndex={0}>
      <div
        role="img"
        aria-label={describeOrder(members, nameOf)}
        style={{ width: layout.width, height: layout.height }}
      >
        <ReactFlowProvider>
          <ReactFlow nodes={nodes} edges={edges} nodeTypes={nodeTypes} {...fixedCanvas} />
        </ReactFlowProvider>
      </div>
    </div>
  );
}
