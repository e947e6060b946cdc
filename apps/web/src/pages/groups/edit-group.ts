/** What the group page does to its draft; each edit is a new document. */
import type { GroupDefinition, GroupMember, SuggestedOrder } from "@fieldbridge/model";
import { toSlug } from "../connections/connection-form.ts";

/** Id from the name; a number is added where it is taken. */
export function toGroupId(name: string, taken: readonly string[]): string {
  const id = toSlug(name).slice(0, 56).replace(/-+$/, "");
  const free = [id, ...taken.map((_none, index) => `${id}-${index + 2}`)];
  return free.find((each) => !taken.includes(each)) ?? id;
}

export const toNewGroup = (
  name: string,
  transfers: readonly string[],
  taken: readonly string[],
): GroupDefinition => ({
  id: toGroupId(name, taken),
  name: name.trim(),
  members: transfers.map((transfer) => ({ transfer, after: [] })),
});

export const addMember = (group: GroupDefinition, transfer: string): GroupDefinition => ({
  ...group,
  members: [...group.members, { transfer, after: [] }],
});

/** Nobody comes after it any more either. */
export const removeMember = (group: GroupDefinition, index: number): GroupDefinition => {
  const gone = group.members[index]?.transfer;
  const members = group.members.toSpliced(index, 1);
  const isLeft = members.some((member) => member.transfer === gone);
  return {
    ...group,
    members: isLeft
      ? members
      : members.map((member) => ({ ...member, after: member.after.filter((each) => each !== gone) })),
  };
};

export const changeMember = (
  group: GroupDefinition,
  index: number,
  change: Partial<GroupMember>,
): GroupDefinition => ({
  ...group,
  members: group.members.map((member, at) => (at === index ? { ...member, ...change } : member)),
});

/** A blank value leaves the name out; undefined where no value is left, so that no empty object is stored. */
export function changeParameter(
  given: Readonly<Record<string, string>> = {},
  name: string,
  value: string,
): Record<string, string> | undefined {
  const { [name]: _before, ...others } = given;
  const next = value === "" ? others : { ...others, [name]: value };
  return Object.keys(next).length === 0 ? undefined : next;
}

/** The members in the order of their steps, each after exactly what is proposed. */
export function applyOrder(group: GroupDefinition, order: readonly SuggestedOrder[]): GroupDefinition {
  const proposed = new Map(order.map((each) => [each.transfer, each.after.map((before) => before.transfer)]));
  return {
    ...group,
    members: group.members.map((member) => ({
      ...member,
      after: proposed.get(member.transfer) ?? member.after,
    })),
  };
}
