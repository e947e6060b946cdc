/** The two trees with the lane between them, and the hand that joins their rows. */
import { forwardRef, useCallback, useEffect, useImperativeHandle, useRef, useState } from "react";
import { refuseSource, refuseTarget } from "../graph/to-edit.ts";
import type { GraphEdge, SourceRow, TargetRow } from "../graph/rows.ts";
import type { Suggestion } from "../suggest/suggest-mappings.ts";
import { Lane } from "./lane.tsx";
import { createLaneDrawing } from "./lane-drawing.ts";
import { rowHeight } from "./row-height.ts";
import { SourcePane } from "./source-pane.tsx";
import { TargetPane } from "./target-pane.tsx";
import { useEvent } from "./use-event.ts";
import { useFieldLinking } from "./use-field-linking.ts";
import type { MappingScreen } from "./use-mapping-screen.ts";
import type { Side } from "./use-linking.ts";
import { useRelatedRows } from "./use-related-rows.ts";
import type { TreeHandle } from "./virtual-tree.tsx";
import classes from "./mapping-tab.module.css";

export interface PanesHandle {
  readonly focusTarget: (id: string) => void;
  readonly focusSource: (id: string) => void;
  readonly revealTarget: (id: string) => void;
  /** Shows a refusal for a few seconds. */
  readonly say: (sentence: string) => void;
}

export interface MappingPanesProps {
  readonly screen: MappingScreen;
  readonly view: "lines" | "table";
  /** On narrow screens one tree shows at a time: the source instead of the target. */
  readonly sourceShown: boolean;
  readonly active: string | null;
  readonly singleKeys: boolean;
  readonly sourceQuery: string;
  readonly onSourceQuery: (query: string) => void;
  readonly targetQuery: string;
  readonly onTargetQuery: (query: string) => void;
  readonly onTarget: (id: string) => void;
  readonly onLink: (source: SourceRow | undefined, target: TargetRow | undefined) => void;
  readonly onOpenLines: (target: TargetRow) => void;
  readonly onEdit: (target: TargetRow) => void;
  readonly onAccept: (suggestion: Suggestion) => void;
  readonly onSourceKey: (row: SourceRow, event: React.KeyboardEvent) => boolean;
  readonly onTargetKey: (row: TargetRow, event: React.KeyboardEvent) => boolean;
  readonly onCommonKey: (event: React.KeyboardEvent) => boolean;
  readonly onChooseTarget: () => void;
}

const noteMs = 6_000;

export const MappingPanes = forwardRef<PanesHandle, MappingPanesProps>(function MappingPanes(props, ref) {
  const { screen, active, onLink, onTarget } = props;
  const { sourceRows, targetRows, graph } = screen;
  const area = useRef<HTMLDivElement>(null);
  const ghost = useRef<SVGPathElement>(null);
  const sourceTree = useRef<TreeHandle>(null);
  const targetTree = useRef<TreeHandle>(null);
  const [activeSource, setActiveSource] = useState<string | null>(null);
  /** The row whose lines stand out: the one last chosen on either side. */
  const [chosen, setChosen] = useState<string | null>(null);
  const [hovered, setHovered] = useState<GraphEdge | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const [drawing] = useState(() =>
    createLaneDrawing(
      (work) => requestAnimationFrame(work),
      (id) => cancelAnimationFrame(id),
    ),
  );
  useEffect(() => () => drawing.stop(), [drawing]);

  const { linking, onKey: linkKey } = useFieldLinking({
    area,
    ghost,
    sourceTree,
    targetTree,
    screen,
    activeSource,
    activeTarget: active,
    singleKeys: props.singleKeys,
    onLink,
    onCommonKey: props.onCommonKey,
  });
  const { pending } = linking;

  useImperativeHandle(
    ref,
    () => ({
      focusTarget: (id) => targetTree.current?.reveal(id, true),
      focusSource: (id) => sourceTree.current?.reveal(id, true),
      revealTarget: (id) => targetTree.current?.reveal(id, false),
      say: setNote,
    }),
    [],
  );
  useEffect(() => {
    if (note === null) return;
    const timer = setTimeout(() => setNote(null), noteMs);
    return () => clearTimeout(timer);
  }, [note]);

  const { highlighted, related } = useRelatedRows(graph.edges, chosen, hovered);

  useEffect(() => {
    const sourceIndex = new Map(sourceRows.map((row, index) => [row.id, index]));
    const targetIndex = new Map(targetRows.map((row, index) => [row.id, index]));
    drawing.setLayout({
      sourceIndex,
      targetIndex,
      sourceLabel: (id) => sourceRows[sourceIndex.get(id) ?? -1]?.label ?? "",
      targetLabel: (id) => targetRows[targetIndex.get(id) ?? -1]?.label ?? "",
      rowHeight,
      edges: graph.edges,
      highlighted,
    });
  }, [drawing, sourceRows, targetRows, graph.edges, highlighted]);

  const chooseSource = useEvent((id: string) => {
    setActiveSource(id);
    setChosen(`s:${id}`);
    const partner = graph.edges.find((edge) => edge.source === id);
    if (partner && pending === null) targetTree.current?.reveal(partner.target, false);
  });
  const chooseTarget = useEvent((id: string) => {
    onTarget(id);
    setChosen(`t:${id}`);
    const partner = graph.edges.find((edge) => edge.target === id);
    if (partner && pending === null) sourceTree.current?.reveal(partner.source, false);
  });
  const pick = useEvent((edge: GraphEdge) => {
    chooseTarget(edge.target);
    targetTree.current?.reveal(edge.target, true);
    sourceTree.current?.reveal(edge.source, false);
  });
  const wheel = useCallback((deltaY: number) => {
    for (const tree of [sourceTree, targetTree]) {
      const scroller = tree.current?.scroller();
      if (scroller) scroller.scrollTop += deltaY;
    }
  }, []);

  const { hover } = linking;
  const stateOf = useCallback(
    (side: Side, key: string, id: string, refusal: () => string | null): string => {
      const states: string[] = related.has(key) ? ["related"] : [];
      if (pending && pending.from !== side) {
        const refused = refusal() !== null;
        if (hover === id) states.push(refused ? "refused" : "drop");
        else if (refused) states.push("dim");
      }
      return states.join(" ");
    },
    [related, pending, hover],
  );
  const sourceState = useCallback(
    (row: SourceRow) => stateOf("source", `s:${row.id}`, row.id, () => refuseSource(row)),
    [stateOf],
  );
  const targetState = useCallback(
    (row: TargetRow) => stateOf("target", `t:${row.id}`, row.id, () => refuseTarget(row)),
    [stateOf],
  );

  const sourceKey = useEvent(
    (row: SourceRow, event: React.KeyboardEvent) =>
      linkKey("source", row.id, event) || props.onSourceKey(row, event),
  );
  const targetKey = useEvent(
    (row: TargetRow, event: React.KeyboardEvent) =>
      linkKey("target", row.id, event) || props.onTargetKey(row, event),
  );
  const toggle = useEvent(screen.toggle);
  const openLines = useEvent(props.onOpenLines);
  const edit = useEvent((row: TargetRow) => props.onEdit(row));
  const accept = useEvent(props.onAccept);
  const chooseObject = useEvent(props.onChooseTarget);
  const scrollSource = useCallback((top: number) => drawing.setScroll("source", top), [drawing]);
  const scrollTarget = useCallback((top: number) => drawing.setScroll("target", top), [drawing]);

  const mappedCount = graph.target.filter((row) => row.mapping !== null || row.mapped > 0).length;
  const problemCount = graph.target.filter((row) =>
    row.issues.some((each) => each.severity === "error"),
  ).length;
  const summary = `${mappedCount} mappings, ${problemCount} problems, ${screen.suggestions.length} suggestions; details are in Target fields`;
  const sourceLabel =
    screen.schemas.source[screen.definition.source.object]?.label ?? screen.definition.source.object;
  const targetLabel =
    screen.schemas.target[screen.definition.target.object]?.label ?? screen.definition.target.object;

  return (
    <div
      ref={area}
      className={classes.area}
      data-view={props.view}
      data-drawer={props.sourceShown}
      data-linking={pending?.by}
    >
      <SourcePane
        tree={sourceTree}
        rows={sourceRows}
        object={screen.lines ? `${sourceLabel} › ${screen.lines.source ?? "Values"}` : sourceLabel}
        empty={
          props.sourceQuery !== "" || graph.source.length > 0
            ? "No source field matches the search and filter."
            : screen.definition.source.object === ""
              ? "No source object is chosen yet."
              : "Reading the source fields…"
        }
        active={activeSource}
        query={props.sourceQuery}
        sampleOf={screen.sampleOf}
        stateOf={sourceState}
        onQuery={props.onSourceQuery}
        onActivate={chooseSource}
        onScroll={scrollSource}
        onPress={linking.onPointerDown}
        onToggle={toggle}
        onKey={sourceKey}
      />
      {props.view === "table" ? null : (
        <div className={classes.laneColumn}>
          <div className={classes.laneHeader}>
            <span>{mappedCount} mapped</span>
            <a
              href="https://reactflow.dev"
              target="_blank"
              rel="noreferrer"
              aria-label="Drawn with React Flow"
            >
              React Flow
            </a>
          </div>
          <Lane
            edges={graph.edges}
            drawing={drawing}
            summary={summary}
            onPick={pick}
            onHover={setHovered}
            onWheel={wheel}
          />
        </div>
      )}
      <TargetPane
        tree={targetTree}
        rows={targetRows}
        object={screen.lines ? `${targetLabel} › ${screen.lines.target}` : targetLabel}
        empty={
          screen.definition.target.object === ""
            ? null
            : graph.target.length > 0
              ? "No target field matches the search and filter."
              : "Reading the target fields…"
        }
        active={active}
        query={props.targetQuery}
        withFormula={props.view === "table"}
        results={screen.results}
        diffs={screen.diffs}
        suggestions={screen.suggestions}
        stateOf={targetState}
        onQuery={props.onTargetQuery}
        onActivate={chooseTarget}
        onScroll={scrollTarget}
        onPress={linking.onPointerDown}
        onOpenLines={openLines}
        onEdit={edit}
        onAccept={accept}
        onKey={targetKey}
        onChooseTarget={chooseObject}
      />
      <svg className={classes.ghost} aria-hidden>
        <path ref={ghost} />
      </svg>
      {note === null && pending === null ? null : (
        <div className={classes.toast}>
          {pending !== null && pending.by !== "drag"
            ? `Choose a ${pending.from === "source" ? "target" : "source"} field. Enter links, Esc cancels.`
            : note}
        </div>
      )}
    </div>
  );
});
