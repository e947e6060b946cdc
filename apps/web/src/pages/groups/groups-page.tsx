/** All groups: what each runs and how it last went. */
import { Button } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { Group } from "@fieldbridge/model";
import { Plus, Workflow } from "lucide-react";
import { useApi } from "../../api/index.ts";
import {
  DataTable,
  EmptyState,
  Loaded,
  Page,
  RowsSkeleton,
  TextLink,
  TimeText,
  type Column,
} from "../../kit/index.ts";
import { GroupStateBadge } from "./group-badges.tsx";
import { NewGroupDialog } from "./new-group-dialog.tsx";
import { RunGroupButton } from "./run-group-button.tsx";

const route = getRouteApi("/groups");

const listNames = (names: readonly string[]): string =>
  names.length === 0
    ? "No transfer yet"
    : names.slice(0, 4).join(", ") + (names.length > 4 ? ` and ${names.length - 4} more` : "");

const toColumns = (nameOf: (id: string) => string): readonly Column<Group>[] => [
  {
    id: "name",
    header: "Group",
    width: "24%",
    render: (group) => (
      <TextLink to="/groups/$id" params={{ id: group.id }} fw={600}>
        {group.definition.name}
      </TextLink>
    ),
  },
  {
    id: "members",
    header: "Transfers",
    render: (group) => listNames(group.definition.members.map((member) => nameOf(member.transfer))),
  },
  {
    id: "state",
    header: "Last run",
    width: "190px",
    render: ({ lastRun }) => (lastRun === null ? "Has not run yet" : <GroupStateBadge run={lastRun} />),
  },
  {
    id: "when",
    header: "Started",
    width: "130px",
    render: ({ lastRun }) => (lastRun === null ? "—" : <TimeText at={lastRun.startedAt} />),
  },
  {
    id: "run",
    header: "Run",
    width: "110px",
    render: (group) => <RunGroupButton group={group} size="compact-sm" />,
  },
];

export function GroupsPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/groups" });
  const query = useApi("listGroups");
  const transfers = useApi("listTransfers", { query: { limit: 500 } });
  const nameOf = (id: string): string => transfers.data?.items.find((each) => each.id === id)?.name ?? id;
  const newGroup = (
    <Button
      leftSection={<Plus size={16} aria-hidden />}
      onClick={() => void navigate({ search: { new: "1" } })}
    >
      New group
    </Button>
  );
  const isEmpty = query.data?.items.length === 0;
  return (
    <Page
      title="Groups"
      description="Transfers that run together, in an order you set: customers before their orders, orders before invoices."
      actions={isEmpty ? null : newGroup}
    >
      <Loaded query={query} what="Groups" skeleton={<RowsSkeleton rows={5} />}>
        {({ items }) => (
          <>
            {items.length === 0 ? (
              <EmptyState title="No group yet" icon={Workflow} action={newGroup}>
                A group starts several transfers with one click. Those that need nothing of each other run
                side by side; the others wait for what they need. Where one fails, only what depends on it is
                left out.
              </EmptyState>
            ) : (
              <DataTable
                label="Groups"
                columns={toColumns(nameOf)}
                rows={items}
                rowKey={(group) => group.id}
                onOpen={(group) => void navigate({ to: "/groups/$id", params: { id: group.id } })}
              />
            )}
            <NewGroupDialog
              opened={search.new === "1"}
              onClose={() => void navigate({ search: {}, replace: true })}
              taken={items.map((group) => group.id)}
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}
