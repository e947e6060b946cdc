/**
 * One record on its way through the line. Steps take arrays of these and return arrays of the same length and
 * order (I2); a record that is `done` passes through later steps untouched.
 */
import type { Cell, Drift, FieldDiff, Issue, OutcomeAction, RecordOutcome, Row } from "@fieldbridge/model";
import type { CorrectedValue, LineWrite, RecordLink } from "./ports.ts";

export interface MappedLine {
  /** Values sent on every write; blank values that shall clear a field are null. */
  readonly values: Row;
  /** Values sent only when the line is created. */
  readonly createValues: Row;
}

export interface MappedLines {
  readonly relation: string;
  readonly rows: readonly MappedLine[];
}

export interface MappedRecord extends MappedLine {
  readonly lines: readonly MappedLines[];
  /** Match values in the order of the plan's keys; empty where the transfer does not match by keys. */
  readonly keys: readonly Cell[];
  /** Hash of everything sent on an update; equal hashes mean that nothing has to be sent (I5). */
  readonly hash: string;
}

/** A record of the target as far as it is known; `row` is null where only the link says that it exists. */
export interface TargetRecord {
  readonly key: string;
  readonly row: Row | null;
}

export interface PlannedWrite {
  readonly op: "create" | "update";
  readonly key: string | null;
  readonly etag: string | null;
  readonly values: Row;
  readonly lines: readonly LineWrite[];
  /** Every compared field of an update; empty for a create. */
  readonly diff: readonly FieldDiff[];
  readonly lineDiffs: readonly {
    readonly relation: string;
    readonly rows: readonly (readonly FieldDiff[])[];
  }[];
}

/** Why a record is on the line: read by its page, tried again, or left unconfirmed by a run that did not end. */
export interface RecordTask {
  readonly kind: "page" | "again" | "settle";
  /** The record itself has to pass; false where only its write-back is due. */
  readonly record: boolean;
  readonly writeBack: boolean;
  /** What the target had answered when the write-back failed, where that is remembered. */
  readonly answered?: OutcomeAction | undefined;
  /** What a person corrected for this attempt. */
  readonly values?: readonly CorrectedValue[] | undefined;
}

export interface RecordState {
  readonly sourceKey: string;
  readonly label: string;
  readonly task: RecordTask;
  readonly status: "read" | "mapped" | "planned" | "done";
  /** Null where the source does not have the record any more. */
  readonly source: Row | null;
  readonly mapped: MappedRecord | null;
  readonly link: RecordLink | null;
  /** The link as it was before this run marked it pending. */
  readonly linkBefore: RecordLink | null;
  /** What becomes of the link when the page is stored: `void` restores what was there before the write. */
  readonly linkChange: "keep" | "confirm" | "void";
  /** It was removed, or about to be, and the source has it again. */
  readonly returned: boolean;
  /** Hash of what the target is known to have been sent; null where that has to be compared again. */
  readonly hash: string | null;
  /** How a record with an unconfirmed write ends if the target does not have it: it does not qualify any more. */
  readonly setAside: "filtered" | "skipped" | null;
  readonly plan: PlannedWrite | null;
  /** Set when `status` is `done`. */
  readonly action: OutcomeAction | null;
  readonly target: TargetRecord | null;
  /** The target gave or showed its answer in this run, so that write-backs may follow (I4). */
  readonly confirmed: boolean;
  /** The write whose answer was lost and whose record was found in the target. */
  readonly adopted: "create" | "update" | null;
  readonly reason: string | null;
  readonly issues: readonly Issue[];
  /** Values its mappings asked value maps for in vain, whether a default helped or not. */
  readonly unknownValues: readonly NonNullable<Issue["valueMap"]>[];
  /** What the target answered, as text for a person. */
  readonly answer: string | null;
  /** Write attempts of this run whose result asks for another look at the target. */
  readonly attempts: number;
  /** Earliest instant for the next look at the target. */
  readonly notBefore: string | null;
  /** What a compare found, and the values that differ; both empty in other runs. */
  readonly drift: Drift | null;
  readonly differences: readonly FieldDiff[];
  readonly writeBack: RecordOutcome["writeBack"];
  readonly writeBackIssues: readonly Issue[];
}

export const toRecordState = (
  sourceKey: string,
  label: string,
  source: Row | null,
  task: RecordTask,
): RecordState => ({
  sourceKey,
  label,
  task,
  status: "read",
  source,
  mapped: null,
  link: null,
  linkBefore: null,
  linkChange: "keep",
  returned: false,
  hash: null,
  setAside: null,
  plan: null,
  action: null,
  target: null,
  confirmed: false,
  adopted: null,
  reason: null,
  issues: [],
  unknownValues: [],
  answer: null,
  attempts: 0,
  notBefore: null,
  drift: null,
  differences: [],
  writeBack: "none",
  writeBackIssues: [],
});

/** The record with its link, as it was before this run. */
export const withLink = (state: RecordState, link: RecordLink | undefined): RecordState =>
  link === undefined ? state : { ...state, link, linkBefore: link };

/** The record in its final state. */
export const finish = (
  state: RecordState,
  action: OutcomeAction,
  more: Partial<RecordState> = {},
): RecordState => ({ ...state, ...more, status: "done", action });

/** The record held with everything that is wrong with it. */
export const hold = (
  state: RecordState,
  issues: readonly Issue[],
  more: Partial<RecordState> = {},
): RecordState => finish(state, "held", { ...more, issues });
