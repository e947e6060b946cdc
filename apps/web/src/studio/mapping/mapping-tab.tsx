/**
 * The mapping screen: source tree, lane and target tree, with the formula of the focused field always at the bottom.
 * It turns keys and gestures into named edits; what is drawn comes from `use-mapping-screen.ts`.
 */
import type { Mapping } from "@fieldbridge/model";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSingleKeysSetting } from "../../kit/index.ts";
import { connect, refuseTarget, removeMapping, writeFormula, type GestureResult } from "../graph/to-edit.ts";
import type { SourceRow, TargetRow } from "../graph/rows.ts";
import { useApplyChange, useStudio } from "../session/studio-context.tsx";
import { readFieldPlace, useStudioUrl } from "../session/studio-url.ts";
import type { Suggestion } from "../suggest/suggest-mappings.ts";
import { CodeView } from "./code-view.tsx";
import { showFilters, type ShowFilter } from "./filter-rows.ts";
import { FieldFormula } from "./field-formula.tsx";
import { MappingDialogs, type MappingDialog } from "./mapping-dialogs.tsx";
import { MappingPanes, type PanesHandle } from "./mapping-panes.tsx";
import { LinesRows } from "./lines-rows.tsx";
import { MappingToolbar } from "./mapping-toolbar.tsx";
import { LinkQuestion } from "./link-question.tsx";
import { toMappingKeys } from "./mapping-keys.ts";
import { SchemaFailure } from "./schema-failure.tsx";
import { SampleBar } from "./sample-bar.tsx";
import { useArrival } from "./use-arrival.ts";
import { usePaneCycle } from "./use-pane-cycle.ts";
import { useSteps } from "./use-steps.ts";
import { useMappingView } from "./use-mapping-view.ts";
import { useMappingScreen } from "./use-mapping-screen.ts";
import classes from "./mapping-tab.module.css";

export function MappingTab() {
  const { announce, goTo, session } = useStudio();
  const applyChange = useApplyChange();
  const url = useStudioUrl();
  const [singleKeys] = useSingleKeysSetting();
  const panes = useRef<PanesHandle>(null);
  const root = useRef<HTMLDivElement>(null);
  usePaneCycle(root);
  const [sourceQuery, setSourceQuery] = useState("");
  const [targetQuery, setTargetQuery] = useState("");
  const [linedUp, setLinedUp] = useState(false);
  const [sourceShown, setSourceShown] = useState(false);
  const [lineIndex, setLineIndex] = useState(0);
  const [editing, setEditing] = useState(false);
  const [seed, setSeed] = useState<string | null>(null);
  const [showAll, setShowAll] = useState(false);
  const [question, setQuestion] = useState<Extract<GestureResult, { kind: "choose" }> | null>(null);
  const [dialog, setDialog] = useState<MappingDialog | null>(null);

  const place = readFieldPlace(session.draft.getState().definition, url.field, url.lines);
  const { scope } = place;
  const show: ShowFilter = showFilters.find((each) => each === url.show) ?? "all";
  const screen = useMappingScreen({
    scope,
    recordKey: url.record,
    lineIndex,
    show,
    linedUp,
    sourceQuery,
    targetQuery,
  });
  const { definition, graph, live, samples, record, row, header } = screen;
  const view = useMappingView(url.view, Object.keys(definition.mappings).length);

  const active = graph.target.find((each) => each.id === place.target || each.name === place.target) ?? null;
  const current = active ?? screen.targetRows[0] ?? null;
  const context = useMemo(
    () => ({
      definition,
      scope,
      check: (formula: string, field: Parameters<typeof live.check>[1]) => live.check(formula, field).issues,
    }),
    [definition, scope, live],
  );
  const setTarget = useCallback(
    (id: string | null) => {
      setEditing(false);
      setSeed(null);
      if (id !== url.field) url.set({ field: id });
    },
    [url],
  );
  const openLines = useCallback(
    (lines: string | null) => {
      setLineIndex(0);
      setSourceQuery("");
      setTargetQuery("");
      url.set({ lines, field: null }, "push");
      announce(lines === null ? "Header" : `Lines ${lines}`);
    },
    [url, announce],
  );

  const settle = (result: GestureResult) => {
    switch (result.kind) {
      case "edit":
        applyChange(result.change, { place: { tab: "map", scope, target: result.target } });
        announce(result.change.name);
        setTarget(result.target);
        return;
      case "open-lines":
        if (result.change) applyChange(result.change, { place: { tab: "map", scope: null, target: null } });
        openLines(result.target);
        return;
      case "choose":
        setTarget(result.target);
        setQuestion(result);
        return;
      case "refuse":
        announce(result.reason);
        panes.current?.say(result.reason);
    }
  };
  const rowOf = (id: string): TargetRow | undefined => graph.target.find((each) => each.id === id);
  const link = (source: SourceRow | undefined, target: TargetRow | undefined) => {
    if (source && target) settle(connect(source, target, context));
  };
  const accept = (list: readonly Suggestion[]) => {
    const mappings = Object.fromEntries(
      list.map((each): [string, Mapping] => [each.target.name, { value: each.source.id }]),
    );
    const name =
      list.length === 1 && list[0]
        ? `Accept suggestion ${list[0].source.label} to ${list[0].target.label}`
        : `Accept ${list.length} suggestions`;
    applyChange(
      {
        name,
        edits: [{ type: "set-mappings", ...(scope !== null && { lines: scope }), mappings }],
      },
      { place: { tab: "map", scope, target: list[0]?.target.id ?? null } },
    );
    announce(name);
  };

  const steps = useSteps({
    screen,
    panes,
    current: current?.id ?? null,
    onRecord: (key) => {
      url.set({ record: key });
      setLineIndex(0);
    },
    onLine: setLineIndex,
    onTarget: setTarget,
  });
  const edit = (target: TargetRow, start: string | null = null) => {
    const reason = target.mapping === null ? refuseTarget(target) : null;
    if (target.kind === "many")
      return openLines(
        screen.definition.lines?.some((each) => each.target === target.name) ? target.name : null,
      );
    if (reason !== null) return settle({ kind: "refuse", reason });
    setTarget(target.id);
    setSeed(start);
    setEditing(true);
  };

  const keys = toMappingKeys({
    screen,
    singleKeys,
    panes,
    onAccept: (suggestion) => accept([suggestion]),
    onEdit: edit,
    onInspect: (target) => setDialog({ kind: "inspector", target }),
    onPickTarget: (source) => setDialog({ kind: "pick-target", source }),
    onRemove: (target) => settle(removeMapping(target, context)),
    onRefuse: (reason) => settle({ kind: "refuse", reason }),
    onOpenLines: openLines,
    onStep: steps.toRecord,
    onStepLine: steps.toLine,
    onStepProblem: steps.toProblem,
    onShowAll: () => setShowAll((before) => !before),
  });

  useEffect(() => {
    if (place.target !== null) panes.current?.revealTarget(place.target);
    // Only a new address moves the view.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [url.lines, graph.target.length > 0]);

  useArrival(active, panes);

  const high = screen.suggestions.filter((each) => each.band === "high");
  return (
    <div className={classes.tab} ref={root}>
      <MappingToolbar
        view={view}
        onView={(next) => url.set({ view: next })}
        show={show}
        onShow={(next) => url.set({ show: next === "all" ? null : next })}
        sourceShown={sourceShown}
        onSource={() => setSourceShown(!sourceShown)}
        linedUp={linedUp}
        onLineUp={() => setLinedUp(!linedUp)}
        linesLabel={scope}
        onHeader={() => openLines(null)}
        highCount={high.length}
        suggestionCount={screen.suggestions.length}
        onReview={() => setDialog({ kind: "suggestions" })}
        onAcceptHigh={() => accept(high)}
        sample={
          view === "code" ? null : (
            <SampleBar
              samples={samples}
              index={screen.recordIndex}
              onStep={steps.toRecord}
              line={screen.lines ? { index: screen.lineIndex, count: screen.lineRows.length } : null}
              onLineStep={steps.toLine}
              pinned={screen.pinned}
              onPick={(key) => url.set({ record: key })}
            />
          )
        }
      />
      {view === "code" ? (
        <CodeView />
      ) : (
        <>
          <LinesRows screen={screen} />
          <MappingPanes
            ref={panes}
            screen={screen}
            view={view}
            sourceShown={sourceShown}
            active={current?.id ?? null}
            singleKeys={singleKeys}
            sourceQuery={sourceQuery}
            onSourceQuery={setSourceQuery}
            targetQuery={targetQuery}
            onTargetQuery={setTargetQuery}
            onTarget={setTarget}
            onLink={link}
            onOpenLines={(target) => {
              if (definition.lines?.some((each) => each.target === target.name)) openLines(target.name);
              else
                settle({
                  kind: "refuse",
                  reason: `Drop a list of the source on ${target.label}, or press L on it.`,
                });
            }}
            onEdit={edit}
            onAccept={(suggestion) => accept([suggestion])}
            onSourceKey={keys.source}
            onTargetKey={keys.target}
            onCommonKey={keys.common}
            onChooseTarget={() => goTo({ tab: "filter", scope: null, target: null })}
          />
          {question ? (
            <LinkQuestion
              question={question}
              evaluate={(formula) =>
                live.evaluate(formula, row, header, rowOf(question.target)?.field ?? null)
              }
              onChoose={(choice) => {
                setQuestion(null);
                settle({ kind: "edit", change: choice.change, target: question.target });
                panes.current?.focusTarget(question.target);
              }}
              onCancel={() => {
                setQuestion(null);
                panes.current?.focusTarget(question.target);
              }}
            />
          ) : null}
          <FieldFormula
            screen={screen}
            current={current}
            editing={editing}
            onEditing={setEditing}
            seed={seed}
            onApply={(formula) => {
              if (current) settle(writeFormula(current, formula, context));
            }}
            onLeave={(toRow) => {
              setSeed(null);
              if (current && toRow) panes.current?.focusTarget(current.id);
            }}
            onPickRecord={(key) => url.set({ record: key })}
            showAll={showAll}
            onShowAll={setShowAll}
          />
        </>
      )}
      <MappingDialogs
        dialog={dialog}
        screen={screen}
        scope={scope}
        onAccept={accept}
        onLink={(source, target) => {
          link(source, target);
          if (target) panes.current?.focusTarget(target.id);
        }}
        onClose={() => setDialog(null)}
      />
      <SchemaFailure />
      {record === null ? null : <span className="fb-hidden">Sample record {record.label}</span>}
    </div>
  );
}
