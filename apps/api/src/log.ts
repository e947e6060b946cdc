/** The log: one JSON line per mishap in `<data>/fieldbridge.log`. The terminal is for the person who started it. */
import { createWriteStream, type WriteStream } from "node:fs";
import path from "node:path";

export interface Log {
  readonly stream: WriteStream;
  readonly error: (error: unknown) => void;
  close(): Promise<void>;
}

export function openLog(dataDir: string): Log {
  const stream = createWriteStream(path.join(dataDir, "fieldbridge.log"), { flags: "a", mode: 0o600 });
  // A full disk must not take the product down.
  stream.on("error", () => {});
  return {
    stream,
    error: (error) => {
      const detail =
        error instanceof Error ? { msg: error.message, stack: error.stack } : { msg: String(error) };
      stream.write(`${JSON.stringify({ level: 50, time: Date.now(), ...detail })}\n`);
    },
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  };
}
