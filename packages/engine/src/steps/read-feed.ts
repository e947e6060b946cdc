/**
 * Reading by a change feed: the source lists which records changed since a token, and they are read by their keys. With
 * no token, or one the source has forgotten, all records are read once instead, from a token taken before.
 */
import { toIssue } from "@fieldbridge/model";
import { invariant } from "../invariant.ts";
import { readPatiently, toChunks } from "../port-calls.ts";
import type { Cursor, FeedAnswer, Position } from "../ports.ts";
import { toRecordState } from "../record-state.ts";
import { markGone } from "../removals/mark-gone.ts";
import {
  countExpected,
  fromPage,
  keyOf,
  labelOf,
  listTasksAgain,
  readTasks,
  withoutReported,
  type ReadContext,
  type WorkPage,
} from "./read.ts";

type Listed = Extract<FeedAnswer, { state: "listed" }>;

/** All records, behind `after`; `token` was taken before the first of them was read. */
interface FullPass {
  readonly after: Position | null;
  readonly token: string;
}

/** `seen` were tried again by this run already; `before` is the token the cursor has. */
interface Known {
  readonly seen: ReadonlySet<string>;
  readonly before: string | null;
}

const askFeed = (context: ReadContext, token: string | null): Promise<FeedAnswer> => {
  const { source, plan } = context;
  return readPatiently(context, () => {
    invariant(source.readFeed, "A source whose schema names a change feed has one.");
    return source.readFeed(plan.source.name, token);
  });
};

const beginFullPass = async (context: ReadContext): Promise<FullPass> => {
  const now = await askFeed(context, null);
  invariant(now.state === "listed", "A feed gives the token of now.");
  return { after: null, token: now.token };
};

/** A full pass that this very run began goes on; one that another run left begins anew. */
const openFeed = async (
  context: ReadContext,
  cursor: Cursor | null,
): Promise<{ listed: Listed } | { full: FullPass }> => {
  if (cursor?.position && cursor.upper) return { full: { after: cursor.position, token: cursor.upper } };
  if (cursor === null || cursor.before === null) return { full: await beginFullPass(context) };
  const answer = await askFeed(context, cursor.before);
  if (answer.state === "listed" && cursor.position === null) return { listed: answer };
  if (answer.state === "expired") {
    const message = `${answer.reason} All records were compared instead, so that no change is missed.`;
    context.notice(toIssue("RUN-708", "changes", message, { severity: "warning" }));
  }
  return { full: await beginFullPass(context) };
};

const readKeys = (context: ReadContext, keys: readonly string[]) =>
  keys.length === 0
    ? Promise.resolve([])
    : readPatiently(context, () =>
        context.source.readByKeys(context.plan.sourceShape, context.plan.source.keyField, keys),
      );

/**
 * The token moves with the last page alone: what a stop or a crash leaves out is listed once more. It stays where this
 * run had reported a listed record before: that one may have changed again since.
 */
async function* readListed(
  context: ReadContext,
  listed: Listed,
  { seen, before }: Known,
): AsyncGenerator<WorkPage> {
  const { plan } = context;
  const stay: Cursor = { position: null, before };
  const keys = [...new Set([...listed.changedKeys, ...listed.removedKeys])];
  const chunks = keys.length === 0 ? [[]] : toChunks(keys, context.pageSize);
  let isComplete = true;
  for (const [index, chunk] of chunks.entries()) {
    const rows = await readKeys(context, chunk);
    const found = new Set(rows.map((row) => keyOf(plan, row)));
    const read = rows
      .filter((row) => !seen.has(keyOf(plan, row)))
      .map((row) => toRecordState(keyOf(plan, row), labelOf(plan, row), row, fromPage));
    const states = await withoutReported(context, read);
    isComplete &&= states.length === read.length;
    const end: Cursor = isComplete ? { position: null, before: listed.token } : stay;
    yield {
      states,
      removedKeys: chunk.filter((key) => !found.has(key)),
      cursor: index === chunks.length - 1 ? end : undefined,
      cursorAt: () => stay,
      countsFailures: true,
      expected: keys.length,
    };
  }
}

/** Unchanged records are known by their hash; the links tell which records are gone. */
async function* readAll(
  context: ReadContext,
  { after, token }: FullPass,
  { seen, before }: Known,
): AsyncGenerator<WorkPage> {
  const { plan, source } = context;
  const cursorAt = (position: Position): Cursor => ({ position, before, upper: token });
  const done: Cursor = { position: null, before: token };
  const expected = await countExpected(context, null);
  let place = after;
  let continuation: string | undefined;
  for (;;) {
    const request = {
      shape: plan.sourceShape,
      filter: context.sourceFilter,
      keyField: plan.source.keyField,
      stampField: null,
      after: place,
      from: null,
      before: null,
      limit: context.pageSize,
      continuation,
    };
    const page = await readPatiently(context, () => source.readPage(request));
    const last = page.rows.at(-1);
    const end = last ? { stamp: null, key: keyOf(plan, last) } : (place ?? { stamp: null, key: "" });
    const read = page.rows
      .filter((row) => !seen.has(keyOf(plan, row)))
      .map((row) => toRecordState(keyOf(plan, row), labelOf(plan, row), row, fromPage));
    const isLast = page.next === null;
    yield {
      states: await withoutReported(context, read),
      cursor: isLast && plan.removals === null ? done : cursorAt(page.next ?? end),
      cursorAt,
      countsFailures: true,
      expected,
    };
    if (isLast) break;
    place = page.next;
    continuation = page.continuation;
  }
  if (plan.removals === null) return;
  await markGone(context, plan.removals, ["linked", "gone"]);
  if (!context.stop.aborted) yield { states: [], cursor: done, cursorAt, countsFailures: true, expected };
}

/** Faults are thrown: the token stays in front of what was not read. */
export async function* readFeedPages(context: ReadContext): AsyncGenerator<WorkPage> {
  const cursor = await context.store.readCursor();
  // Before records are tried again: what changes meanwhile is listed by the next run.
  const opened = await openFeed(context, cursor);
  const again = await listTasksAgain(context, true);
  yield* readTasks(context, [...again], false);
  const known = { seen: new Set(again.keys()), before: cursor?.before ?? null };
  if ("listed" in opened) yield* readListed(context, opened.listed, known);
  else yield* readAll(context, opened.full, known);
}
