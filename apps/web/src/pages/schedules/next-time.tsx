/** A moment to come: when by the clock of the reader, and how far away. */
import { formatInstant, formatRelative, formatShortInstant, zoneName } from "../../format/time.ts";
import { useNow } from "../../state/use-now.ts";

export function NextTime({ at }: { at: string }) {
  const now = useNow(true);
  return (
    <time dateTime={at} title={`${formatInstant(at)} ${zoneName()}`}>
      {formatShortInstant(at, now)} ({formatRelative(at, now)})
    </time>
  );
}
