/** How both sides of one record differ, in values and in words. Pure, and the same whether it is repaired or not. */
import type { FieldDiff } from "@fieldbridge/model";
import type { TransferPlan } from "../plan/transfer-plan.ts";
import { finish, type PlannedWrite, type RecordState } from "../record-state.ts";
import { describeKeys } from "../steps/decide-match.ts";
import { isChange } from "../values/diff-record.ts";

/** Values named in a reason; the others are in the list of differences. */
const mostNamed = 3;
/** Characters of a value shown in a reason. */
const mostShown = 40;

const show = (value: string | null): string => {
  if (value === null) return "blank";
  const characters = Array.from(value);
  return characters.length <= mostShown ? `"${value}"` : `"${characters.slice(0, mostShown).join("")}…"`;
};

const listDifferences = (write: PlannedWrite): FieldDiff[] => [
  ...write.diff.filter(isChange),
  ...write.lineDiffs.flatMap(({ relation, rows }) =>
    rows.flatMap((row, index) =>
      row.filter(isChange).map((each) => ({
        ...each,
        path: `${relation}.${index}.${each.path}`,
        label: `Line ${index + 1}, ${each.label}`,
      })),
    ),
  ),
];

const describeDifferences = (differences: readonly FieldDiff[]): string => {
  const named = differences
    .slice(0, mostNamed)
    .map(({ label, before, after }) => `${label}: ${show(after)} here, ${show(before)} there`);
  const rest = differences.length - named.length;
  return [...named, ...(rest > 0 ? [`${rest} more`] : [])].join("; ");
};

const describeMissing = ({ mapped }: RecordState, plan: TransferPlan): string =>
  plan.match.by === "keys" && mapped !== null
    ? `The target has no record for ${describeKeys(plan, mapped)}.`
    : "It was never transferred.";

/** A transferred record whose target record is gone: nobody creates it anew by itself. */
const isOrphaned = ({ issues }: RecordState): boolean => issues.some((issue) => issue.code === "WRT-309");

/** Adds what was found to a matched record; `plan` keeps what was or would be written of it. */
export function noteDrift(state: RecordState, plan: TransferPlan): RecordState {
  if (isOrphaned(state)) return { ...state, drift: "orphaned" };
  if (state.plan?.op === "create")
    return { ...state, drift: "missing", reason: state.reason ?? describeMissing(state, plan) };
  const differences = state.plan === null ? [] : listDifferences(state.plan);
  if (differences.length === 0) return state;
  return {
    ...state,
    drift: "different",
    differences,
    reason: state.reason ?? describeDifferences(differences),
  };
}

/** The record in its final state of a run that only looks: nothing is written, confirmed or held. */
export function toFinding(state: RecordState, plan: TransferPlan): RecordState {
  const noted = noteDrift(state, plan);
  if (noted.status === "planned") return finish(noted, "skipped");
  if (noted.action !== "held") return noted;
  const message = noted.issues[0]?.message ?? "";
  return noted.drift === null
    ? finish(noted, "skipped", { reason: `It could not be compared. ${message}` })
    : finish(noted, "skipped", { reason: message });
}
