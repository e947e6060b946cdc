/** The members of a group as rows: what each comes after, what it needs, its parameters, and how it last went. */
import { ActionIcon, Group, MultiSelect, Select, SimpleGrid, Stack, Text, Tooltip } from "@mantine/core";
import type { GroupDefinition, GroupMember, GroupRunMember, Issue, Transfer } from "@fieldbridge/model";
import { X } from "lucide-react";
import { describeProgress } from "../../format/group-words.ts";
import { IssueText, TextLink } from "../../kit/index.ts";
import { changeMember, changeParameter, removeMember } from "./edit-group.ts";
import { MemberStateBadge } from "./group-badges.tsx";
import { ParameterInput } from "./parameter-input.tsx";
import classes from "./groups.module.css";

/** How the member went in the group run that is shown. */
export function MemberOutcome({ member }: { member: GroupRunMember }) {
  const { run, reason } = member;
  return (
    <Stack gap={4} align="flex-start">
      <Group gap="xs">
        <MemberStateBadge member={member} />
        {run === null ? null : (
          <TextLink to="/runs/$id" params={{ id: run.id }} fz="sm">
            Run {run.number}
          </TextLink>
        )}
      </Group>
      {(reason ?? describeProgress(member)) === "" ? null : (
        <Text size="sm" c="dimmed">
          {reason ?? describeProgress(member)}
        </Text>
      )}
    </Stack>
  );
}

const needsChoices = [
  { value: "finished", label: "have finished" },
  { value: "clean", label: "have finished, none held" },
];

interface RowProps {
  readonly group: GroupDefinition;
  readonly index: number;
  readonly member: GroupMember;
  readonly transfer: Transfer | undefined;
  readonly nameOf: (id: string) => string;
  readonly last: GroupRunMember | undefined;
  readonly issues: readonly Issue[];
  readonly onChange: (group: GroupDefinition) => void;
}

function MemberParameters({ group, index, member, transfer, onChange }: RowProps) {
  const defined = transfer?.definition.parameters ?? {};
  const names = [...new Set([...Object.keys(defined), ...Object.keys(member.parameters ?? {})])];
  if (names.length === 0) return null;
  const describe = (name: string): string => {
    const shared = group.parameters?.[name];
    if (shared !== undefined) return `From the group: ${shared}`;
    const fallback = defined[name]?.default;
    return fallback === undefined
      ? "Has to be given"
      : fallback === ""
        ? "May stay blank"
        : `Default: ${fallback}`;
  };
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} mt="sm">
      {names.map((name) => (
        <ParameterInput
          key={name}
          name={name}
          parameter={defined[name]}
          placeholder={describe(name)}
          value={member.parameters?.[name] ?? ""}
          onChange={(value) =>
            onChange(
              changeMember(group, index, { parameters: changeParameter(member.parameters, name, value) }),
            )
          }
        />
      ))}
    </SimpleGrid>
  );
}

function MemberRow(props: RowProps) {
  const { group, index, member, transfer, nameOf, last, issues, onChange } = props;
  const name = nameOf(member.transfer);
  const others = [...new Set(group.members.map((each) => each.transfer))].filter(
    (id) => id !== member.transfer,
  );
  const choices = [...new Set([...others, ...member.after])].map((id) => ({ value: id, label: nameOf(id) }));
  return (
    <li className={classes.member} aria-label={name}>
      <div className={classes.memberRow}>
        <div className={classes.memberName}>
          {transfer === undefined ? (
            <Text fw={600} size="sm">
              {name}
            </Text>
          ) : (
            <TextLink to="/transfers/$id/$tab" params={{ id: transfer.id, tab: "map" }} fw={600} fz="sm">
              {name}
            </TextLink>
          )}
          {last === undefined ? (
            <Text size="sm" c="dimmed" mt={4}>
              Has not run in this group
            </Text>
          ) : (
            <div style={{ marginTop: 4 }}>
              <MemberOutcome member={last} />
            </div>
          )}
        </div>
        <MultiSelect
          label="Starts after"
          aria-label={`${name} starts after`}
          placeholder={member.after.length === 0 ? "at once" : ""}
          data={choices}
          value={member.after}
          onChange={(after) => onChange(changeMember(group, index, { after }))}
          disabled={choices.length === 0}
          searchable
          nothingFoundMessage="No other transfer of the group has this name"
          hidePickedOptions
        />
        {member.after.length === 0 ? (
          <span />
        ) : (
          <Select
            label="Once they"
            aria-label={`${name} starts once they`}
            data={needsChoices}
            value={member.needs ?? "finished"}
            allowDeselect={false}
            onChange={(needs) =>
              onChange(changeMember(group, index, { needs: needs === "clean" ? "clean" : "finished" }))
            }
          />
        )}
        <Tooltip label="Remove from the group">
          <ActionIcon
            className={classes.remove}
            variant="subtle"
            color="gray"
            size={36}
            aria-label={`Remove ${name} from the group`}
            onClick={() => onChange(removeMember(group, index))}
          >
            <X size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      <MemberParameters {...props} />
      {issues.length === 0 ? null : (
        <Stack gap="xs" mt="sm">
          {issues.map((issue) => (
            <IssueText key={`${issue.code} ${issue.path} ${issue.message}`} issue={issue} />
          ))}
        </Stack>
      )}
    </li>
  );
}

const isAt = (issue: Issue, index: number): boolean =>
  issue.path === `members.${index}` || issue.path.startsWith(`members.${index}.`);

export function MemberRows({
  group,
  transfers,
  nameOf,
  last,
  issues,
  onChange,
}: Pick<RowProps, "group" | "nameOf" | "onChange"> & {
  readonly transfers: readonly Transfer[];
  readonly last: readonly GroupRunMember[];
  readonly issues: readonly Issue[];
}) {
  return (
    <ul className={classes.members} aria-label="Transfers of the group">
      {group.members.map((member, index) => (
        <MemberRow
          // A transfer may stand twice until somebody removes one.
          key={`${member.transfer} ${index}`}
          group={group}
          index={index}
          member={member}
          transfer={transfers.find((each) => each.id === member.transfer)}
          nameOf={nameOf}
          last={last.find((each) => each.transferId === member.transfer)}
          issues={issues.filter((issue) => isAt(issue, index))}
          onChange={onChange}
        />
      ))}
    </ul>
  );
}
