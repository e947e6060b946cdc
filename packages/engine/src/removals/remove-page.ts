/** One page of removals: decided, written to the target and stored. */
import { toIssue, type RunCounts, type RunPhase } from "@fieldbridge/model";
import { toSignature } from "../cause.ts";
import type { PhaseClock } from "../phase-clock.ts";
import type { PlannedRemovals } from "../plan/transfer-plan.ts";
import { toChunks } from "../port-calls.ts";
import type {
  DueRecord,
  Fault,
  HoldRequest,
  OutcomeDraft,
  PageCommit,
  RecordLink,
  WriteBatch,
} from "../ports.ts";
import type { RunContext } from "../run-context.ts";
import { countActions, emptyCommit } from "../steps/log.ts";
import type { ReadContext } from "../steps/read.ts";
import { sendBatches, type SendResult } from "../steps/send-batch.ts";
import { toShownText } from "../values/compare-values.ts";
import { finishRemoval, holdRemoval, ignoreRemoval, type Removal } from "./decide-removal.ts";
import { planRemovals } from "./plan-removals.ts";

const toBatches = (page: readonly Removal[], { plan, target }: RunContext): WriteBatch[] => {
  const size = Math.min(target.limits.writeBatch, plan.definition.limits?.batchSize ?? Infinity);
  return toChunks(
    page.flatMap(({ request }) => request ?? []),
    size,
  ).map((requests) => ({ schema: plan.target, lineSchemas: {}, answerFields: [], requests }));
};

/** Both a flag and a delete may be sent twice: the second one tells what became of the first. */
const send = async (page: readonly Removal[], context: RunContext): Promise<Map<string, SendResult>> => {
  const sendAll = (batches: readonly WriteBatch[]) =>
    sendBatches(context, context.target, batches, () => !context.stop.aborted);
  const results = await sendAll(toBatches(page, context));
  const lost = page.filter(({ link }) => results.get(link.sourceKey)?.state === "unknown");
  return lost.length === 0 ? results : new Map([...results, ...(await sendAll(toBatches(lost, context)))]);
};

const applyResult = (removal: Removal, result: SendResult, mode: PlannedRemovals["mode"]): Removal => {
  switch (result.state) {
    case "done":
      return finishRemoval(removal, mode);
    case "refused":
      return result.issues.some((issue) => issue.code === "WRT-309")
        ? finishRemoval({ ...removal, reason: "The target does not have it any more." }, "delete")
        : holdRemoval(removal, result.issues, result.answer);
    case "unknown": {
      const message = `It is not known whether the target record of ${removal.link.sourceKey} was removed. ${result.issue.message}`;
      return holdRemoval(removal, [toIssue("WRT-312", "target", message, { class: "connection" })], null);
    }
    case "unsent":
      return removal;
  }
};

const labelOf = ({ link, row }: Removal, { plan }: RunContext): string =>
  toShownText(plan.target.nameField === undefined ? null : row?.[plan.target.nameField]) ?? link.sourceKey;

type DoneRemoval = Removal & { readonly action: NonNullable<Removal["action"]> };

const isDone = (removal: Removal): removal is DoneRemoval => removal.action !== null;

const toOutcome = (removal: DoneRemoval, context: RunContext): OutcomeDraft => {
  const { link, action, reason, issues } = removal;
  const { plan, target, clock } = context;
  return {
    sourceKey: link.sourceKey,
    label: labelOf(removal, context),
    action,
    targetKey: link.targetKey,
    targetLabel: labelOf(removal, context),
    targetUrl: (link.targetKey === null ? null : target.recordUrl(plan.target.name, link.targetKey)) ?? null,
    reason,
    issues: [...issues],
    writeBack: "none",
    drift: null,
    differences: [],
    at: clock.now(),
  };
};

const toHold = (removal: DoneRemoval, context: RunContext): HoldRequest[] => {
  const { action, issues, link, request, answer } = removal;
  const [cause] = issues;
  if (action !== "held" || cause === undefined) return [];
  return [
    {
      sourceKey: link.sourceKey,
      label: labelOf(removal, context),
      step: "removal",
      class: cause.class ?? "data",
      signature: toSignature(cause),
      issues,
      trail: { source: null, sent: request?.values ?? null, answer, steps: [] },
    },
  ];
};

/** A record that is gone needs no further attempt of any kind; one that came back is on the line again. */
const toSettled = ({ action, link: { sourceKey } }: DoneRemoval): DueRecord[] =>
  action === "held"
    ? []
    : (action === "removed" ? (["record", "write-back", "removal"] as const) : (["removal"] as const)).map(
        (step) => ({ sourceKey, step }),
      );

const toLink = ({ link, linkChange }: DoneRemoval, at: string): RecordLink[] => {
  if (linkChange === "flagged") return [{ ...link, state: "flagged", hash: null, at }];
  return linkChange === "back" && link.state === "gone" ? [{ ...link, state: "linked", at }] : [];
};

const toCommit = (
  page: readonly Removal[],
  context: RunContext,
  phaseMs: Partial<Record<RunPhase, number>>,
): PageCommit => {
  const done = page.filter(isDone);
  const at = context.clock.now();
  return {
    ...emptyCommit,
    outcomes: done.map((removal) => toOutcome(removal, context)),
    links: done.flatMap((removal) => toLink(removal, at)),
    dropLinks: done.flatMap(({ link, linkChange }) => (linkChange === "drop" ? link.sourceKey : [])),
    held: done.flatMap((removal) => toHold(removal, context)),
    settled: done.flatMap(toSettled),
    counts: countActions(done.map(({ action }) => action)),
    phaseMs,
  };
};

/** Records this run has reported already are left to the next one (I2). A fault says that the target cannot go on. */
export async function removePage(
  removals: PlannedRemovals | null,
  links: readonly RecordLink[],
  context: ReadContext,
  time: PhaseClock,
): Promise<{ readonly counts: RunCounts; readonly fault: Fault | null }> {
  const reported = new Set(await context.store.readReported(links.map((link) => link.sourceKey)));
  const open = links.filter((link) => !reported.has(link.sourceKey));
  const planned =
    removals === null
      ? open.map(ignoreRemoval)
      : await time("match", () => planRemovals(removals, open, context));
  const results = await time("write", () => send(planned, context));
  const page = planned.map((removal) => {
    const result = results.get(removal.link.sourceKey);
    return result === undefined || removals === null ? removal : applyResult(removal, result, removals.mode);
  });
  const commit = toCommit(page, context, time.take());
  await time("log", () => context.store.commitPage(commit));
  const fault = [...results.values()].flatMap((each) => (each.state === "unsent" ? each.fault : []))[0];
  return { counts: commit.counts, fault: fault ?? null };
}
