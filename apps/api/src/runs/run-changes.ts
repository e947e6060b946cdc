/**
 * Tells what happens to runs, whichever process executes them: the database notifies of every change, this listens
 * and passes on at most one state per run and second, and the last one always.
 */
import type { Run } from "@fieldbridge/model";
import type { Database } from "../db/database.ts";
import { listen } from "../db/listen.ts";
import { listActiveRuns, readRuns, RUN_CHANNEL } from "../stores/runs.store.ts";

export interface RunChanges {
  /** Answers the function that ends it. */
  subscribe(listener: (run: Run) => void): () => void;
  close(): Promise<void>;
}

const INTERVAL_MS = 1_000;

export async function watchRuns(db: Database, onError: (error: Error) => void): Promise<RunChanges> {
  const listeners = new Set<(run: Run) => void>();
  /** Runs told about within the last interval; true where something changed since. */
  const recent = new Map<string, boolean>();
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  const after = (ms: number, work: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timers.add(timer);
  };

  const publish = (runs: readonly Run[]): void => {
    for (const run of runs) for (const listener of listeners) listener(run);
  };

  const tell = async (id: string): Promise<void> => {
    const [run] = await readRuns(db, [id]);
    if (run !== undefined) publish([run]);
  };

  const note = (id: string): void => {
    if (listeners.size === 0 || closed) return;
    if (recent.has(id)) {
      recent.set(id, true);
      return;
    }
    recent.set(id, false);
    tell(id).catch(onError);
    after(INTERVAL_MS, () => {
      const again = recent.get(id) === true;
      recent.delete(id);
      if (again) note(id);
    });
  };

  const listener = await listen(db.address, {
    channel: RUN_CHANNEL,
    name: "fieldbridge run changes",
    onMessage: note,
    onError,
  });
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      // What happened while nobody listened is told at once.
      listActiveRuns(db).then((runs) => runs.forEach((run) => note(run.id)), onError);
      return () => listeners.delete(listener);
    },
    close: async () => {
      closed = true;
      timers.forEach((timer) => clearTimeout(timer));
      await listener.close();
    },
  };
}
