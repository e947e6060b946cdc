/** The source record of a held record: read, corrected for one attempt, and what came of it. */
import { Button, Group, Stack } from "@mantine/core";
import type { HeldRecordDetail } from "@fieldbridge/model";
import { PencilLine } from "lucide-react";
import { useState } from "react";
import { Corrections } from "./corrections.tsx";
import { EditRecord } from "./edit-record.tsx";
import { RecordTree } from "./record-tree.tsx";
import { RunResult } from "./run-result.tsx";

export interface SourceRecordProps {
  readonly held: HeldRecordDetail;
  readonly editing: boolean;
  readonly onEdit: (editing: boolean) => void;
}

export function SourceRecord({ held, editing, onEdit }: SourceRecordProps) {
  const [runId, setRunId] = useState<string | null>(null);
  const canEdit = held.state === "open" && held.step === "record" && held.trail.source !== null;
  return (
    <Stack gap="md">
      {runId === null ? null : <RunResult runId={runId} />}
      {editing && canEdit ? (
        <EditRecord
          held={held}
          onStarted={(id) => {
            setRunId(id);
            onEdit(false);
          }}
          onCancel={() => onEdit(false)}
        />
      ) : (
        <>
          {canEdit ? (
            <Group>
              <Button
                size="xs"
                variant="default"
                leftSection={<PencilLine size={14} aria-hidden />}
                onClick={() => onEdit(true)}
              >
                Edit and re-run
              </Button>
            </Group>
          ) : null}
          <Corrections edits={held.edits} />
          <RecordTree row={held.trail.source} label={`Source record ${held.label}`} />
        </>
      )}
    </Stack>
  );
}
