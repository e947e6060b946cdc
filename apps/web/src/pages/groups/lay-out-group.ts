/** Places of the boxes of a group, computed: a column per step, members of one step below each other. */
import type { GroupMember } from "@fieldbridge/model";

export const boxWidth = 216;
export const boxHeight = 104;
const columnGap = 84;
const rowGap = 20;

export interface GroupLayout {
  readonly boxes: readonly { readonly transfer: string; readonly x: number; readonly y: number }[];
  readonly lines: readonly { readonly from: string; readonly to: string }[];
  readonly width: number;
  readonly height: number;
}

type Step = Pick<GroupMember, "transfer" | "after">;

/**
 * How many members come before each, on the longest way. A circle, which the check names, is cut where it closes.
 */
function toDepths(members: readonly Step[]): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  const open = new Set<string>();
  const visit = (member: Step): number => {
    const known = depths.get(member.transfer);
    if (known !== undefined) return known;
    open.add(member.transfer);
    const before = members.filter((each) => member.after.includes(each.transfer) && !open.has(each.transfer));
    const depth = Math.max(0, ...before.map((each) => 1 + visit(each)));
    open.delete(member.transfer);
    depths.set(member.transfer, depth);
    return depth;
  };
  members.forEach(visit);
  return depths;
}

export function layOutGroup(given: readonly Step[]): GroupLayout {
  const members = given.filter(
    (member, index) => given.findIndex((each) => each.transfer === member.transfer) === index,
  );
  const columns = new Map<number, Step[]>();
  const depths = toDepths(members);
  for (const member of members) {
    const depth = depths.get(member.transfer) ?? 0;
    columns.set(depth, [...(columns.get(depth) ?? []), member]);
  }
  const tallest = Math.max(1, ...[...columns.values()].map((column) => column.length));
  const height = tallest * (boxHeight + rowGap) - rowGap;
  const boxes = [...columns].flatMap(([depth, column]) => {
    const top = (height - (column.length * (boxHeight + rowGap) - rowGap)) / 2;
    return column.map(({ transfer }, row) => ({
      transfer,
      x: depth * (boxWidth + columnGap),
      y: top + row * (boxHeight + rowGap),
    }));
  });
  const known = new Set(members.map((member) => member.transfer));
  return {
    boxes,
    lines: members.flatMap((member) =>
      [...new Set(member.after)]
        .filter((before) => known.has(before) && before !== member.transfer)
        .map((before) => ({ from: before, to: member.transfer })),
    ),
    width: Math.max(1, columns.size) * (boxWidth + columnGap) - columnGap,
    height,
  };
}
