/**
 * Read: what a run works on, page by page. First what a run that did not end left unconfirmed, then records that
 * are due again, then pages since the cursor. Each source key comes once per run (I2).
 */
import { toIssue, type Issue, type Row, type RunScope } from "@fieldbridge/model";
import type { TransferPlan } from "../plan/transfer-plan.ts";
import { readPatiently, toChunks } from "../port-calls.ts";
import { Fault, type Cursor, type Position, type ReadRequest, type RunStore } from "../ports.ts";
import { finish, hold, toRecordState, type RecordState, type RecordTask } from "../record-state.ts";
import type { RunContext } from "../run-context.ts";
import { toShownText } from "../values/compare-values.ts";
import { compareInstants } from "../values/instants.ts";
import { overrideValues } from "../values/override-values.ts";
import { openWindow, type Window } from "./open-window.ts";

export interface WorkPage {
  readonly states: readonly RecordState[];
  /** Where the cursor stands when every record of the page is done; undefined where it does not move. */
  readonly cursor: Cursor | undefined;
  /** The cursor behind this place while the window is not finished. */
  readonly cursorAt: (position: Position) => Cursor;
  /** Records tried again do not count towards the stop rule: they failed before. */
  readonly countsFailures: boolean;
  /** Records the pages of this run hold in all; null where the source cannot say. */
  readonly expected: number | null;
  /** Keys of records that a change feed says are deleted. */
  readonly removedKeys?: readonly string[];
}

/** `resumed` says that this run was begun by another process, which may have reported records. */
export type ReadContext = RunContext & {
  readonly store: RunStore;
  readonly scope: RunScope;
  readonly resumed: boolean;
  /** Takes what people should know about a run that goes on. */
  readonly notice: (issue: Issue) => void;
};

const mostDue = 10_000;
export const fromPage: RecordTask = { kind: "page", record: true, writeBack: false };

export const noCursor = (position: Position): Cursor => ({ position, before: null });

export const keyOf = (plan: TransferPlan, row: Row): string => toShownText(row[plan.source.keyField]) ?? "";

export const labelOf = (plan: TransferPlan, row: Row): string =>
  toShownText(plan.source.nameField === undefined ? null : row[plan.source.nameField]) ?? keyOf(plan, row);

export const positionOf = (plan: TransferPlan, row: Row): Position => ({
  stamp: plan.stampField === null ? null : toShownText(row[plan.stampField]),
  key: keyOf(plan, row),
});

/** Reads records fresh by their keys; one that is gone is held if it has to pass, else skipped. */
export async function readRecords(
  context: RunContext,
  tasks: readonly (readonly [string, RecordTask])[],
): Promise<RecordState[]> {
  const { plan, source } = context;
  const keys = tasks.map(([key]) => key);
  const rows = await readPatiently(context, () =>
    source.readByKeys(plan.sourceShape, plan.source.keyField, keys),
  );
  const byKey = new Map(rows.map((row) => [keyOf(plan, row), row]));
  return tasks.map(([key, task]) => {
    const found = byKey.get(key);
    const row = found && overrideValues(found, task.values ?? []);
    if (row) return toRecordState(key, labelOf(plan, row), row, task);
    const gone = toRecordState(key, key, null, task);
    const issue = toIssue("RUN-705", "source", `The source has no record ${key}.`);
    return task.kind === "page"
      ? finish(gone, "skipped", { reason: issue.message, issues: [{ ...issue, severity: "warning" }] })
      : hold(gone, [issue]);
  });
}

export async function* readTasks(
  context: ReadContext,
  tasks: readonly (readonly [string, RecordTask])[],
  countsFailures: boolean,
): AsyncGenerator<WorkPage> {
  for (const chunk of toChunks(tasks, context.pageSize))
    yield {
      states: await withoutReported(context, await readRecords(context, chunk)),
      cursor: undefined,
      cursorAt: noCursor,
      countsFailures,
      expected: null,
    };
}

export const listTasksAgain = async (
  context: ReadContext,
  settles: boolean,
): Promise<Map<string, RecordTask>> => {
  const tasks = new Map<string, RecordTask>();
  if (settles)
    for (const link of await context.store.readPendingLinks(mostDue))
      tasks.set(link.sourceKey, { kind: "settle", record: true, writeBack: false });
  for (const due of await context.store.readDueRecords(mostDue)) {
    const task = tasks.get(due.sourceKey) ?? { kind: "again", record: false, writeBack: false };
    const both = {
      ...task,
      record: task.record || due.step === "record",
      writeBack: task.writeBack || due.step === "write-back",
    };
    tasks.set(due.sourceKey, {
      ...both,
      ...(due.action !== undefined && { answered: due.action }),
      ...(due.values !== undefined && { values: due.values }),
    });
  }
  return tasks;
};

/** A source counts what meets the filter, which is what is read only where nothing was read before. */
export const countExpected = async (context: RunContext, cursor: Cursor | null): Promise<number | null> => {
  const { plan, source, sourceFilter } = context;
  const isFullRead = cursor === null || (cursor.position === null && cursor.before === null);
  return isFullRead ? readPatiently(context, () => source.countRows(plan.source.name, sourceFilter)) : null;
};

const placeOf = (plan: TransferPlan, row: Row): string => JSON.stringify(positionOf(plan, row));

/** An answer of an earlier call, as a proxy may give it twice: taken as this page it would leave records unread. */
const givenBefore = (): Fault =>
  new Fault(toIssue("CON-607", "source", "The source answered with records that it had given already."), {
    retryable: true,
  });

/** Null is the beginning of time. */
const earlier = (left: string | null, right: string | null): string | null =>
  left === null || right === null ? null : compareInstants(left, right) < 0 ? left : right;

/** States of records this run has not reported yet; only a run taken up again has to ask. */
export const withoutReported = async (
  context: ReadContext,
  states: readonly RecordState[],
): Promise<readonly RecordState[]> => {
  if (!context.resumed || states.length === 0) return states;
  const reported = new Set(await context.store.readReported(states.map((state) => state.sourceKey)));
  return states.filter((state) => !reported.has(state.sourceKey));
};

/**
 * What a run taken up again reads once more is left to the next run where it was reported before: then the finished
 * window ends where this run first meant to end it, and nothing that changed meanwhile is behind the cursor.
 */
export async function* readPages(
  context: ReadContext,
  { cursor, window, seen }: { cursor: Cursor | null; window: Window; seen: ReadonlySet<string> },
): AsyncGenerator<WorkPage> {
  const { plan, source } = context;
  const expected = await countExpected(context, cursor);
  const before = cursor?.before ?? null;
  let kept = cursor?.upper;
  let after = window.after;
  let last = after?.stamp ?? null;
  let continuation: string | undefined;
  let given: ReadonlySet<string> = new Set();
  do {
    const request: ReadRequest = {
      shape: plan.sourceShape,
      filter: context.sourceFilter,
      keyField: plan.source.keyField,
      stampField: plan.stampField,
      after,
      from: window.from,
      before: window.upper,
      limit: context.pageSize,
      continuation,
    };
    const page = await readPatiently(context, async () => {
      const answer = await source.readPage(request);
      const [first] = answer.rows;
      if (first && given.has(placeOf(plan, first))) throw givenBefore();
      return answer;
    });
    given = new Set(page.rows.map((row) => placeOf(plan, row)));
    const lastRow = page.rows.at(-1);
    if (lastRow) last = positionOf(plan, lastRow).stamp;
    const read = page.rows
      .filter((row) => !seen.has(keyOf(plan, row)))
      .map((row) => toRecordState(keyOf(plan, row), labelOf(plan, row), row, fromPage));
    const states = await withoutReported(context, read);
    if (states.length < read.length && kept === undefined) kept = before;
    const upper = kept === undefined ? window.upper : kept;
    const cursorAt = (position: Position): Cursor => ({ position, before, upper });
    const readTo = window.promised ? window.upper : (last ?? before);
    const finishedAt = kept === undefined ? readTo : earlier(kept, readTo);
    yield {
      states,
      cursor: page.next === null ? { position: null, before: finishedAt } : cursorAt(page.next),
      cursorAt,
      countsFailures: true,
      expected,
    };
    after = page.next;
    continuation = page.continuation;
  } while (after !== null);
}

export type CompareScope = Extract<RunScope, { kind: "compare" }>;

/** All pages of a run that compares nothing. Faults of reading are thrown: what was not read stays in front of the cursor. */
export async function* readWork(
  context: ReadContext,
  scope: Exclude<RunScope, CompareScope>,
): AsyncGenerator<WorkPage> {
  if (scope.kind === "removals") return;
  if (scope.kind === "records") {
    const keys = [...new Set(scope.keys)];
    yield* readTasks(
      context,
      keys.map((key) => [key, fromPage]),
      true,
    );
    return;
  }
  if (scope.kind === "held") {
    yield* readTasks(context, [...(await listTasksAgain(context, false))], false);
    return;
  }
  // Before anything else is read: what changes while records are tried again belongs to the next window.
  const cursor = await context.store.readCursor();
  const window = await openWindow(context, cursor);
  const again = await listTasksAgain(context, true);
  yield* readTasks(context, [...again], false);
  yield* readPages(context, { cursor, window, seen: new Set(again.keys()) });
}

/** Reads the next page while the caller works on the current one; never more than one ahead. */
export async function* readAhead<T>(pages: AsyncGenerator<T>): AsyncGenerator<T> {
  const start = (): Promise<() => IteratorResult<T, unknown>> =>
    pages.next().then(
      (result) => () => result,
      (error: unknown) => () => {
        throw error;
      },
    );
  let next = start();
  for (;;) {
    const result = (await next)();
    if (result.done === true) return;
    next = start();
    yield result.value;
  }
}
