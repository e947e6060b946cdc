/**
 * One page of a compare that only looks: the line up to the match, then what was found becomes the outcome. It leaves
 * outcomes and nothing else: no write, no link, no held record, no cursor.
 */
import type { RunCounts } from "@fieldbridge/model";
import type { PhaseClock } from "../phase-clock.ts";
import type { TransferPlan } from "../plan/transfer-plan.ts";
import { Fault, type RecordLink } from "../ports.ts";
import type { RecordState } from "../record-state.ts";
import { filterPage } from "../steps/filter.ts";
import { toPageCommit } from "../steps/log.ts";
import { mapPage } from "../steps/map.ts";
import { matchPage } from "../steps/match.ts";
import type { CompareScope, ReadContext, WorkPage } from "../steps/read.ts";
import { checkLinked, loadLinks } from "./check-linked.ts";
import { toFinding } from "./note-drift.ts";

/**
 * Rules that stop a write do not stop a look: a record that must not exist yet is compared where it does, and one
 * that goes out only once is found by its link. What is to be left alone stays left alone.
 */
const toComparedMatch = (match: TransferPlan["match"]): TransferPlan["match"] => {
  if (match.by === "never") return { by: "link", found: "skip", missing: "create" };
  return {
    ...match,
    found: match.found === "fail" ? "update" : match.found,
    missing: match.missing === "fail" ? "create" : match.missing,
  };
};

/** A write that another run left unconfirmed is for that run to settle; here only a known target key counts. */
const toKnownLink = (link: RecordLink): RecordLink[] =>
  link.targetKey === null ? [] : [{ ...link, state: "linked", hash: null }];

/** Both look into the target whatever the hash says; one that only looks is not given what it could change. */
export const toCompareContext = (context: ReadContext, { repair }: CompareScope): ReadContext =>
  repair
    ? { ...context, compares: true, compare: "target" }
    : {
        ...context,
        compares: true,
        compare: "target",
        plan: { ...context.plan, match: toComparedMatch(context.plan.match) },
        store: {
          ...context.store,
          readLinks: async (keys) => (await context.store.readLinks(keys)).flatMap(toKnownLink),
          savePendingLinks: () => Promise.resolve(),
        },
      };

/** The fault, if any, says that the target cannot be asked any more. */
export async function comparePage(
  work: WorkPage,
  context: ReadContext,
  time: PhaseClock,
): Promise<{ counts: RunCounts; complete: boolean; fault: Fault | null }> {
  const read = await time("read", () => loadLinks(work.states, context));
  const filtered = await time("filter", () => filterPage(read, context));
  const mapped = await time("map", () => mapPage(filtered, context));
  let fault: Fault | null = null;
  const look = (state: RecordState): RecordState => toFinding(state, context.plan);
  let page = mapped;
  try {
    page = (await time("match", () => checkLinked(page, context))).map(look);
    while (page.some((state) => state.status === "mapped") && !context.stop.aborted)
      page = (await time("match", () => matchPage(page, context))).map(look);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    fault = error;
  }
  const commit = {
    ...toPageCommit(page, context, {
      cursor: undefined,
      phaseMs: time.take(),
      heldBefore: new Set(),
      totals: [],
    }),
    links: [],
    dropLinks: [],
    held: [],
    settled: [],
  };
  await time("log", () => context.store.commitPage(commit));
  return { counts: commit.counts, complete: page.every((state) => state.status === "done"), fault };
}
