/** The lines of a connection test: each tried only after the one before it worked, each with the server's own words. */
import { Fault } from "@fieldbridge/engine";
import type { ConnectionCheck } from "@fieldbridge/model";

export interface CheckStep {
  readonly name: string;
  /** Gives the sentence to show when it worked; throws `Fault` when not. */
  readonly run: () => Promise<string>;
}

/** Stops at the first line that fails. */
export async function runChecks(
  steps: readonly CheckStep[],
  now: () => number,
): Promise<readonly ConnectionCheck[]> {
  const checks: ConnectionCheck[] = [];
  for (const { name, run } of steps) {
    const startedAt = now();
    try {
      checks.push({ name, ok: true, message: await run(), durationMs: now() - startedAt });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const { message, hint } = error.issue;
      checks.push({ name, ok: false, message: hint, answer: message, durationMs: now() - startedAt });
      break;
    }
  }
  return checks;
}
