/**
 * Write-back: stores the target's answer in the source (I4). It follows only a confirmed answer, writes only what
 * differs, and its failure is held on its own. Notes about failed records go out after these are stored.
 */
import { toIssue, type Cell, type Issue, type ObjectSchema, type Row } from "@fieldbridge/model";
import { withRoots } from "../map/evaluate-planned.ts";
import { evaluateValues } from "../map/evaluate-values.ts";
import { settleLookups } from "../map/settle-lookups.ts";
import type { PlannedWriteBack } from "../plan/transfer-plan.ts";
import { toChunks } from "../port-calls.ts";
import { Fault, type WriteBatch, type WriteRequest } from "../ports.ts";
import type { RecordState } from "../record-state.ts";
import type { RunContext } from "../run-context.ts";
import { isSameValue, toShownText } from "../values/compare-values.ts";
import { sendBatches, type SendResult } from "./send-batch.ts";

/** What one write-back would change in one record of the source. */
export interface SourceChange {
  readonly writeBack: PlannedWriteBack;
  readonly key: string;
  /** The record as it was read. */
  readonly before: Row;
  /** Everything it shall hold afterwards, also what it holds already. */
  readonly values: Row;
}

type Evaluated =
  | { readonly ok: true; readonly changes: readonly SourceChange[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

const afterAnswer = (on: PlannedWriteBack["on"]): boolean => on.some((each) => each !== "failed");

const applies = (writeBack: PlannedWriteBack, state: RecordState): boolean => {
  if (state.action === "held") return writeBack.on.includes("failed");
  const answered = state.task.record ? state.action : state.task.answered;
  if (answered === undefined) return afterAnswer(writeBack.on);
  return writeBack.on.some((each) => each === answered);
};

const toOutcomeRow = (state: RecordState): Row => ({
  state: state.action,
  code: state.issues[0]?.code ?? null,
  message: state.issues.map((issue) => issue.message).join(" ") || null,
});

const toTargetRow = (state: RecordState, { plan }: RunContext): Row | null =>
  state.target && { ...state.target.row, [plan.target.keyField]: state.target.key };

const isRow = (cell: Cell | undefined): cell is Row =>
  cell !== null && typeof cell === "object" && !Array.isArray(cell);

const pickRecord = (source: Row, { to }: PlannedWriteBack): Row | null => {
  if (to === null) return source;
  const related = source[to];
  return isRow(related) ? related : null;
};

/** All changes of one record, or null while lookups are pending. */
export function planSourceChanges(state: RecordState, context: RunContext): Evaluated | null {
  const { source } = state;
  if (source === null) return { ok: true, changes: [] };
  const rooted = withRoots(context, { target: toTargetRow(state, context), outcome: toOutcomeRow(state) });
  const changes: SourceChange[] = [];
  const issues: Issue[] = [];
  let isPending = false;
  for (const writeBack of context.plan.writeBacks.filter((each) => applies(each, state))) {
    const before = pickRecord(source, writeBack);
    const key = before && toShownText(before[writeBack.object.keyField]);
    if (before === null || key === null) continue;
    const result = evaluateValues(writeBack.values, source, rooted);
    if (result.state === "pending") isPending = true;
    else if (result.state === "failed") issues.push(...result.issues);
    else
      changes.push({
        writeBack,
        key,
        before,
        values: result.values,
      });
  }
  if (isPending) return null;
  return issues.length > 0 ? { ok: false, issues } : { ok: true, changes };
}

const toRef = (change: SourceChange): string => `${change.writeBack.object.name} ${change.key}`;

/** Several changes may meet in one source record, as two orders of one asset do: the later one wins. */
const mergeChanges = (changes: readonly SourceChange[]): Map<string, readonly SourceChange[]> => {
  const byRef = new Map<string, SourceChange[]>();
  for (const change of changes) {
    const others = byRef.get(toRef(change));
    if (others) others.push(change);
    else byRef.set(toRef(change), [change]);
  }
  return byRef;
};

/** What differs from the record as read. Clock values alone are no reason to write: they differ every time. */
const pickDifferent = (changes: readonly SourceChange[]): Row => {
  const wanted: Row = Object.assign({}, ...changes.map((change) => change.values));
  const before = changes[0]?.before ?? {};
  const different = changes
    .flatMap((change) => change.writeBack.values)
    .filter(
      ({ field }) => field.name in wanted && !isSameValue(field.type, before[field.name], wanted[field.name]),
    );
  return different.some(({ formula }) => formula.timeless)
    ? Object.fromEntries(different.map(({ field }) => [field.name, wanted[field.name] ?? null]))
    : {};
};

const toRequest = (ref: string, changes: readonly SourceChange[]): WriteRequest => ({
  ref,
  op: "update",
  key: changes[0]?.key ?? null,
  etag: null,
  values: pickDifferent(changes),
  lines: [],
});

const toBatches = (
  merged: ReadonlyMap<string, readonly SourceChange[]>,
  { source }: RunContext,
): WriteBatch[] => {
  const byObject = new Map<string, { schema: ObjectSchema; requests: WriteRequest[] }>();
  for (const [ref, changes] of merged) {
    const schema = changes[0]?.writeBack.object;
    const request = toRequest(ref, changes);
    if (!schema || Object.keys(request.values).length === 0) continue;
    const group = byObject.get(schema.name);
    if (group) group.requests.push(request);
    else byObject.set(schema.name, { schema, requests: [request] });
  }
  return [...byObject.values()].flatMap(({ schema, requests }) =>
    toChunks(requests, source.limits.writeBatch).map((chunk) => ({
      schema,
      lineSchemas: {},
      answerFields: [],
      requests: chunk,
    })),
  );
};

/** A request left in the queue when the source stopped taking any. */
const notSent = (ref: string): SendResult => ({
  ref,
  state: "unsent",
  fault: new Fault(toIssue("CON-602", "", "The source took no more requests."), { retryable: true }),
});

/** An update may be repeated, so a lost answer is asked for once more. */
const sendChanges = async (
  changes: readonly SourceChange[],
  context: RunContext,
): Promise<Map<string, SendResult>> => {
  const batches = toBatches(mergeChanges(changes), context);
  const send = (some: readonly WriteBatch[]) => sendBatches(context, context.source, some, () => true);
  const results = await send(batches);
  const lost = batches.flatMap((batch) => {
    const requests = batch.requests.filter(({ ref }) => results.get(ref)?.state === "unknown");
    return requests.length === 0 ? [] : [{ ...batch, requests }];
  });
  const tried = new Map(
    batches.flatMap(({ requests }) => requests.map(({ ref }) => [ref, results.get(ref) ?? notSent(ref)])),
  );
  return lost.length === 0 ? tried : new Map([...tried, ...(await send(lost))]);
};

const toFailure = (path: string, message: string, cause?: Issue): Issue =>
  toIssue("WRB-303", path, message, cause?.class === undefined ? {} : { class: cause.class });

/** `result` is undefined where the record had everything already and nothing was sent. */
const issuesOf = (change: SourceChange, result: SendResult | undefined): readonly Issue[] => {
  const { path } = change.writeBack;
  switch (result?.state) {
    case "done":
      return [];
    case "refused":
      return result.issues.map((issue) =>
        toFailure(path, `The source refused the write-back: ${issue.message}`),
      );
    case "unknown":
      return [toFailure(path, `The write-back got no answer: ${result.issue.message}`, result.issue)];
    case "unsent":
      return [
        toFailure(path, `The write-back could not be sent: ${result.fault.message}`, result.fault.issue),
      ];
    case undefined:
      return [];
  }
};

const writeBack = async (
  page: readonly RecordState[],
  context: RunContext,
  isMeant: (state: RecordState) => boolean,
): Promise<RecordState[]> => {
  const meant = page.map(
    (state) => isMeant(state) && context.plan.writeBacks.some((each) => applies(each, state)),
  );
  if (!meant.includes(true)) return [...page];
  const planned = await settleLookups(page, context, (state, index) =>
    meant[index] ? planSourceChanges(state, context) : { ok: true as const, changes: [] },
  );
  const results = await sendChanges(
    planned.flatMap((each) => (each.ok ? each.changes : [])),
    context,
  );
  return page.map((state, index) => {
    const plan = planned[index];
    if (!meant[index] || plan === undefined) return state;
    const issues = plan.ok
      ? plan.changes.flatMap((each) => issuesOf(each, results.get(toRef(each))))
      : plan.issues.map((issue) => toFailure(issue.path, issue.message, issue));
    return { ...state, writeBack: issues.length === 0 ? "done" : "failed", writeBackIssues: issues };
  });
};

/** Writes the answers of this page's confirmed records back. */
export const writeAnswersBack = (page: readonly RecordState[], context: RunContext): Promise<RecordState[]> =>
  writeBack(page, context, (state) => state.status === "done" && state.confirmed && state.action !== "held");

const isFailureNote = (state: RecordState): boolean =>
  state.action === "held" && state.task.record && state.source !== null;

export const hasFailureNotes = (page: readonly RecordState[], { plan }: RunContext): boolean =>
  plan.writeBacks.some((each) => each.on.includes("failed")) && page.some(isFailureNote);

/** Notes failures in the source. That the note itself failed is only noted in the outcome. */
export const writeFailuresBack = (
  page: readonly RecordState[],
  context: RunContext,
): Promise<RecordState[]> => writeBack(page, context, isFailureNote);
