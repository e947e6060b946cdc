/** The runs of a group, newest first, and what became of each member in the one that is chosen. */
import { Box, Stack, Text, Title } from "@mantine/core";
import type { GroupRun, GroupRunMember } from "@fieldbridge/model";
import { useApi } from "../../api/index.ts";
import { describeMembers } from "../../format/group-words.ts";
import { formatDuration } from "../../format/time.ts";
import { DataTable, Loaded, Panel, RowsSkeleton, TextLink, TimeText, type Column } from "../../kit/index.ts";
import { useNow } from "../../state/use-now.ts";
import { GroupStateBadge } from "./group-badges.tsx";
import { MemberOutcome } from "./member-rows.tsx";

const shownRuns = 20;

const memberColumns: readonly Column<GroupRunMember>[] = [
  {
    id: "transfer",
    header: "Transfer",
    render: (member) => (
      <TextLink to="/transfers/$id/$tab" params={{ id: member.transferId, tab: "history" }}>
        {member.transferName}
      </TextLink>
    ),
  },
  {
    id: "outcome",
    header: "Outcome",
    width: "60%",
    render: (member) => (
      <Box py={6}>
        <MemberOutcome member={member} />
      </Box>
    ),
  },
];

export function GroupHistory({
  groupId,
  shown,
  onShow,
}: {
  groupId: string;
  /** Id of the group run whose members are listed; those of the last one stand above with the order. */
  shown: string | undefined;
  onShow: (run: GroupRun) => void;
}) {
  const query = useApi("listGroupRuns", { params: { id: groupId }, query: { limit: shownRuns } });
  const now = useNow(query.data?.items.some((run) => run.state === "running") ?? false);
  const columns: readonly Column<GroupRun>[] = [
    {
      id: "run",
      header: "Run",
      width: "140px",
      render: (run) => (
        <TextLink
          to="/groups/$id"
          params={{ id: groupId }}
          search={{ run: run.id }}
          resetScroll={false}
          fw={600}
        >
          Group run {run.number}
        </TextLink>
      ),
    },
    { id: "state", header: "State", width: "190px", render: (run) => <GroupStateBadge run={run} /> },
    { id: "members", header: "Transfers", render: describeMembers },
    { id: "started", header: "Started", width: "130px", render: (run) => <TimeText at={run.startedAt} /> },
    {
      id: "took",
      header: "Took",
      width: "90px",
      numeric: true,
      render: (run) =>
        formatDuration(
          Math.max(0, (run.endedAt === null ? now : Date.parse(run.endedAt)) - Date.parse(run.startedAt)),
        ),
    },
  ];
  return (
    <Panel title="Runs of this group">
      <Loaded query={query} what="Runs of this group" skeleton={<RowsSkeleton rows={3} />}>
        {({ items, total }) => {
          const chosen = items.find((run) => run.id === shown);
          return items.length === 0 ? (
            <Text size="sm" c="dimmed">
              The group has not run yet. Each run then stands here with what became of every transfer.
            </Text>
          ) : (
            <Stack gap="md">
              <DataTable
                label="Runs of this group"
                columns={columns}
                rows={items}
                rowKey={(run) => run.id}
                activeKey={chosen?.id}
                onOpen={onShow}
                footer={total > items.length ? `The newest ${items.length} of ${total}.` : undefined}
              />
              {chosen === undefined ? null : (
                <Stack gap="xs" component="section" aria-label={`Members of group run ${chosen.number}`}>
                  <Title order={3} size="h5">
                    Group run {chosen.number}
                  </Title>
                  <DataTable
                    label={`Members of group run ${chosen.number}`}
                    columns={memberColumns}
                    rows={chosen.members}
                    rowKey={(member) => member.transferId}
                  />
                </Stack>
              )}
            </Stack>
          );
        }}
      </Loaded>
    </Panel>
  );
}
