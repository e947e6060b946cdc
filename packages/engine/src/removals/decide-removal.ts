/** The deciding half of a removal: what happens to one target record whose source record is gone. Pure. */
import type { FieldDiff, Issue, OutcomeAction, Row } from "@fieldbridge/model";
import { withRoots } from "../map/evaluate-planned.ts";
import { evaluateValues } from "../map/evaluate-values.ts";
import type { PlannedRemovals } from "../plan/transfer-plan.ts";
import { etagField, type RecordLink, type WriteRequest } from "../ports.ts";
import type { RunContext } from "../run-context.ts";
import { toShownText } from "../values/compare-values.ts";
import { diffValues, isChange, pickChanged } from "../values/diff-record.ts";

/** One linked record on its way out. `action` is null while a request is to be sent. */
export interface Removal {
  readonly link: RecordLink;
  /** The target record; null where the target does not have it. */
  readonly row: Row | null;
  readonly action: Extract<OutcomeAction, "removed" | "skipped" | "held"> | null;
  readonly request: WriteRequest | null;
  /** What a flag changes; empty for a delete. */
  readonly diff: readonly FieldDiff[];
  readonly reason: string | null;
  readonly issues: readonly Issue[];
  readonly answer: string | null;
  /** What becomes of the link when the page is stored. */
  readonly linkChange: "keep" | "back" | "flagged" | "drop";
}

/** What is known about one linked record when its removal is decided. */
export interface RemovalFinding {
  readonly alive: boolean;
  /** Another record that is not gone is linked to the same target record. */
  readonly inUse: boolean;
  readonly row: Row | null;
}

const open = (link: RecordLink, row: Row | null): Removal => ({
  link,
  row,
  action: null,
  request: null,
  diff: [],
  reason: null,
  issues: [],
  answer: null,
  linkChange: "keep",
});

export const finishRemoval = (removal: Removal, mode: PlannedRemovals["mode"]): Removal => ({
  ...removal,
  action: "removed",
  linkChange: mode === "flag" ? "flagged" : "drop",
});

export const holdRemoval = (removal: Removal, issues: readonly Issue[], answer: string | null): Removal => ({
  ...removal,
  action: "held",
  issues,
  answer,
});

/** The transfer does not carry removals over any more: the record is linked as it was. */
export const ignoreRemoval = (link: RecordLink): Removal => ({
  ...open(link, null),
  action: "skipped",
  reason: "This transfer ignores removed records now.",
  linkChange: "back",
});

const decideFlag = (
  removals: PlannedRemovals,
  removal: Removal,
  row: Row,
  context: RunContext,
): Removal | null => {
  const key = removal.link.targetKey;
  const target = { ...row, [context.plan.target.keyField]: key };
  const result = evaluateValues(removals.values, {}, withRoots(context, { target }));
  if (result.state === "pending") return null;
  if (result.state === "failed") return holdRemoval(removal, result.issues, null);
  const diff = diffValues(context.plan.targetFields, result.values, row);
  if (!diff.some(isChange)) return finishRemoval({ ...removal, reason: "It is flagged already." }, "flag");
  const request: WriteRequest = {
    ref: removal.link.sourceKey,
    op: "update",
    key,
    etag: toShownText(row[etagField]),
    values: pickChanged(result.values, diff),
    lines: [],
  };
  return { ...removal, diff, request };
};

/** Null while a lookup of a flag's formula is pending. */
export function decideRemoval(
  removals: PlannedRemovals,
  link: RecordLink,
  { alive, inUse, row }: RemovalFinding,
  context: RunContext,
): Removal | null {
  const removal = open(link, row);
  if (alive) return { ...removal, action: "skipped", reason: "The source has it again.", linkChange: "back" };
  if (inUse) {
    const reason = "Another source record is linked to the same target record, which stays as it is.";
    return { ...removal, action: "skipped", reason, linkChange: "drop" };
  }
  if (row === null || link.targetKey === null)
    return finishRemoval({ ...removal, reason: "The target does not have it any more." }, "delete");
  if (removals.mode === "flag") return decideFlag(removals, removal, row, context);
  const request: WriteRequest = {
    ref: link.sourceKey,
    op: "delete",
    key: link.targetKey,
    etag: null,
    values: {},
    lines: [],
  };
  return { ...removal, request };
}
