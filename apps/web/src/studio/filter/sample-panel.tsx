/** What the filter does to real records: how many match, and ten of them. */
import { Table, Text } from "@mantine/core";
import { useMemo } from "react";
import { useApi } from "../../api/index.ts";
import { formatCount } from "../../format/number.ts";
import { EmptyState, ErrorState, Panel, RowsSkeleton } from "../../kit/index.ts";
import { readFormula } from "../graph/read-formula.ts";
import { resolvePath, type ResolvedPath } from "../graph/resolve-path.ts";
import { sampleText, type useSamples } from "../samples/use-samples.ts";
import { useDefinition, useStudio } from "../session/studio-context.tsx";

const mostColumns = 6;

/** `Account › ERP No.`: with the relations on the way, since labels repeat between objects. */
const columnLabel = (found: ResolvedPath | null, path: readonly string[]): string =>
  found?.field
    ? [...found.relations.map((each) => each.label), found.field.label].join(" › ")
    : path.join(".");

/** Ten of the records the filter lets through, with the fields that matter most. */
export function SamplePanel({
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
