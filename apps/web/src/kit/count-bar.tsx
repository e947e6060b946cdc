/** What became of the records of a run: a stacked bar with the numbers beside it; the bar alone is a picture. */
import type { RunCounts } from "@fieldbridge/model";
import { formatCount } from "../format/number.ts";
import classes from "./count-bar.module.css";

/** The parts of a run's counts in the order of the bar. */
export const countParts = [
  "created",
  "updated",
  "unchanged",
  "skipped",
  "filtered",
  "removed",
  "held",
] as const;

/** "23 created, 2 held"; "nothing to do" where no record was read. */
export const describeCounts = (counts: RunCounts): string => {
  const parts = countParts.filter((part) => counts[part] > 0);
  if (parts.length === 0) return counts.read === 0 ? "nothing to do" : `${formatCount(counts.read)} read`;
  return parts.map((part) => `${formatCount(counts[part])} ${part}`).join(", ");
};

export interface CountBarProps {
  readonly counts: RunCounts;
  /** Records expected in all, while running. */
  readonly expected?: number | null;
  readonly words?: boolean;
  /** The run is not over: no record so far does not mean that there is none. */
  readonly isActive?: boolean;
}

export function CountBar({ counts, expected = null, words = true, isActive = false }: CountBarProps) {
  const total = Math.max(counts.read, expected ?? 0, 1);
  return (
    <span className={classes.wrap}>
      <span className={classes.bar} aria-hidden>
        {countParts.map((part) =>
          counts[part] === 0 ? null : (
            <span key={part} data-part={part} style={{ width: `${(100 * counts[part]) / total}%` }} />
          ),
        )}
      </span>
      {words ? (
        <span className={classes.words}>
          {isActive && countParts.every((part) => counts[part] === 0)
            ? "in progress"
            : describeCounts(counts)}
        </span>
      ) : null}
    </span>
  );
}
