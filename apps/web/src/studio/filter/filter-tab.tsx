/** What is read and which of it: connections and objects, change detection, the filter with its effect on real records. */
import { Badge, Code, Group, Select, Stack, Table, Text } from "@mantine/core";
import { formatSegment } from "@fieldbridge/formula";
import type { TransferEdit } from "@fieldbridge/model";
import { Database, MonitorCog } from "lucide-react";
import { useMemo, useState } from "react";
import { useApi } from "../../api/index.ts";
import { formatCount } from "../../format/number.ts";
import { EmptyState, ErrorState, Panel, RowsSkeleton } from "../../kit/index.ts";
import { useLive, useTransferContext } from "../data/use-transfer-context.ts";
import { FormulaField } from "../formula-editor/formula-field.tsx";
import { toVocabulary } from "../formula-editor/vocabulary.ts";
import { readFormula } from "../graph/read-formula.ts";
import { resolvePath, type ResolvedPath } from "../graph/resolve-path.ts";
import { sampleText, useSamples } from "../samples/use-samples.ts";
import { useApply, useDefinition, useStudio } from "../session/studio-context.tsx";
import { ObjectPicker } from "./object-picker.tsx";
import { splitConditions, type FilterPart } from "./split-conditions.ts";
import classes from "../studio-page.module.css";

const nothingOpen: ReadonlySet<string> = new Set();
const mostColumns = 6;

const runWords: Record<FilterPart["runs"], string> = {
  source: "Runs in source",
  here: "Runs here, after reading",
  both: "Runs in source, checked again here",
};

function PartList({ parts }: { readonly parts: readonly FilterPart[] }) {
  if (parts.length === 0) return null;
  return (
    <Stack gap={6} component="ul" m={0} pl={0} style={{ listStyle: "none" }} aria-label="Conditions">
      {parts.map((part) => (
        <li key={part.text}>
          <Group gap="xs">
            <Code>{part.text}</Code>
            <Badge
              variant="default"
              tt="none"
              leftSection={
                part.runs === "here" ? (
                  <MonitorCog size={13} aria-hidden />
                ) : (
                  <Database size={13} aria-hidden />
                )
              }
            >
              {runWords[part.runs]}
            </Badge>
            {part.reason === null ? null : (
              <Text size="xs" c="dimmed">
                {part.reason}
              </Text>
            )}
          </Group>
        </li>
      ))}
    </Stack>
  );
}

export function FilterTab() {
  const { schemas, session } = useStudio();
  const definition = useDefinition();
  const apply = useApply();
  const context = useTransferContext(definition, schemas);
  const samples = useSamples(definition, schemas.source, nothingOpen, session.read);
  const { live, scope } = useLive(context, definition, "filter", null);
  const connections = useApi("listConnections", undefined, { staleTime: 60_000 });
  const [now] = useState(() => new Date().toISOString());
  const { source, target, filter = "", changes } = definition;
  const system = connections.data?.items.find((each) => each.id === source.connection)?.config.system;
  const schema = schemas.source[source.object];
  const record = samples.records[0]?.row ?? null;
  const vocabulary = useMemo(
    () => toVocabulary(scope, (path) => sampleText(record, null, path), formatSegment),
    [scope, record],
  );
  const parts =
    system && filter.trim() !== ""
      ? splitConditions(filter, scope, system, now, definition.timeZone ?? "UTC")
      : [];
  const stampFields = schema?.fields.filter((field) => field.type === "datetime") ?? [];
  const chooseChanges = (value: string | null) => {
    const edit: TransferEdit =
      value === null || value === ""
        ? { type: "set-changes", changes: { by: "all" } }
        : { type: "set-changes", changes: { by: "watermark", field: value } };
    apply("Change detection", [edit]);
  };
  const chooseSource = (connection: string, object: string) =>
    apply(object === "" ? "Choose source connection" : `Read ${object}`, [
      { type: "set-source", source: { connection, object } },
    ]);
  const chooseTarget = (connection: string, object: string) =>
    apply(object === "" ? "Choose target connection" : `Write ${object}`, [
      { type: "set-target", target: { connection, object } },
    ]);

  return (
    <div className={classes.form}>
      <Stack gap="md" maw={1280} mx="auto">
        <Panel title="From and to">
          <Stack gap="md">
            <ObjectPicker
              title="Read from"
              connection={source.connection}
              object={source.object}
              writableOnly={false}
              onChange={chooseSource}
            />
            <ObjectPicker
              title="Write to"
              connection={target.connection}
              object={target.object}
              writableOnly
              onChange={chooseTarget}
            />
          </Stack>
        </Panel>
        {source.object === "" ? null : (
          <Panel title="Which records">
            <Stack gap="md">
              <Select
                label="What counts as changed"
                description="A run reads only what is new since the last run, or everything each time"
                maw={520}
                allowDeselect={false}
                value={changes.by === "watermark" ? changes.field : ""}
                data={[
                  { value: "", label: "Read everything each time" },
                  ...stampFields.map((field) => ({
                    value: field.name,
                    label: `Changed since the last run, by ${field.label}`,
                  })),
                ]}
                onChange={chooseChanges}
              />
              <FormulaField
                label="Filter"
                value={filter}
                placeholder='Every record. Type a condition such as Status = "Completed"'
                vocabulary={vocabulary}
                check={(formula) =>
                  live.check(formula, { name: "filter", label: "Filter", type: "boolean" }).issues
                }
                onApply={(formula) =>
                  apply("Change filter", [{ type: "set-filter", filter: formula === "" ? null : formula }])
                }
              />
              <PartList parts={parts} />
            </Stack>
          </Panel>
        )}
        {source.object === "" ? null : <SamplePanel samples={samples} filter={filter} />}
      </Stack>
    </div>
  );
}

/** `Account › ERP No.`: with the relations on the way, since labels repeat between objects. */
const columnLabel = (found: ResolvedPath | null, path: readonly string[]): string =>
  found?.field
    ? [...found.relations.map((each) => each.label), found.field.label].join(" › ")
    : path.join(".");

/** Ten of the records the filter lets through, with the fields that matter most. */
function SamplePanel({
  samples,
  filter,
}: {
  readonly samples: ReturnType<typeof useSamples>;
  readonly filter: string;
}) {
  const { schemas } = useStudio();
  const definition = useDefinition();
  const schema = schemas.source[definition.source.object];
  const counted = useApi(
    "readSamples",
    {
      params: { id: definition.source.connection },
      body: { object: definition.source.object, paths: [schema?.keyField ?? "Id"], limit: 1 },
    },
    { enabled: schema !== undefined, staleTime: 5 * 60_000 },
  );
  const columns = useMemo(() => {
    const texts = [definition.filter ?? "", ...Object.values(definition.mappings).map((each) => each.value)];
    const paths = new Map<string, readonly string[]>();
    if (schema?.nameField !== undefined) paths.set(schema.nameField, [schema.nameField]);
    for (const text of texts)
      for (const path of readFormula(text).paths)
        if (resolvePath(schema, path, schemas.source)?.relations.every((each) => each.kind === "one"))
          paths.set(path.join("."), path);
    if (paths.size < 3)
      for (const field of schema?.fields.slice(0, mostColumns) ?? []) paths.set(field.name, [field.name]);
    return [...paths.values()].slice(0, mostColumns).map((path) => ({
      path,
      label: columnLabel(resolvePath(schema, path, schemas.source), path),
    }));
  }, [definition, schema, schemas.source]);
  const all = counted.data?.matching ?? null;
  const sentence =
    samples.matching === null
      ? "The source cannot count how many records match."
      : all === null || filter.trim() === ""
        ? `${formatCount(samples.matching)} records`
        : `${formatCount(samples.matching)} of ${formatCount(all)} records match`;
  return (
    <Panel
      title="Result"
      actions={
        <Text size="sm" role="status" className="fb-numbers">
          {samples.isLoading ? "Reading…" : sentence}
        </Text>
      }
    >
      {samples.error !== null ? (
        <ErrorState error={samples.error} what="Sample records" onRetry={samples.retry} />
      ) : samples.records.length === 0 ? (
        samples.isLoading ? (
          <RowsSkeleton rows={5} />
        ) : (
          <EmptyState title="No record matches">
            Loosen the filter, or check that the source has such records.
          </EmptyState>
        )
      ) : (
        <Table.ScrollContainer
          minWidth={640}
          scrollAreaProps={{ viewportProps: { tabIndex: 0, role: "region", "aria-label": "Sample records" } }}
        >
          <Table verticalSpacing={6} striped>
            <Table.Thead>
              <Table.Tr>
                {columns.map((column) => (
                  <Table.Th key={column.path.join(".")}>{column.label}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {samples.records.map((each) => (
                <Table.Tr key={each.key}>
                  {columns.map((column) => (
                    <Table.Td key={column.path.join(".")}>
                      {sampleText(each.row, null, column.path) ?? ""}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Panel>
  );
}
