/**
 * The reverse pass: walks the links in the order of their keys and remembers which source records have disappeared,
 * and which have come back. It removes nothing; a walk that is cut off simply begins again.
 */
import type { PlannedRemovals } from "../plan/transfer-plan.ts";
import type { RecordLink, RunStore } from "../ports.ts";
import type { RunContext } from "../run-context.ts";
import type { ReadContext } from "../steps/read.ts";
import { emptyCommit } from "../steps/log.ts";
import { findAlive } from "./find-alive.ts";

/** Links as they are, with whether the source still has their records. */
export async function* walkLinks(
  context: RunContext & { readonly store: Pick<RunStore, "readLinksInOrder"> },
  removals: PlannedRemovals,
  states: readonly RecordLink["state"][],
): AsyncGenerator<readonly { readonly link: RecordLink; readonly alive: boolean }[]> {
  let after: string | null = null;
  while (!context.stop.aborted) {
    const links: readonly RecordLink[] = await context.store.readLinksInOrder({
      states,
      after,
      limit: context.pageSize,
    });
    const last = links.at(-1);
    if (last === undefined) return;
    const alive = await findAlive(
      removals,
      links.map((link) => link.sourceKey),
      context,
    );
    yield links.map((link) => ({ link, alive: alive.has(link.sourceKey) }));
    after = last.sourceKey;
  }
}

/** `states` are `linked` and `gone` for the whole walk, `gone` alone where the source tells of its deletions. */
export async function markGone(
  context: ReadContext,
  removals: PlannedRemovals,
  states: readonly RecordLink["state"][],
): Promise<void> {
  for await (const page of walkLinks(context, removals, states)) {
    const at = context.clock.now();
    const links = page
      .filter(({ link, alive }) => alive !== (link.state === "linked"))
      .map(({ link, alive }): RecordLink => ({ ...link, state: alive ? "linked" : "gone", at }));
    if (links.length > 0) await context.store.commitPage({ ...emptyCommit, links });
  }
}
