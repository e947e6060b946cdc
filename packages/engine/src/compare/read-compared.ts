/**
 * Read for a compare: all records of the filter from the beginning, then every linked record that no page brought.
 * The cursor stays where it is; a compare taken up again after a crash leaves out what it has reported already.
 */
import type { RecordLink } from "../ports.ts";
import { withLink } from "../record-state.ts";
import { openWindow } from "../steps/open-window.ts";
import {
  fromPage,
  noCursor,
  readPages,
  readRecords,
  readTasks,
  type CompareScope,
  type ReadContext,
  type WorkPage,
} from "../steps/read.ts";

/** `inFlight` are the keys of the page before, whose outcomes may not be stored yet. */
async function* readLinked(context: ReadContext, inFlight: ReadonlySet<string>): AsyncGenerator<WorkPage> {
  const { store, pageSize } = context;
  let after: string | null = null;
  for (;;) {
    const links: readonly RecordLink[] = await store.readLinksInOrder({
      states: ["linked"],
      after,
      limit: pageSize,
    });
    const last = links.at(-1);
    if (last === undefined) return;
    after = last.sourceKey;
    const reported = new Set(await store.readReported(links.map((link) => link.sourceKey)));
    const open = links.filter(({ sourceKey }) => !reported.has(sourceKey) && !inFlight.has(sourceKey));
    if (open.length === 0) continue;
    const states = await readRecords(
      context,
      open.map((link) => [link.sourceKey, fromPage]),
    );
    yield {
      states: states.map((state, index) => withLink(state, open[index])),
      cursor: undefined,
      cursorAt: noCursor,
      countsFailures: true,
      expected: null,
    };
  }
}

/** Faults of reading are thrown. */
export async function* readCompared(context: ReadContext, { keys }: CompareScope): AsyncGenerator<WorkPage> {
  if (keys !== undefined) {
    const tasks = [...new Set(keys)].map((key) => [key, fromPage] as const);
    yield* readTasks(context, tasks, true);
    return;
  }
  const window = await openWindow(context, null);
  let inFlight: ReadonlySet<string> = new Set();
  for await (const page of readPages(context, { cursor: null, window, seen: new Set() })) {
    inFlight = new Set(page.states.map((state) => state.sourceKey));
    yield { ...page, cursor: undefined };
  }
  yield* readLinked(context, inFlight);
}
