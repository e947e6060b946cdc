/** The left tree: fields of the source with their sample values. Rendered again only when something in it changes. */
import { Text } from "@mantine/core";
import { memo, useCallback, useRef, type KeyboardEvent, type RefObject } from "react";
import type { SourceRow } from "../graph/rows.ts";
import { PaneHeader } from "./pane-header.tsx";
import { rowHeight } from "./row-height.ts";
import { sourceRowName } from "./row-words.ts";
import { SourceCells } from "./source-cells.tsx";
import type { Linking } from "./use-linking.ts";
import { VirtualTree, type TreeHandle } from "./virtual-tree.tsx";
import classes from "./mapping-tab.module.css";

export interface SourcePaneProps {
  readonly tree: RefObject<TreeHandle | null>;
  readonly rows: readonly SourceRow[];
  readonly object: string;
  /** Why there is no row. */
  readonly empty: string;
  readonly active: string | null;
  readonly query: string;
  readonly sampleOf: (row: SourceRow) => string | null;
  readonly stateOf: (row: SourceRow) => string;
  readonly onQuery: (query: string) => void;
  readonly onActivate: (id: string) => void;
  readonly onScroll: (top: number) => void;
  readonly onPress: Linking["onPointerDown"];
  readonly onToggle: (row: SourceRow) => void;
  readonly onKey: (row: SourceRow, event: KeyboardEvent) => boolean;
}

const expandedOf = (row: SourceRow): boolean | null => row.expanded;

export const SourcePane = memo(function SourcePane(props: SourcePaneProps) {
  const { tree, rows, query, sampleOf, onPress, onToggle, onKey } = props;
  const search = useRef<HTMLInputElement>(null);
  const press = useCallback(
    (row: SourceRow, onHandle: boolean, event: React.PointerEvent) => {
      if (row.kind === "field" || row.kind === "many") onPress("source", row.id, onHandle, event);
    },
    [onPress],
  );
  const click = useCallback(
    (row: SourceRow) => {
      if (row.kind !== "field") onToggle(row);
    },
    [onToggle],
  );
  const name = useCallback((row: SourceRow) => sourceRowName(row, sampleOf(row)), [sampleOf]);
  const cells = useCallback(
    (row: SourceRow) => <SourceCells row={row} sample={sampleOf(row)} query={query} />,
    [sampleOf, query],
  );
  return (
    <section className={classes.pane} aria-label="Source fields" data-pane="source">
      <PaneHeader
        ref={search}
        title="Source"
        object={props.object}
        count={rows.length}
        query={query}
        onQuery={props.onQuery}
        onEnter={() => rows[0] && tree.current?.reveal(rows[0].id, true)}
      />
      <VirtualTree
        ref={tree}
        label="Source fields"
        side="source"
        rows={rows}
        rowHeight={rowHeight}
        activeId={props.active}
        onActivate={props.onActivate}
        onScroll={props.onScroll}
        onPress={press}
        onClick={click}
        rowName={name}
        expandedOf={expandedOf}
        rowState={props.stateOf}
        onKey={onKey}
        empty={
          <Text size="sm" c="dimmed">
            {props.empty}
          </Text>
        }
      >
        {cells}
      </VirtualTree>
    </section>
  );
});
