/** The data of the mapping screen: graph, samples, results, suggestions. What is drawn, without how. */
import { formatPath, formatSegment } from "@fieldbridge/formula";
import type { Row } from "@fieldbridge/model";
import { useDeferredValue, useMemo, useState } from "react";
import { useStore } from "zustand";
import { toVocabulary } from "../formula-editor/vocabulary.ts";
import { linesOf, relationId } from "../graph/resolve-path.ts";
import type { LineScope, SourceRow } from "../graph/rows.ts";
import { toGraph } from "../graph/to-graph.ts";
import { useLive, useTransferContext } from "../data/use-transfer-context.ts";
import { usePinnedSamples } from "../samples/use-pinned-samples.ts";
import { sampleText, useSamples } from "../samples/use-samples.ts";
import { useDefinition, useStudio } from "../session/studio-context.tsx";
import { suggestMappings } from "../suggest/suggest-mappings.ts";
import { useRejectedPairs } from "../suggest/rejected-pairs.ts";
import { filterSourceRows, filterTargetRows, lineUp, type ShowFilter } from "./filter-rows.ts";
import { diffByField, usePinnedPreview, useRowResults } from "./use-row-results.ts";

export interface MappingInput {
  readonly scope: LineScope;
  readonly recordKey: string | null;
  readonly lineIndex: number;
  readonly show: ShowFilter;
  readonly linedUp: boolean;
  readonly sourceQuery: string;
  readonly targetQuery: string;
}

/** Relations opened for search and suggestions: every known to-one relation of the first level. */
const firstLevel = (rows: readonly SourceRow[]): string[] =>
  rows.filter((row) => row.level === 1 && row.kind === "one").map((row) => row.id);

const isList = (value: unknown): value is readonly Row[] => Array.isArray(value);

export function useMappingScreen(input: MappingInput) {
  const { schemas, issues, session } = useStudio();
  const definition = useDefinition();
  const { scope } = input;
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const context = useTransferContext(definition, schemas);
  const pinned = usePinnedSamples({
    connection: definition.source.connection,
    object: schemas.source[definition.source.object],
  });
  const samples = useSamples(definition, schemas.source, expanded, session.read, pinned.keys);
  const { live, scope: names } = useLive(context, definition, "mappings", scope);
  const { live: headerLive, scope: headerNames } = useLive(context, definition, "mappings", null);
  const shared = {
    definition,
    scope,
    sourceSchemas: schemas.source,
    targetSchemas: schemas.target,
    read: session.read,
  };

  const full = useMemo(
    () => toGraph({ ...shared, expanded, issues }),
    // `shared` is these values; the reader never changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [definition, scope, schemas.source, schemas.target, expanded, issues],
  );
  const searching = input.sourceQuery.trim() !== "";
  const opened = useMemo(() => {
    if (!searching) return expanded;
    return new Set([...expanded, ...firstLevel(full.source)]);
  }, [searching, expanded, full.source]);
  const graph = useMemo(
    () => (searching ? toGraph({ ...shared, expanded: opened, issues }) : full),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [full, searching, opened],
  );

  const found = samples.records.findIndex((each) => each.key === input.recordKey);
  const recordIndex = Math.max(0, found);
  const record = samples.records[recordIndex] ?? null;
  const lines = linesOf(definition, scope);
  const lineRows = useMemo(() => {
    if (!lines || !record) return [];
    if (lines.rows !== undefined) return headerLive.scatter(lines.rows, record.row);
    const cell = record.row[lines.source ?? ""];
    return isList(cell) ? cell : [];
  }, [lines, record, headerLive]);
  const lineIndex = Math.min(input.lineIndex, Math.max(0, lineRows.length - 1));
  const row = lines ? (lineRows[lineIndex] ?? null) : (record?.row ?? null);
  const header = lines ? (record?.row ?? null) : null;

  const results = useRowResults(graph.target, live, row, header);
  const saved = useStore(session.autosave.state, (state) => state.save.kind === "saved");
  const settled = useDeferredValue(definition);
  const hasErrors = issues.some((each) => each.severity === "error");
  const preview = usePinnedPreview(settled, record?.key ?? null, saved && !hasErrors);
  const diffs = useMemo(() => diffByField(preview, scope, lineIndex), [preview, scope, lineIndex]);

  const sampleOf = useMemo(
    () => (each: SourceRow) => {
      if (each.kind === "field") return sampleText(row, header, each.path);
      if (each.kind !== "many") return null;
      const text = sampleText(row, header, each.path);
      return text === "(blank)" ? null : text;
    },
    [row, header],
  );
  const sourceRows = useMemo(
    () => filterSourceRows(graph.source, { query: input.sourceQuery, show: input.show, sampleOf }),
    [graph.source, input.sourceQuery, input.show, sampleOf],
  );
  const targetRows = useMemo(() => {
    const rows = filterTargetRows(graph.target, {
      query: input.targetQuery,
      show: input.show,
      resultOf: (each) => results.get(each.id)?.text ?? null,
    });
    return input.linedUp ? lineUp(rows, graph.source) : rows;
  }, [graph.target, graph.source, input.targetQuery, input.show, input.linedUp, results]);

  const [rejected, reject] = useRejectedPairs(session.transferId);
  const suggestions = useMemo(() => {
    // A parent of the same kind has the same fields: it would compete with the record itself.
    const own = schemas.source[settled.source.object];
    const toItself = new Set(
      own?.relations.filter((each) => each.object === own.name).map((each) => relationId([each.name])),
    );
    const wide = toGraph({
      definition: settled,
      scope,
      sourceSchemas: schemas.source,
      targetSchemas: schemas.target,
      expanded: new Set(firstLevel(full.source).filter((id) => !toItself.has(id))),
      issues: [],
      read: session.read,
    });
    const writtenBack = new Set(
      (settled.writeBacks ?? []).flatMap(({ to, values }) =>
        Object.keys(values).map((name) => formatPath(to === undefined ? [name] : [to, name])),
      ),
    );
    return suggestMappings({ source: wide.source, target: wide.target, rejected, writtenBack });
    // The rows of the first level change with the schemas only.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled, scope, schemas.source, schemas.target, rejected]);

  const vocabulary = useMemo(
    () => toVocabulary(names, (path) => sampleText(row, header, path), formatSegment),
    [names, row, header],
  );

  const headerVocabulary = useMemo(
    () => toVocabulary(headerNames, (path) => sampleText(record?.row ?? null, null, path), formatSegment),
    [headerNames, record],
  );

  const toggle = (each: SourceRow): void => {
    const id = relationId(each.path);
    setExpanded((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
    const relations = schemas.source;
    const owner = each.path.slice(0, -1).reduce<string | undefined>(
      (object, name) => {
        if (name === "header") return definition.source.object;
        return object === undefined
          ? undefined
          : relations[object]?.relations.find((item) => item.name === name)?.object;
      },
      scope === null ? definition.source.object : names.record.name,
    );
    const object =
      owner === undefined
        ? undefined
        : relations[owner]?.relations.find((item) => item.name === each.name)?.object;
    if (object !== undefined) schemas.request("source", object);
  };

  return {
    definition,
    schemas,
    issues,
    samples,
    pinned,
    live,
    headerLive,
    headerVocabulary,
    graph,
    sourceRows,
    targetRows,
    record,
    recordIndex,
    row,
    header,
    lines,
    lineRows,
    lineIndex,
    results,
    diffs,
    suggestions,
    reject,
    vocabulary,
    sampleOf,
    toggle,
  };
}

export type MappingScreen = ReturnType<typeof useMappingScreen>;
