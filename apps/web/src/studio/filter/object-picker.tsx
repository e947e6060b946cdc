/** Connection and object of one end of the transfer, found by label or API name. */
import { Group, Select, Stack, Text } from "@mantine/core";
import { useApi } from "../../api/index.ts";
import { ErrorState } from "../../kit/index.ts";

export interface ObjectPickerProps {
  readonly title: string;
  readonly connection: string;
  readonly object: string;
  /** Only objects that can be written. */
  readonly writableOnly: boolean;
  readonly onChange: (connection: string, object: string) => void;
}

export function ObjectPicker({ title, connection, object, writableOnly, onChange }: ObjectPickerProps) {
  const connections = useApi("listConnections", undefined, { staleTime: 60_000 });
  const objects = useApi(
    "listObjects",
    { params: { id: connection } },
    { enabled: connection !== "", staleTime: 5 * 60_000 },
  );
  const offered = (objects.data?.items ?? []).filter(
    (each) => !writableOnly || each.creatable || each.name === object,
  );
  return (
    <Stack gap="xs">
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <Select
          label={`${title}: connection`}
          placeholder={connections.isPending ? "Reading connections…" : "Choose a connection"}
          data={(connections.data?.items ?? []).map((each) => ({ value: each.id, label: each.name }))}
          value={connection === "" ? null : connection}
          allowDeselect={false}
          searchable
          nothingFoundMessage="No connection with this name"
          onChange={(value) => {
            if (value !== null && value !== connection) onChange(value, "");
          }}
        />
        <Select
          label={`${title}: object`}
          placeholder={
            connection === ""
              ? "Choose a connection first"
              : objects.isPending
                ? "Reading objects…"
                : "Type to search"
          }
          disabled={connection === ""}
          data={offered.map((each) => ({
            value: each.name,
            label: each.label === each.name ? each.name : `${each.label} (${each.name})`,
          }))}
          value={object === "" ? null : object}
          allowDeselect={false}
          searchable
          limit={100}
          nothingFoundMessage="No object with this label or name"
          onChange={(value) => {
            if (value !== null && value !== object) onChange(connection, value);
          }}
        />
      </Group>
      {objects.isError ? (
        <ErrorState
          error={objects.error}
          what="The objects of this connection"
          onRetry={() => void objects.refetch()}
        />
      ) : null}
      {connections.data?.items.length === 0 ? (
        <Text size="sm" c="dimmed">
          There is no connection yet. Add one under Connections.
        </Text>
      ) : null}
    </Stack>
  );
}
