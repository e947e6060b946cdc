/** Published versions with what changed in each, restore as a new draft, and the runs of this transfer. */
import { Button, Group, Stack, Table, Text } from "@mantine/core";
import {
  compareDefinitions,
  type Revision,
  type TransferDefinition,
  type TransferEdit,
} from "@fieldbridge/model";
import { useState } from "react";
import { useApi } from "../../api/index.ts";
import { CountBar, EmptyState, Loaded, Panel, RunStateBadge, TextLink, TimeText } from "../../kit/index.ts";
import { ChangesList } from "../header/changes-list.tsx";
import { useApply, useDefinition, useStudio } from "../session/studio-context.tsx";
import classes from "../studio-page.module.css";

/** Edits that make the draft equal to a revision: one step that undo takes back. */
export function restoreEdits(from: TransferDefinition, to: TransferDefinition): TransferEdit[] {
  const gone = (before: TransferDefinition["mappings"], after: TransferDefinition["mappings"]) => ({
    ...Object.fromEntries(Object.keys(before).map((field) => [field, null])),
    ...after,
  });
  const targets = (to.lines ?? []).map((each) => each.target);
  return [
    { type: "rename", name: to.name },
    { type: "describe", description: to.description ?? "" },
    { type: "set-source", source: to.source },
    { type: "set-target", target: to.target },
    { type: "set-changes", changes: to.changes },
    { type: "set-filter", filter: to.filter ?? null },
    { type: "set-match", match: to.match ?? null },
    { type: "set-mappings", mappings: gone(from.mappings, to.mappings) },
    ...(from.lines ?? [])
      .filter((each) => !targets.includes(each.target))
      .map((each): TransferEdit => ({ type: "set-lines", target: each.target, lines: null })),
    ...(to.lines ?? []).map((each): TransferEdit => ({
      type: "set-lines",
      target: each.target,
      lines: each,
    })),
    { type: "set-write-backs", writeBacks: to.writeBacks ?? [] },
    { type: "set-removals", removals: to.removals ?? null },
    { type: "set-limits", limits: to.limits ?? null },
    { type: "set-time-zone", timeZone: to.timeZone ?? null },
  ];
}

export function HistoryTab() {
  const { session } = useStudio();
  const revisions = useApi("listRevisions", { params: { id: session.transferId } });
  const runs = useApi("listRuns", { query: { transferId: session.transferId, limit: 20 } });
  return (
    <div className={classes.form}>
      <Stack gap="md" maw={1100} mx="auto">
        <Panel title="Versions">
          <Loaded query={revisions} what="Versions">
            {(data) =>
              data.items.length === 0 ? (
                <EmptyState title="Not published yet">
                  A version appears here with every publish, with what changed and a way back to it.
                </EmptyState>
              ) : (
                <Stack gap="sm">
                  <DraftEntry newest={data.items[0]} />
                  {data.items.map((revision, index) => (
                    <RevisionEntry key={revision.number} revision={revision} before={data.items[index + 1]} />
                  ))}
                </Stack>
              )
            }
          </Loaded>
        </Panel>
        <Panel
          title="Runs"
          actions={
            <TextLink to="/transfers/$id/links" params={{ id: session.transferId }}>
              Links and reading position
            </TextLink>
          }
        >
          <Loaded query={runs} what="Runs">
            {(data) =>
              data.items.length === 0 ? (
                <EmptyState title="Nothing has run yet">Runs of this transfer are listed here.</EmptyState>
              ) : (
                <Table verticalSpacing={6} aria-label="Runs">
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>Run</Table.Th>
                      <Table.Th>State</Table.Th>
                      <Table.Th>Version</Table.Th>
                      <Table.Th>Started</Table.Th>
                      <Table.Th>Result</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {data.items.map((run) => (
                      <Table.Tr key={run.id}>
                        <Table.Td>
                          <TextLink to="/runs/$id" params={{ id: run.id }}>
                            Run {run.number}
                          </TextLink>
                        </Table.Td>
                        <Table.Td>
                          <RunStateBadge run={run} />
                        </Table.Td>
                        <Table.Td>v{run.revision}</Table.Td>
                        <Table.Td>
                          <TimeText at={run.startedAt ?? run.queuedAt} both />
                        </Table.Td>
                        <Table.Td>
                          <CountBar counts={run.counts} />
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              )
            }
          </Loaded>
        </Panel>
      </Stack>
    </div>
  );
}

function DraftEntry({ newest }: { readonly newest: Revision | undefined }) {
  const definition = useDefinition();
  if (!newest) return null;
  const changes = compareDefinitions(newest.definition, definition);
  if (changes.length === 0) return null;
  return (
    <div>
      <Text fw={600} size="sm" mb={4}>
        This draft, not published
      </Text>
      <ChangesList changes={changes} />
    </div>
  );
}

function RevisionEntry({
  revision,
  before,
}: {
  readonly revision: Revision;
  readonly before: Revision | undefined;
}) {
  const { announce } = useStudio();
  const definition = useDefinition();
  const apply = useApply();
  const [shown, setShown] = useState(false);
  const changes = before ? compareDefinitions(before.definition, revision.definition) : [];
  const isCurrent = compareDefinitions(definition, revision.definition).length === 0;
  return (
    <div>
      <Group justify="space-between" gap="sm">
        <div>
          <Text fw={600} size="sm">
            Version {revision.number}{" "}
            <Text span size="sm" c="dimmed" fw={400}>
              <TimeText at={revision.publishedAt} both />
            </Text>
          </Text>
          <Text size="sm" {...(revision.note === "" && { c: "dimmed" })}>
            {revision.note === "" ? (before ? "No note" : "First version") : revision.note}
          </Text>
        </div>
        <Group gap="xs">
          {before ? (
            <Button
              size="compact-sm"
              variant="default"
              aria-expanded={shown}
              onClick={() => setShown(!shown)}
            >
              {shown ? "Hide" : "Show"} {changes.length} {changes.length === 1 ? "change" : "changes"}
            </Button>
          ) : null}
          <Button
            size="compact-sm"
            variant="default"
            disabled={isCurrent}
            aria-label={`Restore version ${revision.number} into the draft`}
            onClick={() => {
              apply(`Restore version ${revision.number}`, restoreEdits(definition, revision.definition));
              announce(`Version ${revision.number} is in the draft now; publish to use it`);
            }}
          >
            Restore
          </Button>
        </Group>
      </Group>
      {shown ? <ChangesList changes={changes} /> : null}
    </div>
  );
}
