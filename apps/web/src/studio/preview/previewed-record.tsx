/** One record of a preview: what would change in target and source, what would be sent, and every formula's value. */
import { Button, Group, Stack, Table, Tabs, Text } from "@mantine/core";
import type { PreviewRecord } from "@fieldbridge/model";
import { Pin } from "lucide-react";
import { formatCell } from "../../format/value.ts";
import { ActionError, FormulaText, IssueText, OutcomeBadge, RecordDiff } from "../../kit/index.ts";
import { useStudioUrl } from "../session/studio-url.ts";
import { useKeepTest } from "../tests/use-transfer-tests.ts";
import panes from "../record-panes.module.css";
import classes from "./preview-tab.module.css";

/** The source record is gone, so that there is nothing to show but what becomes of the target's. */
export function PreviewedRemoval({ record }: { readonly record: PreviewRecord }) {
  return (
    <section className={panes.detail} aria-label={`Record ${record.label}`}>
      <Group gap="sm" mb="sm">
        <Text fw={650} size="lg">
          {record.label}
        </Text>
        <OutcomeBadge action={record.action} future />
      </Group>
      <Stack gap="sm">
        {record.issues.map((issue) => (
          <IssueText key={`${issue.code}${issue.path}${issue.message}`} issue={issue} />
        ))}
        <Text size="sm">
          The source does not have {record.sourceKey} any more, or it left the scope of removals.{" "}
          {record.reason ??
            (record.diff.length > 0 ? "Its target record is flagged:" : "Its target record is deleted:")}{" "}
          <code>{record.targetKey}</code>
        </Text>
        {record.diff.length === 0 ? null : (
          <RecordDiff diff={record.diff} label={`Changes for ${record.label}`} isNew={false} />
        )}
      </Stack>
    </section>
  );
}

export function PreviewedRecord({ record }: { readonly record: PreviewRecord }) {
  const url = useStudioUrl();
  const keep = useKeepTest((test) => url.set({ tab: "tests", record: test.id }, "push"));
  const isNew = record.targetKey === null;
  return (
    <section className={panes.detail} aria-label={`Record ${record.label}`}>
      <Group gap="sm" mb="sm">
        <Text fw={650} size="lg">
          {record.label}
        </Text>
        <OutcomeBadge action={record.action} future />
        {record.reason === null ? null : <Text size="sm">{record.reason}</Text>}
        <Button
          size="compact-sm"
          variant="default"
          ml="auto"
          leftSection={<Pin size={14} aria-hidden />}
          loading={keep.isPending}
          onClick={() => void keep.keepRecord(record.sourceKey)}
        >
          Keep as a test
        </Button>
      </Group>
      {keep.error ? <ActionError error={keep.error} what="No test was added" /> : null}
      <Stack gap="sm" mb="sm">
        {record.issues.map((issue) => (
          <IssueText key={`${issue.code}${issue.path}${issue.message}`} issue={issue} />
        ))}
      </Stack>
      <Tabs defaultValue="diff" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="diff">Diff</Tabs.Tab>
          <Tabs.Tab value="source">Source record</Tabs.Tab>
          <Tabs.Tab value="payload">Payload</Tabs.Tab>
          <Tabs.Tab value="writeback">Write-back ({record.writeBacks.length})</Tabs.Tab>
          <Tabs.Tab value="steps">Steps</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="diff" pt="sm">
          <Stack gap="md">
            <RecordDiff diff={record.diff} label={`Changes for ${record.label}`} isNew={isNew} />
            {record.lines.map((lines) =>
              lines.rows.map((diff, index) => (
                <div key={`${lines.relation}${index}`}>
                  <Text size="sm" fw={600}>
                    {lines.relation}, line {index + 1}
                  </Text>
                  <RecordDiff diff={diff} label={`Line ${index + 1} of ${record.label}`} isNew={isNew} />
                </div>
              )),
            )}
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="source" pt="sm">
          <CellTable row={record.source} label="Source record" />
        </Tabs.Panel>
        <Tabs.Panel value="payload" pt="sm">
          {record.payload === null ? (
            <Text size="sm" c="dimmed">
              Nothing would be sent.
            </Text>
          ) : (
            <pre className={classes.json}>{JSON.stringify(record.payload, null, 2)}</pre>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="writeback" pt="sm">
          {record.writeBacks.length === 0 ? (
            <Text size="sm" c="dimmed">
              Nothing is written back for this record.
            </Text>
          ) : (
            record.writeBacks.map((each, index) => (
              <div key={index}>
                <Text size="sm" fw={600}>
                  {each.object}
                </Text>
                <RecordDiff diff={each.diff} label={`Write-back to ${each.object}`} isNew={false} />
              </div>
            ))
          )}
        </Tabs.Panel>
        <Tabs.Panel value="steps" pt="sm">
          <Table verticalSpacing={5} aria-label="Formulas with their values">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Place</Table.Th>
                <Table.Th>Formula</Table.Th>
                <Table.Th>Value</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {record.steps.map((step, index) => (
                <Table.Tr key={`${step.path}${index}`}>
                  <Table.Td className="fb-mono">{step.path}</Table.Td>
                  <Table.Td>
                    <FormulaText formula={step.formula} />
                  </Table.Td>
                  <Table.Td>{step.value}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}

function CellTable({ row, label }: { readonly row: PreviewRecord["source"]; readonly label: string }) {
  return (
    <Table verticalSpacing={4} aria-label={label}>
      <Table.Tbody>
        {Object.entries(row).map(([name, cell]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={500}>
              {name}
            </Table.Th>
            <Table.Td>{formatCell(cell)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
