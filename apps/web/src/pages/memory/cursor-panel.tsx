/** Where the next run starts to read, in words, with the way back. */
import { Box, Button, Text } from "@mantine/core";
import type { Transfer, TransferCursor } from "@fieldbridge/model";
import { History } from "lucide-react";
import { useState } from "react";
import { ApiProblem, useApi } from "../../api/index.ts";
import { formatInZone } from "../../format/zoned-time.ts";
import { Loaded, Panel, RowsSkeleton, TimeText } from "../../kit/index.ts";
import { ParameterFields } from "../../parameters/parameter-fields.tsx";
import { useParameterValues, usePublishedParameters } from "../../parameters/use-parameter-values.ts";
import { GoBackDialog } from "./go-back-dialog.tsx";

const zoneOf = ({ definition }: Pick<Transfer, "definition">): string => definition.timeZone ?? "UTC";

function Place({ cursor, zone }: { cursor: TransferCursor; zone: string }) {
  if (cursor.stampField === null)
    return (
      <Text>
        Every run reads all records: the source has no field by which changes could be told. There is no place
        to go back to.
      </Text>
    );
  if (cursor.place === null)
    return (
      <Text>Nothing has been read yet: the next run starts at the beginning and reads every record.</Text>
    );
  return (
    <>
      <Text>
        The next run reads what changed since <strong>{formatInZone(cursor.place, zone)}</strong>.
      </Text>
      <Text size="sm" c="dimmed">
        Changes are told by {cursor.stampField}.{" "}
        {cursor.behindKey === null
          ? ""
          : `A run was interrupted; the next one goes on behind the record ${cursor.behindKey}. `}
        {cursor.movedAt === null ? null : (
          <>
            Moved <TimeText at={cursor.movedAt} both />.
          </>
        )}
      </Text>
    </>
  );
}

export function CursorPanel({ transfer }: { transfer: Transfer }) {
  const [asking, setAsking] = useState(false);
  const parameters = useParameterValues(transfer.id, usePublishedParameters(transfer.id, transfer.published));
  const isUnknown = Object.keys(parameters.problems).length > 0;
  const query = useApi(
    "getCursor",
    { params: { id: transfer.id }, query: { parameters: JSON.stringify(parameters.values) } },
    { enabled: !isUnknown, keepPrevious: true },
  );
  const zone = zoneOf(transfer);
  const canGoBack =
    !isUnknown && query.data !== undefined && query.data.place !== null && query.data.stampField !== null;
  return (
    <Panel
      title="Reading position"
      actions={
        canGoBack ? (
          <Button
            variant="default"
            size="xs"
            leftSection={<History size={14} aria-hidden />}
            onClick={() => setAsking(true)}
          >
            Go back…
          </Button>
        ) : null
      }
    >
      {parameters.isAsked ? (
        <Box maw={360} mb="sm">
          <ParameterFields asked={parameters} />
        </Box>
      ) : null}
      {isUnknown ? (
        <Text size="sm">Each set of parameters has its own reading position: give them to see it.</Text>
      ) : query.error instanceof ApiProblem && query.error.status === 409 ? (
        <Text>{query.error.message}</Text>
      ) : (
        <Loaded query={query} what="The reading position" skeleton={<RowsSkeleton rows={2} />}>
          {(cursor) => <Place cursor={cursor} zone={zone} />}
        </Loaded>
      )}
      {asking && query.data?.place != null ? (
        <GoBackDialog
          transferId={transfer.id}
          parameters={parameters.values}
          place={query.data.place}
          zone={zone}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Panel>
  );
}
