/**
 * Links of the records of a compare. One that is linked and not matched, because it is gone in the source or outside
 * the filter by now, is looked for in the target, once for the whole page.
 */
import { readPatiently, toChunks } from "../port-calls.ts";
import { finish, withLink, type RecordState } from "../record-state.ts";
import type { RunContext } from "../run-context.ts";
import { toShownText } from "../values/compare-values.ts";

/** Confirmed links only: a pending one is for the match to judge. */
export async function loadLinks(page: readonly RecordState[], { store }: RunContext): Promise<RecordState[]> {
  const unknown = page.filter((state) => state.link === null);
  if (unknown.length === 0) return [...page];
  const links = await store.readLinks(unknown.map((state) => state.sourceKey));
  const byKey = new Map(links.flatMap((link) => (link.state === "linked" ? [[link.sourceKey, link]] : [])));
  return page.map((state) => (state.link === null ? withLink(state, byKey.get(state.sourceKey)) : state));
}

/** The others go on to the match, which looks for their target record itself. */
const isLeftOver = ({ action }: RecordState): boolean => action === "filtered" || action === "skipped";

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
  const keyOf = (state: RecordState): string | null =>
    isLeftOver(state) ? (state.link?.targetKey ?? null) : null;
  const keys = page.flatMap((state) => keyOf(state) ?? []);
  if (keys.length === 0) return [...page];
  const existing = await readExisting([...new Set(keys)], context);
  return page.map((state) => {
    const targetKey = keyOf(state);
    const reason = targetKey === null ? null : describeGone(state, targetKey, existing.has(targetKey));
    return reason === null ? state : finish(state, "skipped", { drift: "orphaned", reason, issues: [] });
  });
}
