/** Waits for something another process or worker does; fails with what was seen last instead of hanging. */
import { setTimeout as wait } from "node:timers/promises";

export async function waitUntil<T>(
  read: () => Promise<T>,
  isDone: (value: T) => boolean,
  timeoutMs = 15_000,
): Promise<T> {
  for (const deadline = Date.now() + timeoutMs; ;) {
    const value = await read();
    if (isDone(value)) return value;
    if (Date.now() > deadline) throw new Error(`still waiting, last seen: ${JSON.stringify(value)}`);
    await wait(25);
  }
}
