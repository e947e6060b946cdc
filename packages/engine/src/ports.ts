/**
 * What the engine needs from the world: two systems, a store and a clock. Connectors implement `SystemPort`,
 * the server implements `RunStore`; tests use in-memory ones. No type here knows a vendor.
 */
import type {
  Cell,
  ConnectionCheck,
  HeldStep,
  Issue,
  IssueClass,
  ObjectSchema,
  ObjectSummary,
  OutcomeAction,
  RecordOutcome,
  Row,
  RunCounts,
  RunPhase,
  RecordTrail,
} from "@fieldbridge/model";

/**
 * Something wrong with the world. `retryable` means the same call may work later; nothing is known to have been
 * written. `sent: true` means the request may have reached the system before the answer was lost. `closed: true`
 * means that the connection takes no calls for `retryAfterMs`: work is to be put aside until then, not to wait.
 */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly issue: Issue;
  readonly retryable: boolean;
  readonly sent: boolean;
  readonly retryAfterMs: number | undefined;
  readonly closed: boolean;

  constructor(
    issue: Issue,
    options: {
      retryable: boolean;
      sent?: boolean;
      retryAfterMs?: number;
      closed?: boolean;
      cause?: unknown;
    },
  ) {
    super(issue.message, { cause: options.cause });
    this.issue = issue;
    this.retryable = options.retryable;
    this.sent = options.sent ?? false;
    this.retryAfterMs = options.retryAfterMs;
    this.closed = options.closed ?? false;
  }
}

/** Fields to read of an object, and the same for its relations. The key and stamp fields must be listed too. */
export interface ReadShape {
  readonly object: string;
  readonly fields: readonly string[];
  readonly one: Readonly<Record<string, ReadShape>>;
  readonly many: Readonly<Record<string, ReadShape>>;
}

/** Place behind the last record read. `stamp` is null where the object is read by key alone. */
export interface Position {
  readonly stamp: string | null;
  readonly key: string;
}

export interface ReadRequest {
  readonly shape: ReadShape;
  /** Condition in the system's own language, made by the formula package for this port's `filterDialect`. */
  readonly filter: string | null;
  readonly keyField: string;
  readonly stampField: string | null;
  /** Records strictly behind this place; null starts at the beginning. */
  readonly after: Position | null;
  /** First stamp to read, inclusive; null reads from the beginning. */
  readonly from: string | null;
  /** Stamps below this one only; null where there is no bound. */
  readonly before: string | null;
  readonly limit: number;
  /** What the previous page of this very run answered, for systems that page by token; never stored. */
  readonly continuation?: string | undefined;
}

/** Rows in the order of (stamp, key). `next` is null on the last page. */
export interface ReadPage {
  readonly rows: readonly Row[];
  readonly next: Position | null;
  readonly continuation?: string | undefined;
}

export interface FindRequest {
  readonly shape: ReadShape;
  /** Names of the fields compared; each tuple of `values` gives one value per field, in this order. */
  readonly keyFields: readonly string[];
  readonly values: readonly (readonly Cell[])[];
}

export interface LineWrite {
  /** Relation of the parent under which the rows are written. */
  readonly relation: string;
  readonly object: string;
  readonly rows: readonly {
    readonly op: "create" | "update" | "delete";
    readonly key: string | null;
    readonly values: Row;
  }[];
}

/**
 * Rows of systems that version their records carry the version under this name, whether it was asked for or not;
 * it comes back as `etag` of a write.
 */
export const etagField = "@etag";

/** `ref` names the request inside its batch; answers are matched by it, never by position. */
export interface WriteRequest {
  readonly ref: string;
  readonly op: "create" | "update" | "delete";
  /** Key of the target record; null for a create. */
  readonly key: string | null;
  /** Version the values were compared with; a newer one in the system is a conflict. */
  readonly etag: string | null;
  readonly values: Row;
  readonly lines: readonly LineWrite[];
}

export interface WriteBatch {
  readonly schema: ObjectSchema;
  /** Schemas of the objects of the lines, by name; numbers are encoded by them. */
  readonly lineSchemas: Readonly<Record<string, ObjectSchema>>;
  readonly requests: readonly WriteRequest[];
  /** Fields of the written record the caller wants in the answer. */
  readonly answerFields: readonly string[];
}

/** `unknown` means that the request was sent and no answer came: it may have been written or not. */
export type WriteAnswer =
  | { readonly ref: string; readonly state: "done"; readonly key: string; readonly row: Row }
  | {
      readonly ref: string;
      readonly state: "refused";
      readonly issues: readonly Issue[];
      readonly answer: string;
    }
  | { readonly ref: string; readonly state: "unknown"; readonly issue: Issue };

export interface SystemLimits {
  /** Records per page of a read. */
  readonly readPage: number;
  /** Records per write call. */
  readonly writeBatch: number;
  /** Key tuples per find call. */
  readonly findBatch: number;
  /** Write calls in flight at once. */
  readonly parallelWrites: number;
  /** A create whose answer was lost may still be executed this long; a search before that proves nothing. */
  readonly settleMs: number;
}

export type FilterDialect =
  | { readonly name: "soql" }
  | { readonly name: "odata"; readonly orAcrossFields: boolean };

/**
 * What a system lists by itself since a token, up to the next one: keys of records that changed or are new, and of those
 * deleted; a key may come again. `expired` means that it does not know any more what happened since.
 */
export type FeedAnswer =
  | {
      readonly state: "listed";
      readonly changedKeys: readonly string[];
      readonly removedKeys: readonly string[];
      readonly token: string;
    }
  | { readonly state: "expired"; readonly reason: string };

/**
 * One outside system behind one connection, as source or as target. Every method throws `Fault` when the call as
 * a whole failed; what is wrong with single records is in the answers.
 */
export interface SystemPort {
  readonly limits: SystemLimits;
  readonly filterDialect: FilterDialect | null;
  checkConnection(): Promise<readonly ConnectionCheck[]>;
  discoverObjects(): Promise<readonly ObjectSummary[]>;
  discoverObject(name: string): Promise<ObjectSchema>;
  /** Stamp up to which the system promises that nothing will appear any more; null where it cannot say. */
  readUpperBound(object: string): Promise<string | null>;
  /** Absent where the system has no change feed. A token of null asks for that of now, with no keys. */
  readonly readFeed?: (object: string, token: string | null) => Promise<FeedAnswer>;
  countRows(object: string, filter: string | null): Promise<number | null>;
  readPage(request: ReadRequest): Promise<ReadPage>;
  /** Rows for the keys that exist, in any order. */
  readByKeys(shape: ReadShape, keyField: string, keys: readonly string[]): Promise<readonly Row[]>;
  /** For each tuple, in order, the rows whose key fields equal it by the system's own comparison. */
  find(request: FindRequest): Promise<readonly (readonly Row[])[]>;
  write(batch: WriteBatch): Promise<readonly WriteAnswer[]>;
  /** Address where a person sees the record; undefined where the system has none. */
  recordUrl(object: string, key: string): string | undefined;
  /** Outbound calls made so far through this port. */
  callCount(): number;
}

/**
 * How far a transfer has read. For a change feed `before` and `upper` are tokens, and a position is a place in a full
 * pass. `before` is the upper bound of the last finished window, `upper` that of the window the
 * position is in (null where it has none). A store gives `upper` back only to the run that left it: taken up again
 * after a crash, that run closes its window there, whatever it finds beyond.
 */
export interface Cursor {
  readonly position: Position | null;
  readonly before: string | null;
  readonly upper?: string | null | undefined;
}

/**
 * Remembered pair of records. `pending` was stored before a write was sent whose answer is not confirmed yet: a
 * create has no target key then, an update has one. `gone` was linked until the source lost its record, which the
 * target does not know yet; `flagged` is a target record that was told so.
 */
export interface RecordLink {
  readonly sourceKey: string;
  readonly targetKey: string | null;
  readonly state: "pending" | "linked" | "gone" | "flagged";
  /** Hash of the mapped values last sent; null while pending. */
  readonly hash: string | null;
  /** When the create was sent (pending) or the link was last confirmed; ISO instant. */
  readonly at: string;
}

/** A held record as the engine stores it; ids, names and retry times are the store's. */
export interface HoldRequest {
  readonly sourceKey: string;
  readonly label: string;
  readonly step: HeldStep;
  /** For a held write-back: what the target had answered, so that the next attempt writes back the same. */
  readonly action?: OutcomeAction | undefined;
  readonly class: IssueClass;
  readonly signature: string;
  readonly issues: readonly Issue[];
  readonly trail: RecordTrail;
}

/**
 * A value a person corrected, by its path in the source record (`Account.No`, `Lines.0.Unit`). It counts as long as
 * the source still has `before`.
 */
export interface CorrectedValue {
  readonly path: string;
  readonly before: Cell;
  readonly after: Cell;
}

/** One record to try again; several steps of one source key may be due at once. */
export interface DueRecord {
  readonly sourceKey: string;
  readonly step: HeldStep;
  /** As the hold gave it; a store may leave it out, then all write-backs after an answer apply. */
  readonly action?: OutcomeAction | undefined;
  /** Laid over the record as it is read, for this attempt alone. */
  readonly values?: readonly CorrectedValue[] | undefined;
}

export type OutcomeDraft = Omit<RecordOutcome, "id" | "runId">;

/** A value that a value map does not list, with the records of the page that met it. */
export interface UnknownValueCount {
  readonly map: string;
  readonly value: string;
  /** Records that cannot go on without it. */
  readonly held: number;
  /** Records that went on with the map's or the formula's own default. */
  readonly defaulted: number;
  /** Label of one of them. */
  readonly example: string;
}

/** What one page adds to a total: sums as decimal text. `total` is its place in the definition. */
export interface TotalDraft {
  readonly total: number;
  readonly by: string | null;
  readonly source: string;
  readonly target: string;
  readonly records: number;
  /** Records of which one side could not be computed; they are in neither sum. */
  readonly missing: number;
}

/**
 * Everything one page leaves behind; stored in one transaction or not at all (I1). Counts and times are those of
 * this page alone. A held record that is open already for the same key and step is updated, not doubled.
 */
export interface PageCommit {
  readonly outcomes: readonly OutcomeDraft[];
  readonly links: readonly RecordLink[];
  /** Source keys whose link is void: a pending one, because nothing was written, or that of a removed record. */
  readonly dropLinks: readonly string[];
  readonly held: readonly HoldRequest[];
  /** Source keys whose held records this page settled. */
  readonly settled: readonly DueRecord[];
  readonly unknownValues: readonly UnknownValueCount[];
  readonly totals: readonly TotalDraft[];
  /** Where the next page starts; undefined leaves the cursor alone (re-runs, events). */
  readonly cursor: Cursor | undefined;
  readonly counts: RunCounts;
  readonly phaseMs: Partial<Record<RunPhase, number>>;
}

/** Links in the order of their source keys, behind `after`; null starts at the beginning. */
export interface LinksRequest {
  readonly states: readonly RecordLink["state"][];
  readonly after: string | null;
  readonly limit: number;
}

/** What a run remembers, already bound to one transfer and one run. */
export interface RunStore {
  readCursor(): Promise<Cursor | null>;
  readLinks(sourceKeys: readonly string[]): Promise<readonly RecordLink[]>;
  /** Commits before any write of the page is sent and replaces the links of the same keys (I3). */
  savePendingLinks(links: readonly RecordLink[]): Promise<void>;
  commitPage(page: PageCommit): Promise<void>;
  /**
   * Links left pending by a run that did not end, oldest first: those without an open held record. The source may
   * have been written back already, so that no page brings their records again (I2).
   */
  readPendingLinks(limit: number): Promise<readonly RecordLink[]>;
  /** Those of the keys this very run has an outcome for. */
  readReported(sourceKeys: readonly string[]): Promise<readonly string[]>;
  /**
   * Held records of this transfer that are due now, oldest first, those held in a removal aside; in a run of chosen
   * held records, those chosen.
   */
  readDueRecords(limit: number): Promise<readonly DueRecord[]>;
  readLinksInOrder(request: LinksRequest): Promise<readonly RecordLink[]>;
  /** `linked` counts all whose target record is in use, those of `gone` included; held removals are not in `gone`. */
  countLinks(): Promise<{ readonly linked: number; readonly gone: number }>;
  /** Gone links that may be removed now: not held, or held and due. A held one without link has no target key. */
  readDueRemovals(request: Omit<LinksRequest, "states">): Promise<readonly RecordLink[]>;
  /** Those of the target keys to which a record of this transfer is linked that is not gone, `besides` left out. */
  readTargetsInUse(targetKeys: readonly string[], besides: readonly string[]): Promise<readonly string[]>;
  /** Target key a source record of another transfer was linked to, for LINKED(). */
  findLinked(
    object: string,
    recordIds: readonly string[],
  ): Promise<Readonly<Record<string, readonly string[]>>>;
}

export interface Clock {
  /** Now as ISO instant with `Z`. */
  now(): string;
  /** Resolves after `ms`, or at once when the run is asked to stop. */
  sleep(ms: number): Promise<void>;
}

/** Asks the run to end after what is in flight; an `AbortSignal` is one. */
export interface StopSignal {
  readonly aborted: boolean;
}
