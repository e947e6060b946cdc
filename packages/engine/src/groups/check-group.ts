/** What a person should know before a group is run. A group with issues may be saved, but does not start. */
import {
  toIssue,
  type GroupDefinition,
  type GroupMember,
  type Issue,
  type Parameters,
} from "@fieldbridge/model";
import { fillMemberParameters } from "./fill-member-parameters.ts";

/** `published` holds the parameters of the published revision; null where the transfer never was published. */
export interface GroupTransfer {
  readonly id: string;
  readonly name: string;
  readonly published: { readonly parameters?: Parameters | undefined } | null;
}

/** The transfers of each circle in their order, without saying the first one twice; one circle per member at most. */
export function findCircles(members: readonly Pick<GroupMember, "transfer" | "after">[]): string[][] {
  const afterOf = new Map(members.map((member) => [member.transfer, member.after]));
  const done = new Set<string>();
  const circles: string[][] = [];
  const visit = (id: string, path: readonly string[]): void => {
    const start = path.indexOf(id);
    if (start >= 0) circles.push(path.slice(start).toReversed());
    if (start >= 0 || done.has(id)) return;
    for (const before of afterOf.get(id) ?? []) visit(before, [...path, id]);
    done.add(id);
  };
  for (const { transfer } of members) visit(transfer, []);
  return circles;
}

/** `transfers` are those that exist; others of the group count as unknown. */
export function checkGroup(group: GroupDefinition, transfers: readonly GroupTransfer[]): Issue[] {
  const { members } = group;
  if (members.length === 0) return [toIssue("GRP-001", "members", "The group has no transfer yet.")];
  const known = new Map(transfers.map((each) => [each.id, each]));
  const nameOf = (id: string): string => known.get(id)?.name ?? id;
  const inGroup = new Set(members.map((member) => member.transfer));
  const issues = members.flatMap((member, index): Issue[] => {
    const path = `members.${index}`;
    const transfer = known.get(member.transfer);
    const found: Issue[] = [];
    if (members.findIndex((each) => each.transfer === member.transfer) < index)
      found.push(toIssue("GRP-005", path, `"${nameOf(member.transfer)}" is in the group twice.`));
    if (transfer === undefined)
      found.push(toIssue("GRP-002", path, `The transfer ${member.transfer} does not exist.`));
    else if (transfer.published === null)
      found.push(toIssue("GRP-003", path, `"${transfer.name}" was never published.`));
    else
      for (const issue of fillMemberParameters(group, member, transfer.published.parameters).issues)
        found.push({
          ...issue,
          path: `${path}.${issue.path}`,
          message: `${transfer.name}: ${issue.message}`,
        });
    for (const before of member.after)
      if (!inGroup.has(before))
        found.push(
          toIssue(
            "GRP-006",
            `${path}.after`,
            `"${nameOf(member.transfer)}" comes after "${nameOf(before)}", which is not in the group.`,
          ),
        );
    return found;
  });
  for (const circle of findCircles(members)) {
    const names = [...circle, ...circle.slice(0, 1)].map(nameOf);
    const index = members.findIndex((member) => member.transfer === circle[0]);
    issues.push(
      toIssue("GRP-004", `members.${index}.after`, `The order goes in a circle: ${names.join(" → ")}.`),
    );
  }
  return issues;
}
