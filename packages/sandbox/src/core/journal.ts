// An append-only file of JSON lines, one line per transaction. A line is in the file before its commit is answered,
// fsync is shared by commits that wait at the same time, and a last line torn by a crash was never confirmed.
import { appendFileSync, closeSync, existsSync, fdatasync, fsyncSync, mkdirSync, openSync } from "node:fs";
import { readFileSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";

const syncToDisk = promisify(fdatasync);

export interface Journal {
  /** Appends one line at once; the promise resolves when it is on the disk. */
  append(line: string): Promise<void>;
  /** Replaces the whole content in one step (written beside, then renamed). */
  replace(lines: Iterable<string>): void;
  close(): Promise<void>;
}

/** The whole lines of a journal, or null when there is none; text after the last line break is a torn write. */
export function readJournal(file: string): string[] | null {
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").split("\n");
  lines.pop();
  return lines;
}

export function openJournal(file: string): Journal {
  mkdirSync(dirname(file), { recursive: true });
  let handle = openSync(file, "a");
  let running: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | null = null;

  async function syncAfter(previous: Promise<void>): Promise<void> {
    await previous.catch(() => undefined); // its own callers hear of that failure
    waiting = null;
    running = syncToDisk(handle);
    await running;
  }

  return {
    append(line) {
      appendFileSync(handle, `${line}\n`);
      waiting ??= syncAfter(running);
      return waiting;
    },
    replace(lines) {
      const beside = `${file}.new`;
      const fresh = openSync(beside, "w");
      for (const line of lines) writeSync(fresh, `${line}\n`);
      fsyncSync(fresh);
      closeSync(fresh);
      renameSync(beside, file);
      closeSync(handle);
      handle = openSync(file, "a");
    },
    async close() {
      await (waiting ?? running).catch(() => undefined);
      closeSync(handle);
    },
  };
}
