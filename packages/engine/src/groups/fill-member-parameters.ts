/** The parameters a member's run gets: those of the group that its transfer knows, and its own, which win. */
import {
  resolveParameters,
  type GroupDefinition,
  type GroupMember,
  type Parameters,
} from "@fieldbridge/model";

/** `defined` are the parameters of the member's published transfer; an issue names each that is missing or wrong. */
export function fillMemberParameters(
  group: Pick<GroupDefinition, "parameters">,
  member: Pick<GroupMember, "parameters">,
  defined: Parameters = {},
): ReturnType<typeof resolveParameters> {
  const shared = Object.entries(group.parameters ?? {}).filter(([name]) => Object.hasOwn(defined, name));
  return resolveParameters(defined, { ...Object.fromEntries(shared), ...member.parameters });
}
