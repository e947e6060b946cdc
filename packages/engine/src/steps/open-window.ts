/** Which stamps a run reads (I11): up to where the source promises, or our clock lets us hope, that nothing is missing. */
import { readPatiently } from "../port-calls.ts";
import type { Cursor, Position } from "../ports.ts";
import type { RunContext } from "../run-context.ts";
import { addMs } from "../values/instants.ts";

const defaultLagSeconds = 10;
const defaultOverlapSeconds = 60;

export interface Window {
  readonly from: string | null;
  readonly upper: string | null;
  /** The source promises that nothing appears below `upper` any more. */
  readonly promised: boolean;
  readonly after: Position | null;
}

/**
 * Without a promise of the source the window reaches back by the overlap, also behind the place where another run was
 * interrupted, because records may have appeared there late; and it ends at the newest stamp seen, so that a clock
 * running ahead of the source's skips nothing. A run that goes on after a crash goes on behind its own place.
 */
export async function openWindow(
  { plan, source, clock, ...context }: RunContext,
  cursor: Cursor | null,
): Promise<Window> {
  const { changes } = plan.definition;
  const after = cursor?.position ?? null;
  if (plan.stampField === null) return { from: null, upper: null, promised: true, after };
  const watermark = changes.by === "watermark" ? changes : undefined;
  const bound = await readPatiently({ clock, ...context }, () => source.readUpperBound(plan.source.name));
  const promised = bound !== null;
  const upper = bound ?? addMs(clock.now(), -1_000 * (watermark?.lagSeconds ?? defaultLagSeconds));
  const overlapMs = 1_000 * (watermark?.overlapSeconds ?? (promised ? 0 : defaultOverlapSeconds));
  const back = (stamp: string | null): string | null =>
    stamp === null ? null : overlapMs === 0 ? stamp : addMs(stamp, -overlapMs);
  return promised || after === null || cursor?.upper !== undefined
    ? { from: back(cursor?.before ?? null), upper, promised, after }
    : { from: back(after.stamp), upper, promised, after: null };
}
