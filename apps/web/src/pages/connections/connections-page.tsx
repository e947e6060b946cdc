/** All connections with their state and use. */
import { useNavigate } from "@tanstack/react-router";
import type { Connection } from "@fieldbridge/model";
import { Badge, Group, Text } from "@mantine/core";
import { Plug, Plus } from "lucide-react";
import { useApi } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import {
  ButtonLink,
  ConnectionStateBadge,
  DataTable,
  EmptyState,
  Loaded,
  Page,
  RowsSkeleton,
  SystemText,
  TextLink,
  TimeText,
  type Column,
} from "../../kit/index.ts";
import { EnvironmentText } from "./environment-text.tsx";

const columns: readonly Column<Connection>[] = [
  {
    id: "name",
    header: "Connection",
    render: (each) => (
      <Group gap="xs">
        <TextLink to="/connections/$id" params={{ id: each.id }} fw={600}>
          {each.name}
        </TextLink>
        {each.builtIn ? (
          <Badge variant="default" tt="none" radius="sm">
            built in
          </Badge>
        ) : null}
      </Group>
    ),
  },
  { id: "system", header: "System", render: (each) => <SystemText system={each.config.system} /> },
  {
    id: "environment",
    header: "Environment",
    render: (each) => <EnvironmentText environment={each.environment} />,
  },
  {
    id: "state",
    header: "State",
    render: (each) => (
      <Group gap="xs">
        <ConnectionStateBadge connection={each} />
        {each.stateSince === null ? null : (
          <Text span size="xs" c="dimmed">
            <TimeText at={each.stateSince} />
          </Text>
        )}
      </Group>
    ),
  },
  {
    id: "used",
    header: "Used by",
    render: (each) => countOf(each.usedByTransfers, "transfer"),
  },
];

export function ConnectionsPage() {
  const navigate = useNavigate();
  const query = useApi("listConnections");
  return (
    <Page
      title="Connections"
      description="The systems that transfers read and write. Secrets are sealed when stored and never shown again."
      actions={
        <ButtonLink to="/connections/new" leftSection={<Plus size={16} aria-hidden />}>
          New connection
        </ButtonLink>
      }
    >
      <Loaded query={query} what="Connections" skeleton={<RowsSkeleton rows={4} />}>
        {(data) =>
          data.items.length === 0 ? (
            <EmptyState title="No connection yet" icon={Plug}>
              Connect a system with New connection, or restart with the built-in sandboxes switched on.
            </EmptyState>
          ) : (
            <DataTable
              label="Connections"
              columns={columns}
              rows={data.items}
              rowKey={(each) => each.id}
              onOpen={(each) => void navigate({ to: "/connections/$id", params: { id: each.id } })}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
