/** The filter, as rows or as the formula they stand for. Both are views of one text; the formula can say more. */
import { Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { formatSegment, parseFormula, toFilterRows, type Scope } from "@fieldbridge/formula";
import type { Row } from "@fieldbridge/model";
import { useMemo, useState } from "react";
import { useApi } from "../../api/index.ts";
import { FormulaField } from "../formula-editor/formula-field.tsx";
import { toVocabulary } from "../formula-editor/vocabulary.ts";
import type { Live } from "../samples/live.ts";
import { sampleText } from "../samples/use-samples.ts";
import { useApply, useDefinition, useStudio } from "../session/studio-context.tsx";
import { toFieldOptions } from "./field-options.ts";
import { FilterBuilder } from "./filter-builder.tsx";
import { PartList } from "./part-list.tsx";
import { splitConditions, type FilterPart } from "./split-conditions.ts";

export interface FilterEditorProps {
  readonly filter: string;
  readonly live: Live;
  readonly scope: Scope;
  /** Sample record for the values beside names that are offered while typing. */
  readonly record: Row | null;
}

const truth = { name: "filter", label: "Filter", type: "boolean" } as const;

export function FilterEditor({ filter, live, scope, record }: FilterEditorProps) {
  const { schemas } = useStudio();
  const definition = useDefinition();
  const apply = useApply();
  const connections = useApi("listConnections", undefined, { staleTime: 60_000 });
  const [now] = useState(() => new Date().toISOString());
  const [chosen, setChosen] = useState<"rows" | "formula">("rows");
  const text = filter.trim();
  const group = useMemo(() => toFilterRows(text === "" ? "TRUE" : text), [text]);
  const options = useMemo(
    () => toFieldOptions(schemas.source[definition.source.object], schemas.source),
    [schemas.source, definition.source.object],
  );
  const vocabulary = useMemo(
    () => toVocabulary(scope, (path) => sampleText(record, null, path), formatSegment),
    [scope, record],
  );
  const system = connections.data?.items.find((each) => each.id === definition.source.connection)?.config
    .system;
  // Nothing is judged against fields that are still being read.
  const isReady = !schemas.isLoading;
  const split = (formula: string): readonly FilterPart[] =>
    system && isReady ? splitConditions(formula, scope, system, now, definition.timeZone ?? "UTC") : [];
  const check = (formula: string) => (isReady ? live.check(formula, truth).issues : []);
  const judge = (formula: string): string | null =>
    check(formula).find((each) => each.severity === "error")?.message ?? null;
  const save = (formula: string): void =>
    void apply("Change filter", [{ type: "set-filter", filter: formula === "" ? null : formula }]);
  const showsRows = chosen === "rows" && group !== null;
  const whyNot = parseFormula(text).ok
    ? "This filter says more than rows can show, so it is edited as a formula."
    : "The formula has a mistake; rows can show it once it is solved.";
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <SegmentedControl
          size="xs"
          aria-label="Edit the filter as"
          value={showsRows ? "rows" : "formula"}
          data={[
            { value: "rows", label: "Builder", disabled: group === null },
            { value: "formula", label: "Formula" },
          ]}
          onChange={(value) => setChosen(value === "rows" ? "rows" : "formula")}
        />
        {group === null ? (
          <Text size="sm" c="dimmed" role="status">
            {whyNot}
          </Text>
        ) : text === "" ? (
          <Text size="sm" c="dimmed">
            No condition: every record is read.
          </Text>
        ) : null}
      </Group>
      {showsRows ? (
        <FilterBuilder
          filter={text}
          group={group}
          options={options}
          judge={judge}
          markOf={(formula) => worstOf(split(formula))}
          onApply={save}
        />
      ) : (
        <>
          <FormulaField
            label="Filter"
            value={filter}
            placeholder='Every record. Type a condition such as Status = "Completed"'
            vocabulary={vocabulary}
            check={check}
            onApply={save}
          />
          <PartList parts={text === "" ? [] : split(filter)} />
        </>
      )}
    </Stack>
  );
}

/** Of several parts the one with the least done by the source. */
const worstOf = (parts: readonly FilterPart[]): FilterPart | null =>
  parts.find((each) => each.runs === "here") ??
  parts.find((each) => each.runs === "both") ??
  parts[0] ??
  null;
