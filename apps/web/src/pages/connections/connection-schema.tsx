/** What a system offers: its objects, and the fields and relations of the chosen one. */
import { Button, Group, Stack, Text, TextInput, Title, UnstyledButton } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { Connection, FieldSchema, FieldUse } from "@fieldbridge/model";
import { RefreshCw, Search } from "lucide-react";
import { useState } from "react";
import { apiKey, callApi, invalidateApi, useApi } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import {
  ActionError,
  DataTable,
  EmptyState,
  Loaded,
  RowsSkeleton,
  TextLink,
  TimeText,
  type Column,
} from "../../kit/index.ts";
import classes from "./connections.module.css";
import { describeField } from "./describe-field.ts";
import { SchemaImpact } from "./schema-impact.tsx";

const route = getRouteApi("/connections/$id");

const toColumns = (uses: readonly FieldUse[]): readonly Column<FieldSchema>[] => [
  {
    id: "field",
    header: "Field",
    width: "28%",
    render: (field) => (
      <>
        <strong>{field.label}</strong>{" "}
        <Text span size="xs" c="dimmed">
          {field.label === field.name ? "" : field.name}
        </Text>
      </>
    ),
  },
  { id: "type", header: "Type", width: "18%", render: (field) => describeField(field).type },
  { id: "rules", header: "Rules", render: (field) => describeField(field).rules },
  {
    id: "uses",
    header: "Used by",
    width: "24%",
    render: (field) =>
      uses
        .find((use) => use.field === field.name)
        ?.transfers.map((transfer, index) => (
          <span key={transfer.id}>
            {index === 0 ? "" : ", "}
            <TextLink to="/transfers/$id/$tab" params={{ id: transfer.id, tab: "map" }}>
              {transfer.name}
            </TextLink>
          </span>
        )) ?? "",
  },
];

function ObjectDetail({ connection, object, q }: { connection: Connection; object: string; q: string }) {
  const client = useQueryClient();
  const [failure, setFailure] = useState<unknown>(null);
  const [refreshing, setRefreshing] = useState(false);
  const params = { id: connection.id, object };
  const query = useApi("getObject", { params }, { staleTime: 300_000 });
  const uses = useApi("listFieldUses", { params: { id: connection.id } });
  const used = (uses.data?.items ?? []).filter((use) => use.object === object);
  const refresh = async (): Promise<void> => {
    setRefreshing(true);
    setFailure(null);
    try {
      const fresh = await callApi("getObject", { params, query: { refresh: "true" } });
      client.setQueryData(apiKey("getObject", { params }), fresh);
      await invalidateApi(client, ["getImpact", "listTransfers"]);
    } catch (error) {
      setFailure(error);
    } finally {
      setRefreshing(false);
    }
  };
  return (
    <Loaded
      query={query}
      what={`Fields of ${object} from ${connection.name}`}
      skeleton={<RowsSkeleton rows={12} />}
    >
      {(schema) => {
        const wanted = q.trim().toLowerCase();
        const fields = schema.fields.filter((field) =>
          `${field.name} ${field.label}`.toLowerCase().includes(wanted),
        );
        return (
          <Stack gap="sm">
            <Group justify="space-between">
              <div>
                <Title order={2} size="h4">
                  {schema.label}
                </Title>
                <Text size="sm" c="dimmed">
                  {schema.name}, {countOf(schema.fields.length, "field")}
                  {used.length === 0 ? "" : `, ${used.length} used by transfers`}, read{" "}
                  <TimeText at={schema.discoveredAt} />
                </Text>
              </div>
              <Button
                variant="default"
                leftSection={<RefreshCw size={16} aria-hidden />}
                loading={refreshing}
                onClick={() => void refresh()}
              >
                Refresh from the system
              </Button>
            </Group>
            {failure === null ? null : <ActionError error={failure} what="The schema was not refreshed" />}
            {schema.relations.length === 0 ? null : (
              <Text size="sm">
                Related:{" "}
                {schema.relations
                  .map((each) => `${each.name} (${each.kind === "one" ? "one" : "list of"} ${each.object})`)
                  .join(", ")}
              </Text>
            )}
            {fields.length === 0 ? (
              <EmptyState title="No field has this name" />
            ) : (
              <DataTable
                label={`Fields of ${schema.label}`}
                columns={toColumns(used)}
                rows={fields}
                rowKey={(field) => field.name}
                height="min(560px, 65vh)"
              />
            )}
          </Stack>
        );
      }}
    </Loaded>
  );
}

export function ConnectionSchema({ connection }: { connection: Connection }) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/connections/$id" });
  const setSearch = (change: Partial<typeof search>): void =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const objects = useApi("listObjects", { params: { id: connection.id } }, { staleTime: 300_000 });
  const impact = useApi("getImpact", { params: { id: connection.id } });
  const [find, setFind] = useState("");
  return (
    <Loaded query={objects} what={`Objects of ${connection.name}`} skeleton={<RowsSkeleton rows={10} />}>
      {(data) => {
        const wanted = find.trim().toLowerCase();
        const shown = data.items.filter((each) =>
          `${each.name} ${each.label}`.toLowerCase().includes(wanted),
        );
        const object = search.object ?? shown[0]?.name;
        return (
          <Stack gap="md">
            <SchemaImpact impact={impact.data?.items ?? []} />
            <div className={classes.schema}>
              <div>
                <TextInput
                  label="Find an object"
                  leftSection={<Search size={16} aria-hidden />}
                  value={find}
                  onChange={(event) => setFind(event.currentTarget.value)}
                />
                <ul className={classes.objects} aria-label="Objects">
                  {shown.map((each) => (
                    <li key={each.name}>
                      <UnstyledButton
                        className={classes.object}
                        aria-current={each.name === object ? "true" : undefined}
                        onClick={() => setSearch({ object: each.name, q: "" })}
                      >
                        {each.label}
                        <Text span size="xs" c="dimmed">
                          {" "}
                          {each.label === each.name ? "" : each.name}
                          {each.custom ? " · custom" : ""}
                        </Text>
                      </UnstyledButton>
                    </li>
                  ))}
                </ul>
                <Text size="xs" c="dimmed" mt={4}>
                  {countOf(shown.length, "object")}
                </Text>
              </div>
              <Stack gap="sm">
                <TextInput
                  label="Find a field"
                  maw={320}
                  leftSection={<Search size={16} aria-hidden />}
                  value={search.q ?? ""}
                  onChange={(event) => setSearch({ q: event.currentTarget.value })}
                />
                {object === undefined ? (
                  <EmptyState title="No object has this name" />
                ) : (
                  <ObjectDetail key={object} connection={connection} object={object} q={search.q ?? ""} />
                )}
              </Stack>
            </div>
          </Stack>
        );
      }}
    </Loaded>
  );
}
