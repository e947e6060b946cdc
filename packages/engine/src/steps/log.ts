/**
 * Log: everything a page leaves behind as one commit (I1): outcomes, links, held records, what is settled, and how
 * far the cursor may move. A record that was not tried leaves no outcome and stays in front of the cursor.
 */
import type { Issue, OutcomeAction, RunCounts, RunPhase, Row } from "@fieldbridge/model";
import { toSignature } from "../cause.ts";
import { countUnknownValues } from "../map/count-unknown-values.ts";
import { describeSteps } from "../map/describe-steps.ts";
import type {
  Cursor,
  DueRecord,
  HoldRequest,
  OutcomeDraft,
  PageCommit,
  RecordLink,
  TotalDraft,
} from "../ports.ts";
import type { RecordState } from "../record-state.ts";
import type { RunContext } from "../run-context.ts";
import { toShownText } from "../values/compare-values.ts";
import { toCreateValues } from "../values/diff-record.ts";

export const noCounts: RunCounts = {
  read: 0,
  filtered: 0,
  skipped: 0,
  unchanged: 0,
  created: 0,
  updated: 0,
  removed: 0,
  held: 0,
};

/** A commit that stores nothing; what there is to store is put over it. */
export const emptyCommit: PageCommit = {
  outcomes: [],
  links: [],
  dropLinks: [],
  held: [],
  settled: [],
  unknownValues: [],
  totals: [],
  cursor: undefined,
  counts: noCounts,
  phaseMs: {},
};

export const countActions = (actions: readonly OutcomeAction[]): RunCounts => {
  const counts = { ...noCounts, read: actions.length };
  for (const action of actions) counts[action] += 1;
  return counts;
};

export const addCounts = (left: RunCounts, right: RunCounts): RunCounts => ({
  read: left.read + right.read,
  filtered: left.filtered + right.filtered,
  skipped: left.skipped + right.skipped,
  unchanged: left.unchanged + right.unchanged,
  created: left.created + right.created,
  updated: left.updated + right.updated,
  removed: left.removed + right.removed,
  held: left.held + right.held,
});

type DoneState = RecordState & { readonly action: OutcomeAction };

const isDone = (state: RecordState): state is DoneState => state.status === "done" && state.action !== null;

const toOutcome = (state: DoneState, { plan, target, clock }: RunContext): OutcomeDraft => {
  const targetKey = state.target?.key ?? state.link?.targetKey ?? null;
  const name = plan.target.nameField;
  return {
    sourceKey: state.sourceKey,
    label: state.label,
    action: state.action,
    targetKey,
    targetLabel: name === undefined ? null : toShownText(state.target?.row?.[name]),
    targetUrl: (targetKey === null ? undefined : target.recordUrl(plan.target.name, targetKey)) ?? null,
    reason: state.reason,
    drift: state.drift,
    differences: [...state.differences],
    issues: [...state.issues, ...state.writeBackIssues],
    writeBack: state.writeBack,
    at: clock.now(),
  };
};

/** What the target is sent for this record, lines included; null where mapping did not get that far. */
export const toSent = (state: RecordState): Row | null => {
  if (state.mapped === null) return null;
  const lines = state.mapped.lines.map((each) => [each.relation, each.rows.map(toCreateValues)] as const);
  return { ...toCreateValues(state.mapped), ...Object.fromEntries(lines) };
};

/** What a held write-back has to tell the source once it passes. */
const answeredAction = ({ action, task }: RecordState): OutcomeAction | undefined =>
  task.record && action !== null ? action : task.answered;

const toHold = (
  state: RecordState,
  step: "record" | "write-back",
  issues: readonly Issue[],
  context: RunContext,
): HoldRequest => {
  const cause = issues.find((issue) => issue.severity === "error") ?? issues[0];
  return {
    sourceKey: state.sourceKey,
    label: state.label,
    step,
    ...(step === "write-back" ? { action: answeredAction(state) } : {}),
    class: cause?.class ?? "data",
    signature: cause ? toSignature(cause) : "",
    issues,
    trail: {
      source: state.source,
      sent: toSent(state),
      answer: state.answer,
      steps: describeSteps(state, context),
    },
  };
};

const toHolds = (state: DoneState, context: RunContext): HoldRequest[] => {
  if (state.action !== "held")
    return state.writeBack === "failed" ? [toHold(state, "write-back", state.writeBackIssues, context)] : [];
  return [toHold(state, state.task.record ? "record" : "write-back", state.issues, context)];
};

const toSettled = (state: DoneState): DueRecord[] => {
  const { sourceKey } = state;
  if (state.action === "held") return [];
  const settled: DueRecord[] = state.task.record ? [{ sourceKey, step: "record" }] : [];
  if (state.returned) settled.push({ sourceKey, step: "removal" });
  return state.confirmed && state.writeBack !== "failed"
    ? [...settled, { sourceKey, step: "write-back" }]
    : settled;
};

const toLink = (state: RecordState, at: string): RecordLink | null => {
  const { sourceKey, target, link, linkBefore, hash } = state;
  if (state.linkChange === "void") return linkBefore;
  if (state.linkChange === "keep" || target === null) return null;
  const isSame = link?.state === "linked" && link.targetKey === target.key && link.hash === hash;
  return isSame ? null : { sourceKey, targetKey: target.key, state: "linked", hash, at };
};

/**
 * The held records of a page alone. They are stored before the source is told about failures: the note in the
 * source may take the record out of the filter, and then nothing else would remember it.
 */
export const toHoldCommit = (page: readonly RecordState[], context: RunContext): PageCommit => ({
  ...emptyCommit,
  held: page.filter(isDone).flatMap((state) => toHolds(state, context)),
});

/** `heldBefore` names the source keys whose holds are stored already, `gone` the links of records that left the page. */
export function toPageCommit(
  page: readonly RecordState[],
  context: RunContext,
  rest: {
    readonly cursor: Cursor | undefined;
    readonly phaseMs: Partial<Record<RunPhase, number>>;
    readonly heldBefore: ReadonlySet<string>;
    readonly gone?: readonly RecordLink[];
    readonly totals: readonly TotalDraft[];
  },
): PageCommit {
  const done = page.filter(isDone);
  const at = context.clock.now();
  return {
    outcomes: done.map((state) => toOutcome(state, context)),
    links: [...page.flatMap((state) => toLink(state, at) ?? []), ...(rest.gone ?? [])],
    dropLinks: page.flatMap((state) =>
      state.linkChange === "void" && state.linkBefore === null ? state.sourceKey : [],
    ),
    held: done
      .filter((state) => !rest.heldBefore.has(state.sourceKey))
      .flatMap((state) => toHolds(state, context)),
    settled: done.flatMap(toSettled),
    unknownValues: countUnknownValues(done),
    totals: rest.totals,
    cursor: rest.cursor,
    counts: countActions(done.map((state) => state.action)),
    phaseMs: rest.phaseMs,
  };
}
