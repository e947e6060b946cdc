/** Previewed records: the list, and the chosen one as source beside result. */
import { Accordion, Group, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import type { FieldDiff, Preview, PreviewRecord, TransferDefinition } from "@fieldbridge/model";
import { toTitle } from "../../format/object-words.ts";
import { EmptyState, IssueText, OutcomeBadge, RecordDiff } from "../../kit/index.ts";
import { RecordTree } from "../held/record-tree.tsx";
import classes from "./templates.module.css";

/** Held ones first, because they need a look; otherwise as read. */
export const sortRecords = (records: readonly PreviewRecord[]): PreviewRecord[] =>
  [...records].sort((left, right) => Number(right.action === "held") - Number(left.action === "held"));

/** The record shown first: one that goes through, so that the result is seen; else the first. */
export const pickFirst = (records: readonly PreviewRecord[]): PreviewRecord | undefined =>
  records.find((each) => each.action === "created" || each.action === "updated") ?? records[0];

function RecordList({
  records,
  active,
  onChoose,
}: {
  records: readonly PreviewRecord[];
  active: string | undefined;
  onChoose: (key: string) => void;
}) {
  return (
    <ul className={classes.records} aria-label="Previewed records">
      {records.map((record) => (
        <li key={record.sourceKey}>
          <UnstyledButton
            className={classes.record}
            aria-current={record.sourceKey === active ? "true" : undefined}
            onClick={() => onChoose(record.sourceKey)}
          >
            <Group justify="space-between" gap={6} wrap="nowrap">
              <Text size="sm" fw={600} truncate>
                {record.label}
              </Text>
              <OutcomeBadge action={record.action} future />
            </Group>
            {record.action === "held" ? (
              <Text size="xs" c="dimmed" lineClamp={2}>
                {record.issues[0]?.message}
              </Text>
            ) : null}
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

const isSent = (rows: readonly FieldDiff[]): FieldDiff[] => rows.filter((each) => each.change !== "left");

function Result({ record, definition }: { record: PreviewRecord; definition: TransferDefinition }) {
  const isNew = record.targetKey === null;
  return (
    <Stack gap="sm">
      {record.issues.map((issue) => (
        <IssueText key={`${issue.code}-${issue.path}-${issue.message}`} issue={issue} />
      ))}
      {record.reason === null ? null : <Text size="sm">{record.reason}</Text>}
      {record.diff.length === 0 && record.issues.length > 0 ? (
        <Text size="sm" c="dimmed">
          The record would be held: nothing is written for it until this is repaired.
        </Text>
      ) : (
        <RecordDiff
          diff={record.diff}
          label={`${toTitle(definition.target.object)} for ${record.label}`}
          isNew={isNew}
        />
      )}
      {record.lines.map((lines) =>
        lines.rows.map((row, index) => (
          <div key={`${lines.relation}-${index}`}>
            <Text size="sm" fw={600}>
              {toTitle(lines.relation)}, row {index + 1}
            </Text>
            <RecordDiff
              diff={isSent(row)}
              label={`${toTitle(lines.relation)} row ${index + 1} for ${record.label}`}
              isNew={isNew}
            />
          </div>
        )),
      )}
      {record.writeBacks.length === 0 ? null : (
        <Accordion variant="contained">
          <Accordion.Item value="write-backs">
            <Accordion.Control>Written back to the source afterwards</Accordion.Control>
            <Accordion.Panel>
              {record.writeBacks.map((each, index) => (
                <div key={`${each.object}-${index}`}>
                  <Text size="sm" fw={600}>
                    {toTitle(each.object)}
                  </Text>
                  <RecordDiff
                    diff={each.diff}
                    label={`Written back to ${each.object} for ${record.label}`}
                    isNew={false}
                  />
                </div>
              ))}
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
      )}
    </Stack>
  );
}

export interface PreviewRecordsProps {
  readonly preview: Preview;
  readonly definition: TransferDefinition;
  readonly active: string | undefined;
  readonly onChoose: (key: string) => void;
}

export function PreviewRecords({ preview, definition, active, onChoose }: PreviewRecordsProps) {
  const records = sortRecords(preview.records);
  const record = records.find((each) => each.sourceKey === active) ?? pickFirst(preview.records);
  if (record === undefined)
    return (
      <EmptyState title="No record matches the filter">
        The source has no {toTitle(definition.source.object).toLowerCase()} that the template takes right now.
        Save as draft, and run it when there are some.
      </EmptyState>
    );
  return (
    <div className={classes.preview}>
      <RecordList records={records} active={record.sourceKey} onChoose={onChoose} />
      <div className={classes.sides}>
        <section className={classes.side} aria-label={`Source: ${record.label}`}>
          <Title order={3} size="h6" mb={6}>
            {toTitle(definition.source.object)} {record.label}
          </Title>
          <RecordTree row={record.source} label={`Source record ${record.label}`} />
        </section>
        <section className={classes.side} aria-label={`Result: ${record.label}`}>
          <Group justify="space-between" mb={6}>
            <Title order={3} size="h6">
              {toTitle(definition.target.object)}
            </Title>
            <OutcomeBadge action={record.action} future />
          </Group>
          <Result record={record} definition={definition} />
        </section>
      </div>
    </div>
  );
}
