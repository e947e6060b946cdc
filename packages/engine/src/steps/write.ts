/**
 * Write: sends planned records in batches. Before anything is sent, a pending link says so in our database (I3);
 * what the target does not answer clearly goes back to `mapped`, to be looked for before it is sent again.
 */
import { toIssue, type Issue, type Row } from "@fieldbridge/model";
import { toChunks } from "../port-calls.ts";
import type { Fault, RecordLink, WriteBatch } from "../ports.ts";
import { finish, hold, type RecordState } from "../record-state.ts";
import type { RunContext } from "../run-context.ts";
import { addMs } from "../values/instants.ts";
import { sendBatches, type SendResult } from "./send-batch.ts";

/** Looks at the target again within one run after a lost or contradicted answer. */
const mostAttempts = 3;
/** Before a locked or changed record is looked at again. */
const conflictWaitMs = 500;

/** Refusals that another look at the target may turn: locked, changed meanwhile, duplicate, not tried. */
const worthAnotherLook = new Set(["WRT-306", "WRT-307", "WRT-308", "WRT-313"]);

const markPending = async (page: readonly RecordState[], context: RunContext): Promise<RecordState[]> => {
  const isMarked = (state: RecordState): boolean =>
    state.status === "planned" && (state.plan?.op === "create" || context.plan.writeBacks.length > 0);
  const at = context.clock.now();
  const marked = page.map((state): RecordState => {
    if (!isMarked(state)) return state;
    const link: RecordLink = {
      sourceKey: state.sourceKey,
      targetKey: state.plan?.key ?? null,
      state: "pending",
      hash: null,
      at,
    };
    return { ...state, link, linkChange: "void" };
  });
  const links = marked.filter(isMarked).flatMap((state) => state.link ?? []);
  if (links.length > 0) await context.store.savePendingLinks(links);
  return marked;
};

const toBatches = (states: readonly RecordState[], { plan, target }: RunContext): WriteBatch[] => {
  const size = Math.min(target.limits.writeBatch, plan.definition.limits?.batchSize ?? Infinity);
  const lineSchemas = Object.fromEntries(plan.lines.map((lines) => [lines.target.name, lines.target]));
  return toChunks(states, size).map((chunk) => ({
    schema: plan.target,
    lineSchemas,
    answerFields: plan.answerFields,
    requests: chunk.flatMap(({ sourceKey, plan: write }) =>
      write === null
        ? []
        : [
            {
              ref: sourceKey,
              op: write.op,
              key: write.key,
              etag: write.etag,
              values: write.values,
              lines: write.lines,
            },
          ],
    ),
  }));
};

const lookAgain = (state: RecordState, link: RecordLink | null, notBefore: string): RecordState => ({
  ...state,
  status: "mapped",
  link,
  linkChange: link?.state === "pending" ? "keep" : state.linkChange,
  attempts: state.attempts + 1,
  notBefore,
  plan: null,
});

const placeIssue = (issue: Issue): Issue => (issue.path === "" ? { ...issue, path: "target" } : issue);

/** What people call the target record, where it is one of the values sent. */
const pickSentName = (state: RecordState, { plan }: RunContext): Row => {
  const name = plan.target.nameField;
  const sent = name === undefined ? undefined : state.plan?.values[name];
  return name === undefined || sent === undefined ? {} : { [name]: sent };
};

const applyResult = (state: RecordState, result: SendResult, context: RunContext): RecordState => {
  const { clock, target, plan } = context;
  switch (result.state) {
    case "unsent":
      return state;
    case "done":
      // An update of a record whose creation was never reported counts as that creation.
      return finish(
        state,
        state.plan?.op === "create" || state.adopted === "create" ? "created" : "updated",
        {
          target: {
            key: result.key,
            row: { ...state.target?.row, ...pickSentName(state, context), ...result.row },
          },
          confirmed: true,
          linkChange: "confirm",
          hash: state.mapped?.hash ?? null,
        },
      );
    case "refused": {
      const again = result.issues.some((issue) => worthAnotherLook.has(issue.code));
      return again && state.attempts + 1 < mostAttempts
        ? lookAgain(state, state.linkBefore, addMs(clock.now(), conflictWaitMs * 2 ** state.attempts))
        : hold(state, result.issues.map(placeIssue), { answer: result.answer, linkChange: "void" });
    }
    case "unknown": {
      const link: RecordLink = {
        sourceKey: state.sourceKey,
        targetKey: state.plan?.key ?? null,
        state: "pending",
        hash: null,
        at: clock.now(),
      };
      const searchable = plan.match.by === "keys" || link.targetKey !== null;
      return searchable && state.attempts + 1 < mostAttempts
        ? lookAgain(state, link, addMs(link.at, target.limits.settleMs))
        : holdUnknown({ ...state, link }, result.issue);
    }
  }
};

/** A record whose write may or may not have happened; the pending link stays until that is known. */
export const holdUnknown = (state: RecordState, cause?: Issue): RecordState =>
  hold(
    state,
    [
      toIssue(
        "WRT-312",
        "target",
        `It is not known whether ${state.label} was written. ${cause?.message ?? "The run ended before it could be searched."}`,
      ),
    ],
    { linkChange: "keep", answer: cause?.message ?? null },
  );

/** Failures before the next batch in the order of the page, so that the stop rule leaves no gap behind itself. */
const countFailures = (
  page: readonly RecordState[],
  results: ReadonlyMap<string, SendResult>,
  next: WriteBatch,
): number => {
  const start = page.findIndex((state) => state.sourceKey === next.requests[0]?.ref);
  const held = page.slice(0, start).filter((state) => state.action === "held").length;
  return held + [...results.values()].filter((each) => each.state === "refused").length;
};

/** Records that stay `planned` were not sent; `fault` says that the target cannot take more now. */
export async function writePage(
  page: readonly RecordState[],
  context: RunContext,
): Promise<{ readonly page: RecordState[]; readonly fault: Fault | null }> {
  if (context.stop.aborted || !page.some((state) => state.status === "planned"))
    return { page: [...page], fault: null };
  const marked = await markPending(page, context);
  const planned = marked.filter((state) => state.status === "planned");
  const results = await sendBatches(
    context,
    context.target,
    toBatches(planned, context),
    (soFar, next) => !context.stop.aborted && countFailures(marked, soFar, next) < context.failureBudget,
  );
  const fault = [...results.values()].flatMap((each) => (each.state === "unsent" ? each.fault : []))[0];
  return {
    page: marked.map((state) => {
      const result = state.status === "planned" ? results.get(state.sourceKey) : undefined;
      return result === undefined ? state : applyResult(state, result, context);
    }),
    fault: fault ?? null,
  };
}
