/**
 * The public shapes of the formula language: what a record looks like, what a schema must say about it, and
 * what checking and evaluating answer. Everything here is plain data, so it crosses workers and HTTP unchanged.
 */

/**
 * A stored value. Numbers are exact decimal text (`"1250.50"`), dates ISO (`"2026-11-19"`), instants ISO with
 * `Z`; the field's type in the schema says how to read the text. `null` is blank.
 */
export type Cell = null | boolean | string | Row | readonly Row[];

/** One record as read from a system: its fields, to-one relations (`Row`) and to-many relations (`Row[]`). */
export interface Row {
  readonly [name: string]: Cell;
}

export type FieldType =
  | "text"
  | "number"
  | "boolean"
  | "date"
  | "datetime"
  | "time"
  | "choice"
  | "id"
  | "binary"
  | "json";

export interface Choice {
  readonly code: string;
  readonly label: string;
}

/** What the checker must know about a field. `id` behaves as text; a missing `nullable` means it may be blank. */
export interface FieldShape {
  readonly name: string;
  readonly label?: string | undefined;
  readonly type: FieldType;
  readonly nullable?: boolean | undefined;
  /** Longest text in code points. */
  readonly length?: number | undefined;
  /** All digits, and digits after the point, of a number. */
  readonly precision?: number | undefined;
  readonly scale?: number | undefined;
  readonly choices?: readonly Choice[] | undefined;
  /** True where the system refuses codes outside `choices`. */
  readonly restricted?: boolean | undefined;
  /** False where the system cannot filter by this field; such conditions run here. */
  readonly filterable?: boolean | undefined;
}

/** A path segment that leads to another object: `one` gives a row, `many` a list of rows. */
export interface RelationShape {
  readonly name: string;
  readonly label?: string | undefined;
  readonly kind: "one" | "many";
  readonly object: string;
}

export interface ObjectShape {
  readonly name: string;
  readonly label?: string | undefined;
  readonly fields: readonly FieldShape[];
  readonly relations: readonly RelationShape[];
}

/**
 * Names a formula may use. Paths start in `record`; `roots` adds named starts such as `target`, `header`, `run`,
 * `param` and `outcome`. `objects` resolves relations; an object that is not there makes its paths unknown.
 */
export interface Scope {
  readonly record: ObjectShape;
  readonly roots?: Readonly<Record<string, ObjectShape>> | undefined;
  readonly objects?: Readonly<Record<string, ObjectShape>> | undefined;
  /** Known value maps; undefined means the checker does not judge their names. */
  readonly valueMaps?: readonly string[] | undefined;
  /** Formulas of the library that may be called like functions. */
  readonly namedFormulas?: readonly NamedFormula[] | undefined;
  /** Formulas that must run in the source may not look anything up. */
  readonly allowLookups?: boolean | undefined;
}

export type NamedParameterType = "text" | "number" | "boolean" | "date" | "datetime";

export interface NamedParameter {
  readonly name: string;
  readonly type: NamedParameterType;
  /** Blank where the call does not give it. Behind one that may be left out, all may. */
  readonly optional?: boolean | undefined;
}

/** A formula with a name of its own. Its body sees its parameters and nothing of the record it is called for. */
export interface NamedFormula {
  /** Upper case, as functions are written. */
  readonly name: string;
  readonly parameters: readonly NamedParameter[];
  readonly body: string;
  /** What it does, for help. */
  readonly description?: string | undefined;
}

/** Positions count UTF-16 units from the start of the formula text, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A repair offered by the checker: replace `span` by `text`. */
export interface FormulaFix {
  readonly label: string;
  readonly span: Span;
  readonly text: string;
}

/** Something a person can put right in a formula or its data. `code` is a key of `formulaIssueCodes`. */
export interface FormulaIssue {
  readonly code: string;
  readonly severity: "error" | "warning" | "hint";
  readonly message: string;
  readonly hint: string;
  readonly span?: Span | undefined;
  readonly fix?: FormulaFix | undefined;
  /** The value map and the unknown key, where a value map was the cause. */
  readonly valueMap?: { readonly map: string; readonly key: string } | undefined;
}

export interface LookupRequest {
  readonly kind: "lookup" | "lookupFirst" | "exists";
  readonly object: string;
  readonly keyField: string;
  /** The key as stored text. */
  readonly key: string;
  readonly resultField: string;
  readonly sortField?: string | undefined;
}

export interface LinkRequest {
  readonly kind: "linked";
  readonly object: string;
  readonly recordId: string;
}

/** What a lookup table knows: not asked yet, nothing there, one value, or more than one row. */
export type LookupAnswer =
  | { readonly state: "pending" }
  | { readonly state: "missing" }
  | { readonly state: "found"; readonly value: Cell; readonly type?: FieldType | undefined }
  | { readonly state: "many"; readonly count: number };

/** Everything outside the record that a formula may see. It has no other way to reach the world. */
export interface EvalContext {
  /** Instant fixed at run start, ISO with `Z`. `TODAY()` is its date in `timeZone`. */
  readonly now: string;
  /** IANA zone in which dates are taken from instants. */
  readonly timeZone: string;
  /** Rows behind the scope's named roots, for example `{ header, target, run, param, outcome }`. */
  readonly roots?: Readonly<Record<string, Row | null>> | undefined;
  /** The value a map gives for a key; undefined where the map has no such key and no default. */
  readonly mapValue?: ((map: string, key: string) => string | undefined) | undefined;
  readonly lookup?: ((request: LookupRequest | LinkRequest) => LookupAnswer) | undefined;
  /** The record as it was last transferred, for ISCHANGED and PRIORVALUE; null for a new one. */
  readonly prior?: Row | null | undefined;
  /** Address of a record for a person, for `RECORDURL`. */
  readonly recordUrl?: ((object: string, id: string) => string | undefined) | undefined;
}

/** `skipField` leaves the target field alone, `skipRecord` counts the record as skipped, `fail` holds it. */
export type Special =
  | { readonly kind: "skipField" }
  | { readonly kind: "skipRecord"; readonly message: string }
  | { readonly kind: "fail"; readonly message: string };

/** Type of an expression. `list` carries its item type; `unknown` is what only the value itself can tell. */
export interface ExprType {
  readonly name: FieldType | "list" | "unknown" | "special" | "row";
  readonly item?: ExprType | undefined;
}
