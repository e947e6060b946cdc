/** What a compare found, in the same words on the run page, in lists and in the tab title. */
import type { Drift, Run } from "@fieldbridge/model";
import { countOf, formatCount } from "./number.ts";

export const driftWords: Record<Drift, { readonly name: string; readonly meaning: string }> = {
  missing: { name: "Missing", meaning: "The target has no record" },
  different: { name: "Different", meaning: "Both sides have it, with other values" },
  orphaned: { name: "Orphaned", meaning: "Linked, and gone on one side" },
};

type Compared = Pick<Run, "counts" | "drift" | "scope">;

/** True where the run lists differences; a repair that was asked for by name only mends them. */
export const isLook = ({ scope }: Pick<Run, "scope">): boolean => scope.kind === "compare" && !scope.repair;

/** Records that were in question: those outside the filter are nobody's difference. */
const countCompared = ({ counts }: Compared): number => counts.read - counts.filtered;

const describeRepair = ({ counts }: Compared): string => {
  const parts = [
    counts.created > 0 ? `${formatCount(counts.created)} created` : "",
    counts.updated > 0 ? `${formatCount(counts.updated)} updated` : "",
    counts.held > 0 ? `${formatCount(counts.held)} held` : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "none repaired" : parts.join(", ");
};

/** "12 of 1,204 records differ", without a full stop, for a compare that is finished. */
export function describeCompare(run: Compared): string {
  const compared = countCompared(run);
  const drift = run.drift ?? 0;
  const apart = isLook(run) ? run.counts.skipped - drift : 0;
  const rest = apart > 0 ? `, ${formatCount(apart)} not compared` : "";
  if (compared === 0) return "Compared: there is no record in the filter";
  if (drift === 0)
    return compared === apart
      ? `None of ${countOf(compared, "record")} could be compared`
      : `Both sides agree: ${countOf(compared - apart, "record")}${rest}`;
  const share = `${formatCount(drift)} of ${countOf(compared, "record")}`;
  return isLook(run)
    ? `${share} ${drift === 1 ? "differs" : "differ"}${rest}`
    : `${share} differed: ${describeRepair(run)}`;
}
