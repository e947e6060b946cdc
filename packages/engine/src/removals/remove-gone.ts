/**
 * Removals of a run: find what disappeared from the source, count it, and only if that is within what the transfer
 * allows flag or delete the target records. Nothing that was never linked is ever touched (I10).
 */
import type { Issue, RunCounts } from "@fieldbridge/model";
import type { PhaseClock } from "../phase-clock.ts";
import type { PlannedRemovals } from "../plan/transfer-plan.ts";
import type { ReadContext } from "../steps/read.ts";
import { checkGuard } from "./check-guard.ts";
import { markGone } from "./mark-gone.ts";
import { removePage } from "./remove-page.ts";

export interface RemovalEnd {
  readonly state: "stopped" | "failed";
  readonly issues: readonly Issue[];
}

const removeAllDue = async (
  removals: PlannedRemovals | null,
  context: ReadContext,
  time: PhaseClock,
  onCounts: (counts: RunCounts) => void,
): Promise<RemovalEnd | null> => {
  let after: string | null = null;
  while (!context.stop.aborted) {
    const place: { after: string | null; limit: number } = { after, limit: context.pageSize };
    const links = await time("read", () => context.store.readDueRemovals(place));
    const last = links.at(-1);
    if (last === undefined) return null;
    const { counts, fault } = await removePage(removals, links, context, time);
    onCounts(counts);
    if (fault) return { state: "failed", issues: [fault.issue] };
    after = last.sourceKey;
  }
  return null;
};

/**
 * Null where it came to its end, or was asked to stop. Held removals that are tried again passed the guard before. A
 * confirmed run looks for no more records than a person was shown. `removals` is null where they are ignored, which
 * also ends those held before.
 */
export async function removeGone(
  removals: PlannedRemovals | null,
  context: ReadContext,
  time: PhaseClock,
  onCounts: (counts: RunCounts) => void,
): Promise<RemovalEnd | null> {
  const { scope } = context;
  if (scope.kind === "records" || scope.kind === "compare") return null;
  if (scope.kind !== "held") {
    if (removals === null) return null;
    const confirmed = scope.kind === "removals" ? scope.confirmed : undefined;
    const isListed = scope.kind === "changes" && context.plan.definition.changes.by === "feed";
    const states = isListed || confirmed !== undefined ? (["gone"] as const) : (["linked", "gone"] as const);
    await time("read", () => markGone(context, removals, states));
    if (context.stop.aborted) return null;
    const stop = checkGuard(await context.store.countLinks(), removals.guardPercent, confirmed);
    if (stop) return { state: "stopped", issues: [stop] };
  }
  return removeAllDue(removals, context, time, onCounts);
}
