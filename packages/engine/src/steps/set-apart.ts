/**
 * Records outside the scope of removals are no records of the line: a linked one belongs to the reverse pass, which
 * removes it, and is remembered as gone in the commit of its page; any other is filtered.
 */
import { isInScope } from "../removals/find-alive.ts";
import { toChunks } from "../port-calls.ts";
import type { RecordLink } from "../ports.ts";
import type { RecordState } from "../record-state.ts";
import { setAside } from "./filter.ts";
import type { ReadContext } from "./read.ts";

export interface SplitPage {
  readonly page: readonly RecordState[];
  readonly gone: readonly RecordLink[];
}

/**
 * In a run of changes the reverse pass reports the linked ones; in any other they are filtered, and the next run of
 * changes removes them.
 */
export async function setApart(
  page: readonly RecordState[],
  context: ReadContext,
  removedKeys: readonly string[],
): Promise<SplitPage> {
  const { removals } = context.plan;
  if (removals === null) return { page, gone: [] };
  const out = new Set(
    page
      .filter(({ source, task }) => source !== null && task.record && !isInScope(removals, source, context))
      .map((state) => state.sourceKey),
  );
  const links: RecordLink[] = [];
  for (const keys of toChunks([...out, ...removedKeys], context.pageSize))
    links.push(...(await context.store.readLinks(keys)));
  const linked = new Set(
    links.filter(({ state }) => state === "linked" || state === "gone").map((link) => link.sourceKey),
  );
  const leaves = ({ sourceKey }: RecordState): boolean =>
    context.scope.kind === "changes" && out.has(sourceKey) && linked.has(sourceKey);
  const at = context.clock.now();
  return {
    page: page
      .filter((state) => !leaves(state))
      .map((state) =>
        out.has(state.sourceKey)
          ? setAside(state, "filtered", `It is outside the scope of removals: ${removals.scope?.text}.`)
          : state,
      ),
    gone: links
      .filter(({ state }) => state === "linked")
      .map((link): RecordLink => ({ ...link, state: "gone", at })),
  };
}
