/** Repeats a port call whose fault says that repeating may help, and never longer than a run should wait. */
import { Fault, type Clock, type StopSignal } from "./ports.ts";

const longestWaitMs = 5 * 60_000;
const tries = 4;

/** What a call needs to wait between tries. */
export interface Patience {
  readonly clock: Clock;
  readonly stop: StopSignal;
}

const toWaitMs = (fault: Fault, attempt: number): number => fault.retryAfterMs ?? 1_000 * 2 ** (attempt - 1);

/**
 * Calls until it works, at most four times, with doubling waits or as long as the system asks. Throws the last
 * fault. `isRepeatable` decides about requests that may have reached the system.
 */
export async function callPatiently<T>(
  { clock, stop }: Patience,
  isRepeatable: (fault: Fault) => boolean,
  call: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Fault) || !error.retryable || error.closed || !isRepeatable(error)) throw error;
      const waitMs = toWaitMs(error, attempt);
      if (attempt === tries || stop.aborted || waitMs > longestWaitMs) throw error;
      await clock.sleep(waitMs);
    }
  }
}

/** For reads: asking again is always safe. */
export const readPatiently = <T>(patience: Patience, call: () => Promise<T>): Promise<T> =>
  callPatiently(patience, () => true, call);

export function toChunks<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}
