/** The right tree: fields of the target with mapping, result and change. Rendered again only when something in it changes. */
import { Button, Text } from "@mantine/core";
import type { FieldDiff } from "@fieldbridge/model";
import { memo, useCallback, useMemo, useRef, type KeyboardEvent, type RefObject } from "react";
import { EmptyState } from "../../kit/index.ts";
import type { TargetRow } from "../graph/rows.ts";
import type { LiveResult } from "../samples/live-result.ts";
import type { Suggestion } from "../suggest/suggest-mappings.ts";
import { PaneHeader } from "./pane-header.tsx";
import { rowHeight } from "./row-height.ts";
import { targetRowName } from "./row-words.ts";
import { changeWords, TargetCells } from "./target-cells.tsx";
import type { Linking } from "./use-linking.ts";
import { VirtualTree, type TreeHandle } from "./virtual-tree.tsx";
import classes from "./mapping-tab.module.css";

export interface TargetPaneProps {
  readonly tree: RefObject<TreeHandle | null>;
  readonly rows: readonly TargetRow[];
  readonly object: string;
  /** Why there is no row; null where no target object is chosen yet. */
  readonly empty: string | null;
  readonly active: string | null;
  readonly query: string;
  readonly withFormula: boolean;
  readonly results: ReadonlyMap<string, LiveResult>;
  readonly diffs: ReadonlyMap<string, FieldDiff>;
  readonly suggestions: readonly Suggestion[];
  readonly stateOf: (row: TargetRow) => string;
  readonly onQuery: (query: string) => void;
  readonly onActivate: (id: string) => void;
  readonly onScroll: (top: number) => void;
  readonly onPress: Linking["onPointerDown"];
  readonly onOpenLines: (row: TargetRow) => void;
  readonly onEdit: (row: TargetRow) => void;
  readonly onAccept: (suggestion: Suggestion) => void;
  readonly onKey: (row: TargetRow, event: KeyboardEvent) => boolean;
  readonly onChooseTarget: () => void;
}

const changeText = (diff: FieldDiff | undefined): string | null =>
  diff === undefined
    ? null
    : diff.change === "changed"
      ? `changed from ${diff.before ?? "blank"}`
      : changeWords[diff.change];

export const TargetPane = memo(function TargetPane(props: TargetPaneProps) {
  const { tree, rows, query, withFormula, results, diffs, suggestions } = props;
  const { onPress, onOpenLines, onEdit, onAccept } = props;
  const search = useRef<HTMLInputElement>(null);
  const suggested = useMemo(
    () => new Map(suggestions.map((each) => [each.target.id, each] as const)),
    [suggestions],
  );
  const press = useCallback(
    (row: TargetRow, onHandle: boolean, event: React.PointerEvent) =>
      onPress("target", row.id, onHandle, event),
    [onPress],
  );
  const open = useCallback(
    (row: TargetRow) => (row.kind === "many" ? onOpenLines(row) : onEdit(row)),
    [onOpenLines, onEdit],
  );
  const name = useCallback(
    (row: TargetRow) =>
      targetRowName(row, { result: results.get(row.id) ?? null, change: changeText(diffs.get(row.name)) }),
    [results, diffs],
  );
  const cells = useCallback(
    (row: TargetRow) => {
      const suggestion = suggested.get(row.id) ?? null;
      return (
        <TargetCells
          row={row}
          result={results.get(row.id) ?? null}
          diff={diffs.get(row.name) ?? null}
          suggestion={suggestion}
          query={query}
          withFormula={withFormula}
          onOpenLines={() => onOpenLines(row)}
          onAccept={() => suggestion && onAccept(suggestion)}
        />
      );
    },
    [suggested, results, diffs, query, withFormula, onOpenLines, onAccept],
  );
  return (
    <section className={classes.pane} aria-label="Target fields" data-pane="target">
      <PaneHeader
        ref={search}
        title="Target"
        object={props.object}
        count={rows.length}
        query={query}
        onQuery={props.onQuery}
        onEnter={() => rows[0] && tree.current?.reveal(rows[0].id, true)}
      />
      {props.empty === null ? (
        <EmptyState
          title="Choose what to write"
          action={<Button onClick={props.onChooseTarget}>Choose target object</Button>}
        >
          Mappings fill the fields of a target object. None is chosen yet.
        </EmptyState>
      ) : (
        <VirtualTree
          ref={tree}
          label="Target fields"
          side="target"
          rows={rows}
          rowHeight={rowHeight}
          activeId={props.active}
          onActivate={props.onActivate}
          onScroll={props.onScroll}
          onPress={press}
          onDoubleClick={open}
          rowName={name}
          rowState={props.stateOf}
          onKey={props.onKey}
          empty={
            <Text size="sm" c="dimmed">
              {props.empty}
            </Text>
          }
        >
          {cells}
        </VirtualTree>
      )}
    </section>
  );
});
