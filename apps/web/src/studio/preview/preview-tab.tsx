/** A dry run on real records: what would be created, changed and held, field by field. Nothing is written. */
import {
  Button,
  Group,
  NumberInput,
  SegmentedControl,
  Stack,
  Table,
  Tabs,
  Text,
  TextInput,
  UnstyledButton,
} from "@mantine/core";
import type { Preview, PreviewRecord, PreviewSelection } from "@fieldbridge/model";
import { useMutation } from "@tanstack/react-query";
import { Play, ShieldCheck } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { callApi } from "../../api/index.ts";
import { formatCell } from "../../format/value.ts";
import { countOf } from "../../format/number.ts";
import {
  ActionError,
  EmptyState,
  FormulaText,
  IssueText,
  Loading,
  OutcomeBadge,
  RecordDiff,
} from "../../kit/index.ts";
import { useStudio } from "../session/studio-context.tsx";
import { useStudioUrl } from "../session/studio-url.ts";
import { toCountSentence } from "./count-sentence.ts";
import classes from "./preview-tab.module.css";

const firstCount = 10;

export function PreviewTab() {
  const { session, issues, announce } = useStudio();
  const url = useStudioUrl();
  const [kind, setKind] = useState<"next" | "records">(url.record === null ? "next" : "records");
  const [count, setCount] = useState(firstCount);
  const [keys, setKeys] = useState(url.record ?? "");
  const list = keys.split(/[\s,;]+/).filter((key) => key !== "");
  const selection: PreviewSelection = kind === "next" ? { kind, limit: count } : { kind, keys: list };
  const preview = useMutation({
    mutationFn: async (chosen: PreviewSelection): Promise<Preview> => {
      const { definition } = session.draft.getState();
      return callApi("previewDefinition", { body: { definition, selection: chosen } });
    },
    onSuccess: (data) => announce(toCountSentence(data.counts)),
  });
  const errors = issues.filter((each) => each.severity === "error").length;
  const started = useRef(false);
  const { mutate } = preview;
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    mutate(selection);
    // The first preview starts by itself, once.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <div className={classes.tab}>
      <div className={classes.controls}>
        <Group gap="sm" align="flex-end">
          <SegmentedControl
            size="sm"
            aria-label="Which records"
            value={kind}
            onChange={(value) => setKind(value === "records" ? "records" : "next")}
            data={[
              { value: "next", label: "Next records" },
              { value: "records", label: "By key" },
            ]}
          />
          {kind === "next" ? (
            <NumberInput
              aria-label="Number of records"
              w={90}
              min={1}
              max={200}
              allowDecimal={false}
              value={count}
              onChange={(value) =>
                setCount(typeof value === "number" ? Math.max(1, Math.min(200, value)) : firstCount)
              }
            />
          ) : (
            <TextInput
              aria-label="Keys of source records"
              placeholder="Keys, separated by commas"
              w={320}
              value={keys}
              onChange={(event) => setKeys(event.currentTarget.value)}
            />
          )}
          <Button
            leftSection={<Play size={15} aria-hidden />}
            loading={preview.isPending}
            disabled={kind === "records" && list.length === 0}
            onClick={() => preview.mutate(selection)}
          >
            Preview
          </Button>
        </Group>
        <Text size="sm" c="dimmed" className={classes.fixed}>
          <ShieldCheck size={16} aria-hidden /> A preview reads both systems and writes nothing. It reads
          about {kind === "next" ? count : Math.max(1, list.length)} records from each.
        </Text>
      </div>
      {preview.isPending ? (
        <Loading what="Reading both systems and comparing" />
      ) : preview.error ? (
        <Stack p="md" gap="sm">
          <ActionError error={preview.error} what="The preview could not be made" />
          {errors > 0 ? (
            <Text size="sm">The draft has {countOf(errors, "error")}; solve them first.</Text>
          ) : null}
        </Stack>
      ) : preview.data ? (
        <PreviewResult preview={preview.data} />
      ) : null}
    </div>
  );
}

function PreviewResult({ preview }: { readonly preview: Preview }) {
  const url = useStudioUrl();
  const record = preview.records.find((each) => each.sourceKey === url.record) ?? preview.records[0];
  if (!record)
    return (
      <EmptyState title="No record matches the filter">
        A run would have nothing to do now. Loosen the filter on the first tab, or preview records by key.
      </EmptyState>
    );
  return (
    <>
      <Text className={classes.counts} role="status">
        <b>{toCountSentence(preview.counts)}</b>
        {preview.matching === null ? null : (
          <Text span c="dimmed" size="sm">
            {" "}
            The next run would read {countOf(preview.matching, "record")} in all.{" "}
            {countOf(preview.sourceCalls, "call")} to the source, {preview.targetCalls} to the target.
          </Text>
        )}
      </Text>
      <div className={classes.panes}>
        <ul className={classes.list} aria-label="Records">
          {preview.records.map((each) => (
            <li key={each.sourceKey}>
              <UnstyledButton
                className={classes.item}
                aria-current={each === record ? "true" : undefined}
                onClick={() => url.set({ record: each.sourceKey })}
              >
                <span className={classes.itemLabel}>{each.label}</span>
                <OutcomeBadge action={each.action} future />
              </UnstyledButton>
            </li>
          ))}
        </ul>
        <RecordDetail key={record.sourceKey} record={record} />
      </div>
    </>
  );
}

function RecordDetail({ record }: { readonly record: PreviewRecord }) {
  const isNew = record.targetKey === null;
  return (
    <section className={classes.detail} aria-label={`Record ${record.label}`}>
      <Group gap="sm" mb="sm">
        <Text fw={650} size="lg">
          {record.label}
        </Text>
        <OutcomeBadge action={record.action} future />
        {record.reason === null ? null : <Text size="sm">{record.reason}</Text>}
      </Group>
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
