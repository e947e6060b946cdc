/**
 * A run store in memory that keeps its promises: a commit happens whole or not at all, and everything survives the
 * run that wrote it. Bind it to a run with `forRun`, as the server does.
 */
import type { RunCounts } from "@fieldbridge/model";
import type {
  Cursor,
  DueRecord,
  HoldRequest,
  OutcomeDraft,
  PageCommit,
  RecordLink,
  RunStore,
  TotalDraft,
} from "../ports.ts";
import { addCounts, noCounts } from "../steps/log.ts";
import { createFaultPoints, type FaultPoints } from "./fault-points.ts";

export interface MemoryHeld extends HoldRequest {
  readonly state: "open" | "resolved";
  readonly attempts: number;
  readonly lastRunId: string;
}

export interface StoredOutcome extends OutcomeDraft {
  readonly runId: string;
}

interface Content {
  readonly cursor: Cursor | null;
  /** The run that left the cursor. */
  readonly cursorRunId: string;
  readonly links: ReadonlyMap<string, RecordLink>;
  readonly held: ReadonlyMap<string, MemoryHeld>;
  readonly outcomes: readonly StoredOutcome[];
  readonly counts: RunCounts;
  readonly totals: readonly TotalDraft[];
}

export interface MemoryStore {
  readonly forRun: (runId: string, faultPoints?: FaultPoints) => RunStore;
  readonly outcomes: (runId?: string) => readonly StoredOutcome[];
  readonly links: () => readonly RecordLink[];
  /** Open held records. */
  readonly held: () => readonly MemoryHeld[];
  readonly cursor: () => Cursor | null;
  /** What the pages added to totals, one after the other. */
  readonly totals: () => readonly TotalDraft[];
  /** Sums of all commits. */
  readonly counts: () => RunCounts;
}

const holdKey = ({ sourceKey, step }: Pick<DueRecord, "sourceKey" | "step">): string =>
  `${step} ${sourceKey}`;

const applyCommit = (content: Content, page: PageCommit, runId: string): Content => {
  const links = new Map(content.links);
  for (const key of page.dropLinks) links.delete(key);
  for (const link of page.links) links.set(link.sourceKey, link);
  const held = new Map(content.held);
  for (const each of page.held) {
    const before = held.get(holdKey(each));
    const attempts = before?.state === "open" ? before.attempts + 1 : 1;
    held.set(holdKey(each), { ...each, state: "open", attempts, lastRunId: runId });
  }
  for (const settled of page.settled) {
    const before = held.get(holdKey(settled));
    if (before) held.set(holdKey(settled), { ...before, state: "resolved", lastRunId: runId });
  }
  return {
    cursor: page.cursor ?? content.cursor,
    cursorRunId: page.cursor === undefined ? content.cursorRunId : runId,
    links,
    held,
    outcomes: [...content.outcomes, ...page.outcomes.map((outcome) => ({ ...outcome, runId }))],
    counts: addCounts(content.counts, page.counts),
    totals: [...content.totals, ...page.totals],
  };
};

/** `findLinked` answers for other transfers by object and record id. */
export function createMemoryStore(
  options: { readonly linked?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> } = {},
): MemoryStore {
  let content: Content = {
    cursor: null,
    cursorRunId: "",
    links: new Map(),
    held: new Map(),
    outcomes: [],
    counts: noCounts,
    totals: [],
  };
  const openHeld = (): MemoryHeld[] => [...content.held.values()].filter((each) => each.state === "open");

  const heldRemoval = (sourceKey: string): MemoryHeld | undefined =>
    openHeld().find((each) => each.step === "removal" && each.sourceKey === sourceKey);
  const inOrder = (
    links: readonly RecordLink[],
    { after, limit }: { readonly after: string | null; readonly limit: number },
  ): RecordLink[] =>
    [...links]
      .sort((left, right) => (left.sourceKey < right.sourceKey ? -1 : 1))
      .filter((link) => after === null || link.sourceKey > after)
      .slice(0, limit);

  const forRun = (runId: string, points: FaultPoints = createFaultPoints()): RunStore => {
    const call = async <T>(name: string, effect: () => T): Promise<T> => {
      await Promise.resolve();
      points.pass(`store.${name}`, "before");
      const result = effect();
      await Promise.resolve();
      points.pass(`store.${name}`, "after");
      return result;
    };
    return {
      readCursor: () =>
        call("readCursor", () =>
          content.cursor === null || content.cursorRunId === runId
            ? content.cursor
            : { ...content.cursor, upper: undefined },
        ),
      readLinks: (keys) => call("readLinks", () => keys.flatMap((key) => content.links.get(key) ?? [])),
      readPendingLinks: (limit) =>
        call("readPendingLinks", () =>
          [...content.links.values()]
            .filter(({ state }) => state === "pending")
            .filter(
              ({ sourceKey }) => content.held.get(holdKey({ sourceKey, step: "record" }))?.state !== "open",
            )
            .slice(0, limit),
        ),
      savePendingLinks: (links) =>
        call("savePendingLinks", () => {
          const next = new Map(content.links);
          for (const link of links) next.set(link.sourceKey, link);
          content = { ...content, links: next };
        }),
      commitPage: (page) =>
        call("commitPage", () => {
          content = applyCommit(content, page, runId);
        }),
      readReported: (keys) =>
        call("readReported", () => {
          const reported = new Set(
            content.outcomes.filter((each) => each.runId === runId).map((each) => each.sourceKey),
          );
          return keys.filter((key) => reported.has(key));
        }),
      readDueRecords: (limit) =>
        call("readDueRecords", () =>
          openHeld()
            .filter((each) => each.lastRunId !== runId && each.step !== "removal")
            .slice(0, limit)
            .map(({ sourceKey, step, action }) => ({ sourceKey, step, action })),
        ),
      readLinksInOrder: ({ states, ...place }) =>
        call("readLinksInOrder", () =>
          inOrder(
            [...content.links.values()].filter((link) => states.includes(link.state)),
            place,
          ),
        ),
      countLinks: () =>
        call("countLinks", () => {
          const links = [...content.links.values()];
          const gone = links.filter((link) => link.state === "gone");
          return {
            linked: links.filter((link) => link.state === "linked").length + gone.length,
            gone: gone.filter((link) => heldRemoval(link.sourceKey) === undefined).length,
          };
        }),
      readDueRemovals: (place) =>
        call("readDueRemovals", () =>
          inOrder(
            [...content.links.values()].filter((link) => {
              const held = heldRemoval(link.sourceKey);
              return held === undefined ? link.state === "gone" : held.lastRunId !== runId;
            }),
            place,
          ),
        ),
      readTargetsInUse: (targetKeys, besides) =>
        call("readTargetsInUse", () => {
          const used = new Set(
            [...content.links.values()]
              .filter(({ state }) => state === "linked" || state === "pending")
              .filter(({ sourceKey }) => !besides.includes(sourceKey))
              .map((link) => link.targetKey),
          );
          return targetKeys.filter((key) => used.has(key));
        }),
      findLinked: (object, ids) =>
        call("findLinked", () =>
          Object.fromEntries(ids.map((id) => [id, options.linked?.[object]?.[id] ?? []])),
        ),
    };
  };

  return {
    forRun,
    outcomes: (runId) => content.outcomes.filter((outcome) => runId === undefined || outcome.runId === runId),
    links: () => [...content.links.values()],
    held: openHeld,
    cursor: () => content.cursor,
    counts: () => content.counts,
    totals: () => content.totals,
  };
}
