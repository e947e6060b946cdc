/**
 * A run: the straight line of every record. Read a page, filter, map, match, write, write back, and store what
 * happened together with the cursor. Everything else in this package is a step of this line.
 */
import type {
  Issue,
  LookupUse,
  RunCounts,
  RunParameters,
  RunPhase,
  RunScope,
  ValueMap,
} from "@fieldbridge/model";
import { toIssue } from "@fieldbridge/model";
import { checkLinked, loadLinks } from "./compare/check-linked.ts";
import { comparePage, toCompareContext } from "./compare/compare-page.ts";
import { noteDrift } from "./compare/note-drift.ts";
import { readCompared } from "./compare/read-compared.ts";
import { createRunContext } from "./create-run-context.ts";
import { keepTime, type PhaseClock } from "./phase-clock.ts";
import type { TransferPlan } from "./plan/transfer-plan.ts";
import { Fault, type Clock, type Cursor, type RunStore, type StopSignal, type SystemPort } from "./ports.ts";
import type { RecordState } from "./record-state.ts";
import { removeGone } from "./removals/remove-gone.ts";
import type { RunContext } from "./run-context.ts";
import { filterPage } from "./steps/filter.ts";
import { addCounts, noCounts, toHoldCommit, toPageCommit } from "./steps/log.ts";
import { mapPage } from "./steps/map.ts";
import { matchPage } from "./steps/match.ts";
import { positionOf, readAhead, readWork, type ReadContext, type WorkPage } from "./steps/read.ts";
import { readFeedPages } from "./steps/read-feed.ts";
import { setApart } from "./steps/set-apart.ts";
import { sumTotals } from "./steps/sum-totals.ts";
import { hasFailureNotes, writeAnswersBack, writeFailuresBack } from "./steps/write-back.ts";
import { holdUnknown, writePage } from "./steps/write.ts";

export interface RunProgress {
  readonly phase: RunPhase;
  readonly counts: RunCounts;
  readonly expected: number | null;
  readonly lookups: readonly LookupUse[];
}

export interface RunRequest {
  readonly plan: TransferPlan;
  readonly source: SystemPort;
  readonly target: SystemPort;
  readonly store: RunStore;
  readonly clock: Clock;
  readonly valueMaps: readonly ValueMap[];
  readonly runStartedAt: string;
  /** Values of the transfer's parameters, as `resolveParameters` gave them. */
  readonly parameters?: RunParameters | undefined;
  readonly scope: RunScope;
  /** True where another process began this run and may have reported records already. */
  readonly resumed?: boolean | undefined;
  /** Records per page where fewer are wanted than the source gives at once. */
  readonly pageSize?: number | undefined;
  readonly stopSignal?: StopSignal | undefined;
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
  /** Overrides the transfer's own limit. */
  readonly stopAfterFailures?: number | undefined;
  /** `target` compares with the target record even where the link says that the same values were sent. */
  readonly compare?: "hash" | "target" | undefined;
}

/** How a run ends; `issues` say why it stopped, failed or was put aside. */
export type RunEnd =
  | { readonly state: "finished" | "stopped" | "failed"; readonly issues: readonly Issue[] }
  /** A connection takes no calls for so long; the same run goes on then. */
  | { readonly state: "put-aside"; readonly resumeAfterMs: number; readonly issues: readonly Issue[] };

export type RunSummary = RunEnd & {
  readonly counts: RunCounts;
  readonly phaseMs: Partial<Record<RunPhase, number>>;
  readonly expected: number | null;
  readonly lookups: readonly LookupUse[];
};

const stopped = toIssue("RUN-706", "", "The run was stopped.");

const isOpen = (state: RecordState): boolean => state.status === "mapped" || state.status === "planned";

/** Matches and writes until nothing waits for a neighbour or another look; what is left was not sent. */
async function deliver(
  mapped: readonly RecordState[],
  context: RunContext,
  time: PhaseClock,
): Promise<{ page: RecordState[]; fault: Fault | null }> {
  let page = [...mapped];
  try {
    while (page.some((state) => state.status === "mapped") && !context.stop.aborted) {
      page = await time("match", () => matchPage(page, context));
      const written = await time("write", () => writePage(page, context));
      page = written.page;
      if (written.fault || page.some((state) => state.status === "planned")) return { ...written, page };
    }
    return { page, fault: null };
  } catch (error) {
    if (error instanceof Fault) return { page, fault: error };
    throw error;
  }
}

/** A write that was sent and is still unclear when the run ends has to be told to a person. */
const holdUnclear = (state: RecordState): RecordState =>
  isOpen(state) && state.attempts > 0 && state.link?.state === "pending" && state.linkChange === "keep"
    ? holdUnknown(state)
    : state;

/**
 * What comes behind the first record that was not tried is left to the next run, unless it was written: the
 * cursor stops there, and one record shall not get two outcomes.
 */
const leaveRest = (page: readonly RecordState[], work: WorkPage): RecordState[] => {
  const untried = page.findIndex((state) => state.status !== "done");
  return work.cursor === undefined || untried < 0
    ? [...page]
    : page.filter((state, index) => index <= untried || state.linkChange !== "keep" || state.attempts > 0);
};

/** The cursor never passes a record that was not tried: it stops behind the last one before it (I1). */
const cursorBehind = (
  page: readonly RecordState[],
  work: WorkPage,
  plan: TransferPlan,
): Cursor | undefined => {
  const untried = page.findIndex((state) => state.status !== "done");
  if (untried < 0 || work.cursor === undefined) return work.cursor;
  const row = page[untried - 1]?.source;
  return row ? work.cursorAt(positionOf(plan, row)) : undefined;
};

/** One page through the line. The fault, if any, says that a system cannot go on. */
async function runPage(
  work: WorkPage,
  context: ReadContext,
  time: PhaseClock,
): Promise<{ counts: RunCounts; complete: boolean; fault: Fault | null }> {
  const read = context.compares ? await time("read", () => loadLinks(work.states, context)) : work.states;
  const apart = await time("filter", () => setApart(read, context, work.removedKeys ?? []));
  const filtered = await time("filter", () => filterPage(apart.page, context));
  const mapped = await time("map", () => mapPage(filtered, context));
  const ready = context.compares ? await time("match", () => checkLinked(mapped, context)) : mapped;
  const delivered = await deliver(ready, context, time);
  const judged = context.compares
    ? delivered.page.map((state) => noteDrift(state, context.plan))
    : delivered.page;
  let page = leaveRest(judged.map(holdUnclear), work);
  page = await time("write-back", () => writeAnswersBack(page, context));
  const heldBefore = new Set<string>();
  if (hasFailureNotes(page, context)) {
    await time("log", () => context.store.commitPage(toHoldCommit(page, context)));
    for (const state of page) if (state.action === "held") heldBefore.add(state.sourceKey);
    page = await time("write-back", () => writeFailuresBack(page, context));
  }
  const totals = await time("log", () => sumTotals(page, context));
  const cursor = cursorBehind(page, work, context.plan);
  const commit = toPageCommit(page, context, {
    cursor,
    phaseMs: time.take(),
    heldBefore,
    totals,
    gone: apart.gone,
  });
  await time("log", () => context.store.commitPage(commit));
  return {
    counts: commit.counts,
    complete: page.every((state) => state.status === "done"),
    fault: delivered.fault,
  };
}

const openPages = (context: ReadContext, scope: RunScope): AsyncGenerator<WorkPage> => {
  if (scope.kind === "compare") return readCompared(context, scope);
  return scope.kind === "changes" && context.plan.definition.changes.by === "feed"
    ? readFeedPages(context)
    : readWork(context, scope);
};

/** Runs the transfer to its end. Faults end the run as `failed`; anything else that is thrown is a bug. */
export async function runTransfer(request: RunRequest): Promise<RunSummary> {
  const { plan, store } = request;
  const { scope } = request;
  const notices: Issue[] = [];
  const notice = (issue: Issue): void => void notices.push(issue);
  const opened = { ...createRunContext(request), store, scope, notice, resumed: request.resumed ?? false };
  const context = scope.kind === "compare" ? toCompareContext(opened, scope) : opened;
  const line = scope.kind === "compare" && !scope.repair ? comparePage : runPage;
  const time = keepTime(request.clock);
  const limit = request.stopAfterFailures ?? plan.definition.limits?.stopAfterFailures ?? Infinity;
  let counts = noCounts;
  let failures = 0;
  let expected: number | null = null;
  const tell = (phase: RunPhase): void =>
    request.onProgress?.({ phase, counts, expected, lookups: context.lookups.uses() });
  time.onPhase(tell);
  const endAs = (how: RunEnd): RunSummary => {
    tell("log");
    const issues = [...notices, ...how.issues];
    return { ...how, issues, counts, phaseMs: time.total(), expected, lookups: context.lookups.uses() };
  };
  const end = (state: Exclude<RunEnd["state"], "put-aside">, issues: readonly Issue[] = []): RunSummary =>
    endAs({ state, issues });
  const endWith = (fault: Fault, issues: readonly Issue[]): RunSummary => {
    // A call that was woken from its wait by the stop is no failure.
    if (fault.retryable && context.stop.aborted) return end("stopped", [stopped]);
    return fault.closed
      ? endAs({ state: "put-aside", resumeAfterMs: fault.retryAfterMs ?? 0, issues: [fault.issue] })
      : end("failed", issues);
  };
  try {
    const pages = time.each("read", readAhead(openPages(context, scope)));
    for await (const work of pages) {
      if (context.stop.aborted) return end("stopped", [stopped]);
      expected ??= work.expected;
      const failureBudget = work.countsFailures ? limit - failures : Infinity;
      const result = await line(work, { ...context, failureBudget }, time);
      counts = addCounts(counts, result.counts);
      if (work.countsFailures) failures += result.counts.held;
      if (result.fault) return endWith(result.fault, [result.fault.issue]);
      if (failures >= limit)
        return end("stopped", [toIssue("RUN-701", "limits", `The run stopped after ${failures} failures.`)]);
      if (!result.complete) return end("stopped", [stopped]);
    }
    const ended = await removeGone(plan.removals, context, time, (more) => {
      counts = addCounts(counts, more);
    });
    if (ended) return end(ended.state, ended.issues);
    return context.stop.aborted ? end("stopped", [stopped]) : end("finished");
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return endWith(error, [toIssue("RUN-702", "", error.message), error.issue]);
  }
}
