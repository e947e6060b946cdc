/**
 * Match: finds the target record of every mapped record with one batched search per page and decides what to
 * write. Equal keys within one page are taken one after the other, so that none is created twice (I3).
 */
import { toIssue, type Cell, type Row } from "@fieldbridge/model";
import { readPatiently, toChunks } from "../port-calls.ts";
import type { RecordLink } from "../ports.ts";
import { finish, hold, type RecordState } from "../record-state.ts";
import type { RunContext } from "../run-context.ts";
import { toShownText } from "../values/compare-values.ts";
import { addMs, msBetween } from "../values/instants.ts";
import { checkKeys, decideMatch, finishSent, wasSent, type Finding } from "./decide-match.ts";

/** Older writes than this have arrived or never will, wherever they were queued when their run ended. */
const longestQueueMs = 60 * 60_000;

/** A lost write was sent before this process took up the run, at the latest. */
const settledAt = (link: RecordLink, { openedAt, target }: RunContext): string =>
  addMs(msBetween(link.at, openedAt) > longestQueueMs ? link.at : openedAt, target.limits.settleMs);

const withLinks = async (page: readonly RecordState[], context: RunContext): Promise<RecordState[]> => {
  const unknown = page.filter((state) => state.status === "mapped" && state.attempts === 0 && !state.link);
  if (unknown.length === 0) return [...page];
  const links = await context.store.readLinks(unknown.map((state) => state.sourceKey));
  const byKey = new Map<string, RecordLink>(links.map((link) => [link.sourceKey, link]));
  const wanted = new Set(unknown);
  return page.map((state) => {
    const link = wanted.has(state) ? byKey.get(state.sourceKey) : undefined;
    if (!link) return state;
    if (link.state === "gone" || link.state === "flagged") {
      const again: RecordLink = { ...link, state: "linked", hash: null };
      return { ...state, link: again, linkBefore: again, returned: true };
    }
    return link.state === "pending"
      ? {
          ...state,
          link,
          linkBefore: link.targetKey === null ? null : { ...link, state: "linked", hash: null },
          notBefore: settledAt(link, context),
        }
      : { ...state, link, linkBefore: link };
  });
};

/** Waits until no lost write of these records can still arrive; false where the run was told to stop meanwhile. */
const waitForSettling = async (states: readonly RecordState[], { clock }: RunContext): Promise<boolean> => {
  const rest = (): number =>
    Math.max(
      0,
      ...states.map((state) => (state.notBefore === null ? 0 : msBetween(clock.now(), state.notBefore))),
    );
  const waitMs = rest();
  if (waitMs > 0) await clock.sleep(waitMs);
  return rest() <= 0;
};

const tupleText = (values: readonly Cell[]): string =>
  JSON.stringify(values.map((value) => toShownText(value)));

const findByKeys = async (
  states: readonly RecordState[],
  { plan, target, ...context }: RunContext,
): Promise<Map<string, readonly Row[]>> => {
  const found = new Map<string, readonly Row[]>();
  if (plan.match.by !== "keys") return found;
  const keyFields = plan.match.keys.map(({ field }) => field.name);
  const tuples = new Map(
    states.map((state) => [tupleText(state.mapped?.keys ?? []), state.mapped?.keys ?? []]),
  );
  for (const chunk of toChunks([...tuples], target.limits.findBatch)) {
    const values = chunk.map(([, tuple]) => tuple);
    const rows = await readPatiently(context, () =>
      target.find({ shape: plan.targetShape, keyFields, values }),
    );
    chunk.forEach(([text], index) => found.set(text, rows[index] ?? []));
  }
  return found;
};

const readByLink = async (
  states: readonly RecordState[],
  { plan, target, ...context }: RunContext,
): Promise<Map<string, Row>> => {
  const keys = [...new Set(states.flatMap((state) => state.link?.targetKey ?? []))];
  const found = new Map<string, Row>();
  const { keyField } = plan.target;
  for (const chunk of toChunks(keys, target.limits.findBatch)) {
    const rows = await readPatiently(context, () => target.readByKeys(plan.targetShape, keyField, chunk));
    for (const row of rows) found.set(toShownText(row[keyField]) ?? "", row);
  }
  return found;
};

const findTargets = async (
  states: readonly RecordState[],
  context: RunContext,
): Promise<(state: RecordState) => Finding> => {
  const searched = states.filter((state) => state.task.record);
  const byKeys = await findByKeys(searched, context);
  const keysOf = (state: RecordState): readonly Row[] =>
    state.task.record ? (byKeys.get(tupleText(state.mapped?.keys ?? [])) ?? []) : [];
  const rest = states.filter(
    (state) =>
      state.link?.targetKey &&
      keysOf(state).length === 0 &&
      !(state.task.record && context.plan.match.by === "never"),
  );
  const byLink = await readByLink(rest, context);
  return (state) => ({
    byKeys: keysOf(state),
    byLink: state.link?.targetKey ? (byLink.get(state.link.targetKey) ?? null) : null,
  });
};

/** A record whose write-back alone is due needs the target's answer again, and nothing else. */
const finishForWriteBack = (state: RecordState, { byLink }: Finding): RecordState =>
  byLink !== null && state.link?.targetKey
    ? finish(state, "unchanged", { target: { key: state.link.targetKey, row: byLink }, confirmed: true })
    : hold(state, [
        toIssue("WRT-309", "match", `${state.label} cannot be written back: its target record is gone.`),
      ]);

/** What must not be written twice at once: the target record, or the keys a new one will have. */
const claimOf = (state: RecordState): string | null =>
  state.plan?.op === "update"
    ? `record ${state.plan.key ?? ""}`
    : state.mapped && state.mapped.keys.length > 0
      ? `keys ${tupleText(state.mapped.keys).toLowerCase()}`
      : null;

const serialise = (before: readonly RecordState[], decided: readonly RecordState[]): RecordState[] => {
  const claimed = new Set<string>();
  return decided.map((state, index) => {
    const claim = state.status === "planned" ? claimOf(state) : null;
    if (claim === null) return state;
    if (claimed.has(claim)) return before[index] ?? state;
    claimed.add(claim);
    return state;
  });
};

/** Records left `mapped` wait for a neighbour with the same key, or for the end of the run: match again. */
export async function matchPage(page: readonly RecordState[], context: RunContext): Promise<RecordState[]> {
  const { plan } = context;
  const linked = (await withLinks(page, context)).map((state) => {
    if (state.status !== "mapped" || !state.task.record) return state;
    return context.compare === "hash" && wasSent(state) ? finishSent(state) : checkKeys(plan, state);
  });
  const open = linked.filter((state) => state.status === "mapped");
  if (open.length === 0 || !(await waitForSettling(open, context))) return linked;
  const findingOf = await findTargets(open, context);
  const decided = linked.map((state) => {
    if (state.status !== "mapped") return state;
    return state.task.record
      ? decideMatch(plan, state, findingOf(state))
      : finishForWriteBack(state, findingOf(state));
  });
  return serialise(linked, decided);
}
