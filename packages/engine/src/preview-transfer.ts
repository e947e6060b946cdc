/**
 * A preview: the same line as a run, up to the moment of writing. What a write would change is compared with what
 * the target has now; nothing is written anywhere.
 */
import type {
  FieldDiff,
  Preview,
  PreviewRecord,
  PreviewSelection,
  RunParameters,
  ValueMap,
} from "@fieldbridge/model";
import { createRunContext } from "./create-run-context.ts";
import { describeSteps } from "./map/describe-steps.ts";
import { settleLookups } from "./map/settle-lookups.ts";
import type { TransferPlan } from "./plan/transfer-plan.ts";
import { readPatiently, toChunks } from "./port-calls.ts";
import type { Clock, Cursor, LinksRequest, RunStore, SystemPort } from "./ports.ts";
import { finish, hold, toRecordState, type RecordState } from "./record-state.ts";
import { previewRemovals } from "./removals/preview-removals.ts";
import type { RunContext } from "./run-context.ts";
import { wasSent } from "./steps/decide-match.ts";
import { filterPage } from "./steps/filter.ts";
import { countActions, toSent } from "./steps/log.ts";
import { mapPage } from "./steps/map.ts";
import { matchPage } from "./steps/match.ts";
import { openWindow } from "./steps/open-window.ts";
import { countExpected, labelOf, readRecords } from "./steps/read.ts";
import { planSourceChanges, type SourceChange } from "./steps/write-back.ts";
import { toShownText } from "./values/compare-values.ts";
import { diffValues } from "./values/diff-record.ts";

/** What a preview may read of our own database; without it every record counts as never transferred. */
export type PreviewStore = Partial<
  Pick<RunStore, "readCursor" | "readLinks" | "findLinked" | "readLinksInOrder" | "readTargetsInUse">
>;

export interface PreviewRequest {
  readonly plan: TransferPlan;
  readonly source: SystemPort;
  readonly target: SystemPort;
  readonly clock: Clock;
  readonly valueMaps: readonly ValueMap[];
  readonly store?: PreviewStore | undefined;
  readonly selection: PreviewSelection;
  /** `NOW()` of its formulas; the clock's now where it is not given. */
  readonly runStartedAt?: string | undefined;
  readonly parameters?: RunParameters | undefined;
}

/** Stands for a value that only the target's answer will give. */
const fromAnswer = "(from the answer)";

const readNext = async (
  context: RunContext,
  cursor: Cursor | null,
  limit: number,
): Promise<RecordState[]> => {
  const { plan, source } = context;
  const { from, upper, after } = await openWindow(context, cursor);
  const page = await readPatiently(context, () =>
    source.readPage({
      shape: plan.sourceShape,
      filter: context.sourceFilter,
      keyField: plan.source.keyField,
      stampField: plan.stampField,
      after,
      from,
      before: upper,
      limit: Math.min(limit, context.pageSize),
    }),
  );
  return page.rows.map((row) =>
    toRecordState(toShownText(row[plan.source.keyField]) ?? "", labelOf(plan, row), row, {
      kind: "page",
      record: true,
      writeBack: false,
    }),
  );
};

const readSelected = async (
  context: RunContext,
  cursor: Cursor | null,
  selection: Exclude<PreviewSelection, { kind: "removals" }>,
): Promise<RecordState[]> => {
  if (selection.kind === "next") return readNext(context, cursor, selection.limit);
  const task = { kind: "page", record: true, writeBack: false } as const;
  const pages = toChunks(selection.keys, context.pageSize).map((keys) =>
    readRecords(
      context,
      keys.map((key) => [key, task]),
    ),
  );
  return (await Promise.all(pages)).flat();
};

/** What a run would have done, with the answer as far as it can be known. */
const assumeWritten = (state: RecordState): RecordState => {
  const { plan } = state;
  // A record that waits for a neighbour with the same keys would update what that neighbour creates.
  if (state.status === "mapped")
    return finish(state, "updated", { reason: "An earlier record of this page has the same match key." });
  if (state.status !== "planned" || plan === null) return state;
  if (wasSent(state)) return finish(state, "unchanged", { reason: "The values equal what was sent last." });
  const row = { ...state.target?.row, ...plan.values };
  return finish(state, plan.op === "create" ? "created" : "updated", {
    target: { key: plan.key ?? fromAnswer, row },
    confirmed: true,
  });
};

const toWriteBack = (change: SourceChange, state: RecordState, context: RunContext) => {
  const { object, values } = change.writeBack;
  const answered = new Set(Object.keys(state.target?.row ?? {}));
  const waits = new Set(
    values
      .filter(({ formula }) =>
        formula.compiled.fields.some(
          ([root, name = ""]) => root === "target" && !answered.has(name) && state.action === "created",
        ),
      )
      .map(({ field }) => field.name),
  );
  const fields = new Map(object.fields.map((field) => [field.name, field]));
  const diff = diffValues(fields, change.values, change.before).map((each): FieldDiff =>
    waits.has(each.path) && context.plan.answerFields.length > 0
      ? { ...each, after: fromAnswer, change: each.before === null ? "new" : "changed" }
      : each,
  );
  return { object: object.name, key: change.key, diff };
};

const previewWriteBacks = async (
  page: readonly RecordState[],
  context: RunContext,
): Promise<PreviewRecord["writeBacks"][]> => {
  const isMeant = (state: RecordState): boolean =>
    state.action === "held" ? state.source !== null : state.confirmed;
  const results = await settleLookups(page, context, (state) =>
    isMeant(state) ? planSourceChanges(state, context) : { ok: true as const, changes: [] },
  );
  return page.map((state, index) => {
    const result = results[index];
    return result?.ok ? result.changes.map((change) => toWriteBack(change, state, context)) : [];
  });
};

/** The comparison of an update, or everything of a create as new. */
const describeWrite = (
  { plan: write }: RecordState,
  { plan }: RunContext,
): Pick<PreviewRecord, "diff" | "lines"> => {
  if (write === null) return { diff: [], lines: [] };
  if (write.op === "update")
    return {
      diff: [...write.diff],
      lines: write.lineDiffs.map(({ relation, rows }) => ({ relation, rows: rows.map((row) => [...row]) })),
    };
  return {
    diff: diffValues(plan.targetFields, write.values, null),
    lines: write.lines.map(({ relation, rows }) => {
      const fields = plan.lines.find((each) => each.to === relation)?.fields ?? plan.targetFields;
      return { relation, rows: rows.map((row) => diffValues(fields, row.values, null)) };
    }),
  };
};

const toPreviewRecord = (
  state: RecordState,
  writeBacks: PreviewRecord["writeBacks"],
  context: RunContext,
): PreviewRecord => ({
  sourceKey: state.sourceKey,
  label: state.label,
  action: state.action ?? "held",
  reason: state.reason,
  targetKey: state.action === "created" ? null : (state.target?.key ?? state.link?.targetKey ?? null),
  source: state.source ?? {},
  payload: toSent(state),
  ...describeWrite(state, context),
  writeBacks,
  steps: describeSteps(state, context),
  issues: [...state.issues],
});

const linksOf = (store: PreviewStore | undefined) => ({
  readLinksInOrder: (request: LinksRequest) => store?.readLinksInOrder?.(request) ?? Promise.resolve([]),
  readTargetsInUse: (keys: readonly string[], besides: readonly string[]) =>
    store?.readTargetsInUse?.(keys, besides) ?? Promise.resolve([]),
});

/** Throws `Fault` where a system cannot be read. */
export async function previewTransfer(request: PreviewRequest): Promise<Preview> {
  const { plan, source, target, clock, valueMaps, store, selection } = request;
  const [sourceBefore, targetBefore] = [source.callCount(), target.callCount()];
  const context = createRunContext({
    plan,
    source,
    target,
    store: {
      readLinks: (keys) => store?.readLinks?.(keys) ?? Promise.resolve([]),
      savePendingLinks: () => Promise.resolve(),
      findLinked: (object, ids) => store?.findLinked?.(object, ids) ?? Promise.resolve({}),
    },
    clock,
    valueMaps,
    runStartedAt: request.runStartedAt ?? clock.now(),
    parameters: request.parameters,
    compare: "target",
  });
  const calls = () => ({
    sourceCalls: source.callCount() - sourceBefore,
    targetCalls: target.callCount() - targetBefore,
  });
  if (selection.kind === "removals")
    return {
      ...(await previewRemovals(
        { ...context, store: { ...context.store, ...linksOf(store) } },
        selection.limit,
      )),
      ...calls(),
    };
  const cursor = (await store?.readCursor?.()) ?? null;
  const read = await readSelected(context, cursor, selection);
  const mapped = await mapPage(await filterPage(read, context), context);
  const matched = (await matchPage(mapped, context)).map(assumeWritten);
  const page = matched.map((state) => (state.status === "done" ? state : hold(state, state.issues)));
  const writeBacks = await previewWriteBacks(page, context);
  return {
    counts: countActions(page.flatMap((state) => state.action ?? [])),
    matching: await countExpected(context, cursor),
    records: page.map((state, index) => toPreviewRecord(state, writeBacks[index] ?? [], context)),
    ...calls(),
  };
}
