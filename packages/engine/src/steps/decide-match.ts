/**
 * The deciding half of the match step: given what was found in the target, what shall happen to one record. Pure,
 * so that the preview and the tests use the very same rules.
 */
import { toIssue, type Row } from "@fieldbridge/model";
import type { TransferPlan } from "../plan/transfer-plan.ts";
import { etagField } from "../ports.ts";
import {
  finish,
  hold,
  type MappedLines,
  type MappedRecord,
  type PlannedWrite,
  type RecordState,
  type TargetRecord,
} from "../record-state.ts";
import { toShownText } from "../values/compare-values.ts";
import {
  diffLines,
  diffValues,
  isChange,
  pickChanged,
  toCreateValues,
  toNewLines,
} from "../values/diff-record.ts";

/** What a search gave for one record: rows by its keys, and the row its link points to. */
export interface Finding {
  readonly byKeys: readonly Row[];
  readonly byLink: Row | null;
}

/** The match keys with their values, as a person reads them. */
export const describeKeys = (plan: TransferPlan, mapped: MappedRecord): string =>
  plan.match.by === "keys"
    ? plan.match.keys
        .map(({ field }, index) => `${field.label} ${toShownText(mapped.keys[index]) ?? ""}`)
        .join(", ")
    : "its link";

const linesOf = (plan: TransferPlan, mapped: MappedRecord, index: number): MappedLines =>
  mapped.lines[index] ?? { relation: plan.lines[index]?.to ?? "", rows: [] };

/** A new document; what it changes is all of it, so there is nothing to compare. */
const toCreate = (plan: TransferPlan, mapped: MappedRecord): PlannedWrite => ({
  op: "create",
  key: null,
  etag: null,
  values: toCreateValues(mapped),
  lines: plan.lines
    .map((each, index) => toNewLines(each, linesOf(plan, mapped, index)))
    .filter((each) => each.rows.length > 0),
  diff: [],
  lineDiffs: [],
});

const toUpdate = (plan: TransferPlan, mapped: MappedRecord, row: Row): PlannedWrite => {
  const lines = plan.lines.map((each, index) => diffLines(each, linesOf(plan, mapped, index), row));
  const diff = diffValues(plan.targetFields, mapped.values, row);
  return {
    op: "update",
    key: toShownText(row[plan.target.keyField]),
    etag: toShownText(row[etagField]),
    values: pickChanged(mapped.values, diff),
    lines: lines.map((each) => each.write).filter((each) => each.rows.length > 0),
    diff,
    lineDiffs: lines.map((each) => ({ relation: each.write.relation, rows: each.rows })),
  };
};

/** The lost write of a record that does not qualify any more: it happened, and nothing more is sent. */
const adopt = (state: RecordState, target: TargetRecord): RecordState =>
  finish(state, state.link?.targetKey === null ? "created" : "updated", {
    target,
    confirmed: true,
    linkChange: "confirm",
    hash: null,
    reason: null,
  });

const decideFound = (plan: TransferPlan, state: RecordState, mapped: MappedRecord, row: Row): RecordState => {
  const key = toShownText(row[plan.target.keyField]) ?? "";
  const target = { key, row };
  const lost = state.link?.state === "pending";
  const found = plan.match.by === "never" ? "skip" : plan.match.found;
  if (!lost && found === "skip")
    return finish(state, "skipped", { target, reason: "A target record exists already." });
  if (!lost && found === "fail")
    return hold(
      state,
      [
        toIssue(
          "KEY-005",
          "match",
          `The target has a record for ${describeKeys(plan, mapped)} already: ${key}.`,
        ),
      ],
      { target },
    );
  if (state.setAside !== null) return adopt(state, target);
  const write = toUpdate(plan, mapped, row);
  const same = !write.diff.some(isChange) && write.lines.length === 0;
  const settled: Partial<RecordState> = {
    target,
    plan: write,
    confirmed: true,
    adopted: lost ? (state.link?.targetKey === null ? "create" : "update") : state.adopted,
    linkChange: "confirm",
    hash: same ? mapped.hash : null,
  };
  if (lost && (same || found !== "update"))
    return finish(state, settled.adopted === "create" ? "created" : "updated", settled);
  if (same) return finish(state, "unchanged", { ...settled, reason: "The target has these values already." });
  return { ...state, ...settled, confirmed: false, status: "planned" };
};

const decideMissing = (plan: TransferPlan, before: RecordState, mapped: MappedRecord): RecordState => {
  const state: RecordState = {
    ...before,
    linkChange: before.link?.state === "pending" ? "void" : before.linkChange,
  };
  if (state.setAside !== null) return finish(state, state.setAside);
  const missing = plan.match.by === "never" ? "create" : plan.match.missing;
  if (missing === "skip") return finish(state, "skipped", { reason: "No target record exists." });
  if (missing === "fail")
    return hold(state, [
      toIssue("KEY-006", "match", `The target has no record for ${describeKeys(plan, mapped)}.`),
    ]);
  return { ...state, status: "planned", plan: toCreate(plan, mapped) };
};

const holdUncertain = (state: RecordState): RecordState =>
  hold(state, [
    toIssue(
      "WRT-312",
      "match",
      `It is not known whether ${state.label} was created: the answer was lost, and without a match key it cannot be searched.`,
    ),
  ]);

/** True where equal hashes say that the target was sent exactly this before (I5). */
export const wasSent = (state: RecordState): boolean =>
  !state.task.writeBack &&
  state.link?.state === "linked" &&
  state.link.hash !== null &&
  state.link.hash === state.mapped?.hash;

/** The record as it stands without looking into the target. */
export const finishSent = (state: RecordState): RecordState =>
  finish(state, "unchanged", {
    target: { key: state.link?.targetKey ?? "", row: null },
    reason: "The values equal what was sent last.",
  });

/** A blank match key makes a search meaningless; the record is held before anything is asked. */
export function checkKeys(plan: TransferPlan, state: RecordState): RecordState {
  if (plan.match.by !== "keys" || state.mapped === null) return state;
  const { mapped } = state;
  const blank = plan.match.keys.filter((_, index) => toShownText(mapped.keys[index]) === null);
  return blank.length === 0
    ? state
    : hold(
        state,
        blank.map(({ field, formula }) =>
          toIssue("KEY-003", formula.path, `${field.label} is blank, so no existing record can be found.`),
        ),
      );
}

/** Decides about one mapped record. */
export function decideMatch(plan: TransferPlan, state: RecordState, finding: Finding): RecordState {
  const { mapped, link } = state;
  if (mapped === null) return state;
  if (finding.byKeys.length > 1)
    return hold(state, [
      toIssue(
        "KEY-004",
        "match",
        `${finding.byKeys.length} target records match ${describeKeys(plan, mapped)}.`,
      ),
    ]);
  const row = finding.byKeys[0] ?? finding.byLink;
  if (row) return decideFound(plan, state, mapped, row);
  if (link?.state === "linked" && plan.match.by === "never")
    return finish(state, "skipped", {
      target: link.targetKey === null ? null : { key: link.targetKey, row: null },
      reason: "It was created by an earlier run, and this transfer never looks for existing records.",
    });
  if (link?.targetKey && state.setAside === null)
    return hold(state, [
      toIssue(
        "WRT-309",
        "match",
        `${state.label} was transferred to ${link.targetKey}, which the target does not have any more.`,
      ),
    ]);
  if (link?.state === "pending" && plan.match.by !== "keys") return holdUncertain(state);
  return decideMissing(plan, state, mapped);
}
