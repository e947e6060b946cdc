/**
 * Records of a compare that do not go to the match: deleted in the source, or outside the filter by now. Where one is
 * linked, the target is asked whether it still has the record, once for the whole page.
 */
import { readPatiently, toChunks } from "../port-calls.ts";
import { finish, withLink, type RecordState } from "../record-state.ts";
import type { RunContext } from "../run-context.ts";
import { toShownText } from "../values/compare-values.ts";

/** The others go on to the match, which looks for their target record itself. */
const isLeftOver = ({ action }: RecordState): boolean => action === "filtered" || action === "skipped";

/** Links of what the pages brought; linked records have theirs already. */
const withLinks = async (page: readonly RecordState[], { store }: RunContext): Promise<RecordState[]> => {
  const unknown = page.filter((state) => isLeftOver(state) && state.link === null);
  if (unknown.length === 0) return [...page];
  const links = await store.readLinks(unknown.map((state) => state.sourceKey));
  const byKey = new Map(links.map((link) => [link.sourceKey, link]));
  return page.map((state) => (isLeftOver(state) ? withLink(state, byKey.get(state.sourceKey)) : state));
};

const readExisting = async (
  keys: readonly string[],
  { plan, target, ...context }: RunContext,
): Promise<Set<string>> => {
  const { keyField } = plan.target;
  const shape = { object: plan.target.name, fields: [keyField], one: {}, many: {} };
  const found = new Set<string>();
  for (const chunk of toChunks(keys, target.limits.findBatch))
    for (const row of await readPatiently(context, () => target.readByKeys(shape, keyField, chunk)))
      found.add(toShownText(row[keyField]) ?? "");
  return found;
};

const describeGone = (state: RecordState, targetKey: string, isInTarget: boolean): string | null => {
  if (state.source === null)
    return isInTarget
      ? `The source does not have ${state.label} any more; the target still has ${targetKey}.`
      : `Neither side has this record any more: ${state.label} became ${targetKey}.`;
  return isInTarget
    ? null
    : `${state.label} was transferred to ${targetKey}, which the target does not have any more.`;
};

export async function checkLinked(page: readonly RecordState[], context: RunContext): Promise<RecordState[]> {
  const linked = await withLinks(page, context);
  const keyOf = (state: RecordState): string | null =>
    isLeftOver(state) && state.link?.state === "linked" ? state.link.targetKey : null;
  const keys = linked.flatMap((state) => keyOf(state) ?? []);
  if (keys.length === 0) return linked;
  const existing = await readExisting([...new Set(keys)], context);
  return linked.map((state) => {
    const targetKey = keyOf(state);
    const reason = targetKey === null ? null : describeGone(state, targetKey, existing.has(targetKey));
    return reason === null ? state : finish(state, "skipped", { drift: "orphaned", reason, issues: [] });
  });
}
