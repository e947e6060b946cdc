/** The change feed of a system in memory: it notes every change and may forget them, as real ones do. */
import type { FeedAnswer } from "../ports.ts";

interface Note {
  readonly object: string;
  readonly key: string;
  readonly isRemoved: boolean;
}

export interface MemoryFeed {
  readonly note: (object: string, key: string, isRemoved: boolean) => void;
  readonly read: (object: string, token: string | null) => FeedAnswer;
  /** What happened so far is listed no more. */
  readonly forget: () => void;
}

export function createMemoryFeed(): MemoryFeed {
  const notes: Note[] = [];
  let earliest = 0;
  return {
    note: (object, key, isRemoved) => void notes.push({ object, key, isRemoved }),
    read: (object, token) => {
      const from = token === null ? notes.length : /^t\d+$/.test(token) ? Number(token.slice(1)) : -1;
      if (from < earliest)
        return { state: "expired", reason: "The list of changes does not reach back so far." };
      const listed = notes.slice(from).filter((each) => each.object === object);
      const keysOf = (isRemoved: boolean) =>
        listed.filter((each) => each.isRemoved === isRemoved).map((each) => each.key);
      return {
        state: "listed",
        changedKeys: keysOf(false),
        removedKeys: keysOf(true),
        token: `t${notes.length}`,
      };
    },
    forget: () => {
      notes.push({ object: "", key: "", isRemoved: false });
      earliest = notes.length;
    },
  };
}
