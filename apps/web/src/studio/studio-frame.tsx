/** The frame of the studio: top bar, tabs with their problems, checklist, and what is said in the live region. */
import { Tabs } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import type { Transfer } from "@fieldbridge/model";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { useStore } from "zustand";
import { Loading, useTabTitle } from "../kit/index.ts";
import { ReviewBanner } from "../pages/transfers/review-banner.tsx";
import { tabOfIssue, useIssues } from "./data/use-issues.ts";
import { useSchemas } from "./data/use-schemas.ts";
import { useTransferContext } from "./data/use-transfer-context.ts";
import type { Step, StepPlace } from "./draft/draft-store.ts";
import { toChecklist } from "./header/checklist.ts";
import { ConflictBar } from "./header/conflict-bar.tsx";
import { ProblemsPanel } from "./header/problems-panel.tsx";
import { PublishDialog } from "./header/publish-dialog.tsx";
import { TopBar } from "./header/top-bar.tsx";
import { UnsentBar } from "./header/unsent-bar.tsx";
import type { StudioSession } from "./session/session.ts";
import { StudioContext, type Studio } from "./session/studio-context.tsx";
import { studioTabs, useStudioUrl, type StudioTab } from "./session/studio-url.ts";
import { useAnnouncer } from "./session/use-announcer.ts";
import classes from "./studio-page.module.css";

const MappingTab = lazy(() =>
  import("./mapping/mapping-tab.tsx").then((each) => ({ default: each.MappingTab })),
);
const FilterTab = lazy(() => import("./filter/filter-tab.tsx").then((each) => ({ default: each.FilterTab })));
const WriteBackTab = lazy(() =>
  import("./write-back/write-back-tab.tsx").then((each) => ({ default: each.WriteBackTab })),
);
const BehaviourTab = lazy(() =>
  import("./behaviour/behaviour-tab.tsx").then((each) => ({ default: each.BehaviourTab })),
);
const PreviewTab = lazy(() =>
  import("./preview/preview-tab.tsx").then((each) => ({ default: each.PreviewTab })),
);
const TestsTab = lazy(() => import("./tests/tests-tab.tsx").then((each) => ({ default: each.TestsTab })));
const HistoryTab = lazy(() =>
  import("./history/history-tab.tsx").then((each) => ({ default: each.HistoryTab })),
);

const tabWords: Record<StudioTab, string> = {
  filter: "Source & filter",
  map: "Mapping",
  writeback: "Write-back",
  behaviour: "Behaviour",
  preview: "Preview",
  tests: "Tests",
  history: "History",
};

const tabContent: Record<StudioTab, () => React.ReactNode> = {
  filter: () => <FilterTab />,
  map: () => <MappingTab />,
  writeback: () => <WriteBackTab />,
  behaviour: () => <BehaviourTab />,
  preview: () => <PreviewTab />,
  tests: () => <TestsTab />,
  history: () => <HistoryTab />,
};

export interface StudioFrameProps {
  readonly session: StudioSession;
  readonly transfer: Transfer;
}

export function StudioFrame({ session, transfer }: StudioFrameProps) {
  const url = useStudioUrl();
  const definition = useStore(session.draft, (state) => state.definition);
  const schemas = useSchemas(definition, session.read);
  const context = useTransferContext(definition, schemas);
  const issues = useIssues(definition, context, !schemas.isLoading);
  const { sentence, announce } = useAnnouncer();
  const [publishing, setPublishing] = useState(false);
  const [panelShown, setPanelShown] = useState(false);
  const [previewSeen, setPreviewSeen] = useState(url.tab === "preview");
  useTabTitle(`${definition.name}: ${tabWords[url.tab]}`);

  const { set } = url;
  const [arriving, setArriving] = useState<string | null>(null);
  const onArrived = useCallback(() => setArriving(null), []);
  const goTo = useCallback(
    (place: StepPlace) => {
      setArriving(place.tab === "map" ? place.target : null);
      const tab = studioTabs.find((each) => each === place.tab) ?? "map";
      set({ tab, lines: place.scope, field: place.target }, "push");
    },
    [set],
  );
  const openTab = (tab: StudioTab) => {
    if (tab === "preview") setPreviewSeen(true);
    set({ tab, field: null, lines: null }, "push");
  };
  const showStep = (step: Step | null, word: string) => {
    if (step === null) return announce(`Nothing to ${word.toLowerCase()}`);
    announce(`${word}: ${step.name}`);
    if (step.place) goTo(step.place);
  };
  const undo = () => showStep(session.draft.getState().undo(), "Undo");
  const redo = () => showStep(session.draft.getState().redo(), "Redo");
  const keys: [string, () => void][] = [
    ["mod+Z", undo],
    ["mod+shift+Z", redo],
    ["mod+Y", redo],
    ["mod+S", () => void session.autosave.flush()],
    ["mod+Enter", () => openTab("preview")],
    ["mod+shift+P", () => setPublishing(true)],
  ];
  useHotkeys(keys);

  const studio: Studio = useMemo(
    () => ({ session, schemas, issues, announce, goTo, arriving, onArrived }),
    [session, schemas, issues, announce, goTo, arriving, onArrived],
  );
  const errors = issues.filter((each) => each.severity === "error");
  const checklist = toChecklist(definition, context.target ?? undefined, issues, previewSeen);
  const open = checklist.filter((each) => !each.done).length;
  return (
    <StudioContext value={studio}>
      <TopBar
        transfer={transfer}
        errorCount={errors.length}
        problemCount={Math.max(issues.length, transfer.published === null ? open : 0)}
        onUndo={undo}
        onRedo={redo}
        onPreview={() => openTab("preview")}
        onPublish={() => setPublishing(true)}
        onProblems={() => setPanelShown(!panelShown)}
        problemsShown={panelShown}
      />
      <Tabs
        className={classes.tabs}
        value={url.tab}
        onChange={(value) => {
          const tab = studioTabs.find((each) => each === value);
          if (tab) openTab(tab);
        }}
        keepMounted={false}
      >
        <Tabs.List className={classes.tabList}>
          {studioTabs.map((tab, index) => (
            <Tabs.Tab key={tab} value={tab} rightSection={<TabCount tab={tab} issues={issues} />}>
              {index + 1} {tabWords[tab]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <div className={classes.bars}>
          <ConflictBar />
          <UnsentBar transfer={transfer} />
          <ReviewBanner transfer={transfer} />
        </div>
        <div className={classes.body}>
          <Tabs.Panel value={url.tab} className={classes.panel}>
            <Suspense fallback={<Loading what={`Opening ${tabWords[url.tab]}`} />}>
              {tabContent[url.tab]()}
            </Suspense>
          </Tabs.Panel>
          {panelShown ? (
            <ProblemsPanel checklist={checklist} onTab={openTab} onClose={() => setPanelShown(false)} />
          ) : null}
        </div>
      </Tabs>
      {publishing ? (
        <PublishDialog
          errors={errors}
          onClose={() => setPublishing(false)}
          onShowProblems={() => {
            setPublishing(false);
            setPanelShown(true);
          }}
          onShowTests={() => {
            setPublishing(false);
            openTab("tests");
          }}
        />
      ) : null}
      <div className="fb-hidden" role="status" aria-live="polite" data-testid="announcer">
        {sentence}
      </div>
    </StudioContext>
  );
}

/** Errors, else warnings, of one tab. */
function TabCount({ tab, issues }: { readonly tab: StudioTab; readonly issues: Studio["issues"] }) {
  const own = issues.filter((each) => tabOfIssue(each) === tab && each.severity !== "hint");
  const errors = own.filter((each) => each.severity === "error").length;
  const count = errors > 0 ? errors : own.length;
  if (count === 0) return null;
  const word = errors > 0 ? "error" : "warning";
  return (
    <span className={classes.count} data-severity={word}>
      {count}
      <span className="fb-hidden">{count === 1 ? ` ${word}` : ` ${word}s`}</span>
    </span>
  );
}
