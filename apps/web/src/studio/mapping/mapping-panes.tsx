/** The two trees with the lane between them, and the hand that joins their rows. */
import { Button, Text } from "@mantine/core";
import { forwardRef, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from "react";
import { EmptyState } from "../../kit/index.ts";
import { refuseSource, refuseTarget } from "../graph/to-edit.ts";
import type { GraphEdge, SourceRow, TargetRow } from "../graph/rows.ts";
import { useStudio } from "../session/studio-context.tsx";
import type { Suggestion } from "../suggest/suggest-mappings.ts";
import { Lane } from "./lane.tsx";
import { createLaneDrawing } from "./lane-drawing.ts";
import { PaneHeader } from "./pane-header.tsx";
import { sourceRowName, targetRowName } from "./row-words.ts";
import { SourceCells } from "./source-cells.tsx";
import { changeWords, TargetCells } from "./target-cells.tsx";
import type { MappingScreen } from "./use-mapping-screen.ts";
import { useLinking } from "./use-linking.ts";
import { VirtualTree, type TreeHandle } from "./virtual-tree.tsx";
import classes from "./mapping-tab.module.css";

export const rowHeight = 32;

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
  const { announce } = useStudio();
  const { sourceRows, targetRows, graph } = screen;
  const area = useRef<HTMLDivElement>(null);
  const ghost = useRef<SVGPathElement>(null);
  const sourceTree = useRef<TreeHandle>(null);
  const targetTree = useRef<TreeHandle>(null);
  const sourceSearch = useRef<HTMLInputElement>(null);
  const targetSearch = useRef<HTMLInputElement>(null);
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

  const linking = useLinking({
    area,
    ghost,
    trees: { source: sourceTree, target: targetTree },
    onLink: (source, target) => {
      onLink(
        graph.source.find((row) => row.id === source),
        graph.target.find((row) => row.id === target),
      );
      targetTree.current?.reveal(target, true);
    },
    onStart: (link) => {
      const row =
        link.from === "source"
          ? graph.source.find((each) => each.id === link.id)
          : graph.target.find((each) => each.id === link.id);
      const label = row?.label ?? "";
      if (link.by === "drag") return announce(`Dragging ${label}`);
      const found = screen.suggestions.filter(
        (each) => (link.from === "source" ? each.source : each.target).id === link.id,
      );
      const offer =
        link.by === "keyboard" && found.length > 0
          ? ` ${found.length} suggestion${found.length === 1 ? "" : "s"}, press S to hear ${found.length === 1 ? "it" : "them"}.`
          : "";
      const wanted = link.from === "source" ? "target" : "source field";
      announce(`Choose a ${wanted} for ${label}.${offer}`);
      if (link.by === "keyboard") {
        const other = link.from === "source" ? targetTree : sourceTree;
        const otherRows = link.from === "source" ? targetRows : sourceRows;
        const first =
          link.from === "source" ? (active ?? otherRows[0]?.id) : (activeSource ?? otherRows[0]?.id);
        if (first !== undefined) other.current?.reveal(first, true);
      }
    },
    onCancel: (link) => {
      announce("Cancelled");
      if (link.by === "keyboard")
        (link.from === "source" ? sourceTree : targetTree).current?.reveal(link.id, true);
    },
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

  /** Keys of the rows whose lines stand out, and of the rows at their other ends. */
  const { highlighted, related } = useMemo(() => {
    const own = hovered ? `t:${hovered.target}` : chosen;
    const touching = graph.edges.filter((edge) => own === `s:${edge.source}` || own === `t:${edge.target}`);
    return {
      highlighted: new Set(touching.length > 0 && own !== null ? [own] : []),
      related: new Set(touching.flatMap((edge) => [`s:${edge.source}`, `t:${edge.target}`])),
    };
  }, [hovered, chosen, graph.edges]);

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

  const chooseSource = useCallback(
    (id: string) => {
      setActiveSource(id);
      setChosen(`s:${id}`);
      const partner = graph.edges.find((edge) => edge.source === id);
      if (partner && pending === null) targetTree.current?.reveal(partner.target, false);
    },
    [graph.edges, pending],
  );
  const chooseTarget = useCallback(
    (id: string) => {
      onTarget(id);
      setChosen(`t:${id}`);
      const partner = graph.edges.find((edge) => edge.target === id);
      if (partner && pending === null) sourceTree.current?.reveal(partner.source, false);
    },
    [graph.edges, onTarget, pending],
  );
  const pick = useCallback(
    (edge: GraphEdge) => {
      chooseTarget(edge.target);
      targetTree.current?.reveal(edge.target, true);
      sourceTree.current?.reveal(edge.source, false);
    },
    [chooseTarget],
  );
  const wheel = useCallback((deltaY: number) => {
    for (const tree of [sourceTree, targetTree]) {
      const scroller = tree.current?.scroller();
      if (scroller) scroller.scrollTop += deltaY;
    }
  }, []);

  const refusal = (side: "source" | "target", row: SourceRow | TargetRow): string | null => {
    if (pending === null || pending.from === side) return null;
    return side === "target" ? refuseTarget(row as TargetRow) : refuseSource(row as SourceRow);
  };
  const stateOf = (side: "source" | "target", row: SourceRow | TargetRow): string => {
    const key = `${side === "source" ? "s" : "t"}:${row.id}`;
    const states: string[] = related.has(key) ? ["related"] : [];
    if (pending && pending.from !== side) {
      const refused = refusal(side, row) !== null;
      if (linking.hover === row.id) states.push(refused ? "refused" : "drop");
      else if (refused) states.push("dim");
    }
    return states.join(" ");
  };

  const linkKey = (side: "source" | "target", id: string, event: React.KeyboardEvent): boolean => {
    if (pending !== null) {
      if (event.key === "Escape") return (linking.cancel(), true);
      if (event.key === "Enter") return linking.finish(side, id);
      if (event.key.toLowerCase() === "s" && pending.from !== side) {
        const found = screen.suggestions.filter(
          (each) => (pending.from === "source" ? each.source : each.target).id === pending.id,
        );
        announce(
          found.length === 0
            ? "No suggestions"
            : found
                .map(
                  (each) =>
                    `${(pending.from === "source" ? each.target : each.source).label}, ${Math.round(each.score * 100)} percent`,
                )
                .join("; "),
        );
        const [best] = found;
        if (best)
          (pending.from === "source" ? targetTree : sourceTree).current?.reveal(
            (pending.from === "source" ? best.target : best.source).id,
            true,
          );
        return true;
      }
    }
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && props.singleKeys && event.key.toLowerCase() === "l" && pending === null)
      return (linking.startByKeyboard(side, id), true);
    if (plain && event.key === "/")
      return ((side === "source" ? sourceSearch : targetSearch).current?.focus(), true);
    return props.onCommonKey(event);
  };

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
      <section className={classes.pane} aria-label="Source fields" data-pane="source">
        <PaneHeader
          ref={sourceSearch}
          title="Source"
          object={screen.lines ? `${sourceLabel} › ${screen.lines.source}` : sourceLabel}
          count={sourceRows.length}
          query={props.sourceQuery}
          onQuery={props.onSourceQuery}
          onEnter={() => sourceRows[0] && sourceTree.current?.reveal(sourceRows[0].id, true)}
        />
        <VirtualTree
          ref={sourceTree}
          label="Source fields"
          side="source"
          rows={sourceRows}
          rowHeight={rowHeight}
          activeId={activeSource}
          onActivate={chooseSource}
          onScroll={(top) => drawing.setScroll("source", top)}
          onPress={(row, onHandle, event) => {
            if (row.kind === "field" || row.kind === "many")
              linking.onPointerDown("source", row.id, onHandle, event);
          }}
          onClick={(row) => {
            if (row.kind !== "field") screen.toggle(row);
          }}
          rowName={(row) => sourceRowName(row, screen.sampleOf(row))}
          expandedOf={(row) => row.expanded}
          rowState={(row) => stateOf("source", row)}
          onKey={(row, event) => linkKey("source", row.id, event) || props.onSourceKey(row, event)}
          empty={
            props.sourceQuery !== "" || graph.source.length > 0 ? (
              <Text size="sm" c="dimmed">
                No source field matches the search and filter.
              </Text>
            ) : (
              <Text size="sm" c="dimmed">
                {screen.definition.source.object === ""
                  ? "No source object is chosen yet."
                  : "Reading the source fields…"}
              </Text>
            )
          }
        >
          {(row) => <SourceCells row={row} sample={screen.sampleOf(row)} query={props.sourceQuery} />}
        </VirtualTree>
      </section>
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
      <section className={classes.pane} aria-label="Target fields" data-pane="target">
        <PaneHeader
          ref={targetSearch}
          title="Target"
          object={screen.lines ? `${targetLabel} › ${screen.lines.target}` : targetLabel}
          count={targetRows.length}
          query={props.targetQuery}
          onQuery={props.onTargetQuery}
          onEnter={() => targetRows[0] && targetTree.current?.reveal(targetRows[0].id, true)}
        />
        {screen.definition.target.object === "" ? (
          <EmptyState
            title="Choose what to write"
            action={<Button onClick={props.onChooseTarget}>Choose target object</Button>}
          >
            Mappings fill the fields of a target object. None is chosen yet.
          </EmptyState>
        ) : (
          <VirtualTree
            ref={targetTree}
            label="Target fields"
            side="target"
            rows={targetRows}
            rowHeight={rowHeight}
            activeId={active}
            onActivate={chooseTarget}
            onScroll={(top) => drawing.setScroll("target", top)}
            onPress={(row, onHandle, event) => linking.onPointerDown("target", row.id, onHandle, event)}
            onDoubleClick={(row) => (row.kind === "many" ? props.onOpenLines(row) : props.onEdit(row))}
            rowName={(row) => {
              const diff = screen.diffs.get(row.name);
              return targetRowName(row, {
                result: screen.results.get(row.id) ?? null,
                change: diff
                  ? diff.change === "changed"
                    ? `changed from ${diff.before ?? "blank"}`
                    : changeWords[diff.change]
                  : null,
              });
            }}
            rowState={(row) => stateOf("target", row)}
            onKey={(row, event) => linkKey("target", row.id, event) || props.onTargetKey(row, event)}
            empty={
              <Text size="sm" c="dimmed">
                {graph.target.length > 0
                  ? "No target field matches the search and filter."
                  : "Reading the target fields…"}
              </Text>
            }
          >
            {(row) => {
              const suggestion = screen.suggestions.find((each) => each.target.id === row.id) ?? null;
              return (
                <TargetCells
                  row={row}
                  result={screen.results.get(row.id) ?? null}
                  diff={screen.diffs.get(row.name) ?? null}
                  suggestion={suggestion}
                  query={props.targetQuery}
                  withFormula={props.view === "table"}
                  onOpenLines={() => props.onOpenLines(row)}
                  onAccept={() => suggestion && props.onAccept(suggestion)}
                />
              );
            }}
          </VirtualTree>
        )}
      </section>
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
