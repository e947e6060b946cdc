/** Where a transfer reads and writes: object and connection on both sides, with an arrow between. */
import { Group, Stack, Text } from "@mantine/core";
import type { Connection, TransferDefinition } from "@fieldbridge/model";
import { ArrowRight } from "lucide-react";
import { toTitle } from "../format/object-words.ts";
import { MarkIcon } from "./mark-icon.tsx";
import { SystemIcon } from "./system-icon.tsx";

interface EndProps {
  readonly end: { readonly connection: string; readonly object: string };
  readonly connections: readonly Connection[];
}

function End({ end, connections }: EndProps) {
  const connection = connections.find((each) => each.id === end.connection);
  return (
    <Group gap={8} wrap="nowrap">
      {connection === undefined ? null : <SystemIcon system={connection.config.system} />}
      <Stack gap={0} style={{ overflowWrap: "normal" }}>
        <Text size="sm" lh={1.3}>
          {end.object === "" ? "not chosen yet" : toTitle(end.object)}
        </Text>
        <Text size="xs" c="dimmed" lh={1.3}>
          {connection?.name ?? end.connection}
        </Text>
      </Stack>
    </Group>
  );
}

export function FromTo({
  definition,
  connections,
}: {
  definition: Pick<TransferDefinition, "source" | "target">;
  connections: readonly Connection[];
}) {
  return (
    <Group gap="sm" wrap="nowrap">
      <End end={definition.source} connections={connections} />
      <MarkIcon icon={ArrowRight} label="to" />
      <End end={definition.target} connections={connections} />
    </Group>
  );
}
