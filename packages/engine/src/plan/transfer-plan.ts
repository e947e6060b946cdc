/** A transfer made ready to run: schemas resolved, formulas compiled, reads shaped. Plain data and closures. */
import type { CompiledFormula } from "@fieldbridge/formula";
import type {
  FieldSchema,
  Mapping,
  NamedFormula,
  ObjectSchema,
  Parameters,
  RunParameters,
  TransferDefinition,
  ValueMap,
  WriteBack,
} from "@fieldbridge/model";
import type { FilterDialect, ReadShape } from "../ports.ts";

/** What the designer and the server know about both sides and the library when they check or compile. */
export interface TransferContext {
  readonly source: ObjectSchema | null;
  readonly target: ObjectSchema | null;
  /** Every known object of the source system by name: the source's related objects and those of lookups. */
  readonly sourceObjects: Readonly<Record<string, ObjectSchema>>;
  readonly targetObjects: Readonly<Record<string, ObjectSchema>>;
  /** Undefined means that the names of value maps are not judged. */
  readonly valueMaps?: readonly Pick<ValueMap, "name">[] | undefined;
  /** Parameters of the definition; its check and compilation take them from there. */
  readonly parameters?: Parameters | undefined;
  /** Whether the connections lead to systems with several companies; undefined is not judged. */
  readonly hasCompanies?: { readonly source: boolean; readonly target: boolean } | undefined;
  /** Formulas of the library that may be called; those of a revision are the ones it was published with (I6). */
  readonly namedFormulas?: readonly NamedFormula[] | undefined;
  /** Language of the source's own filters; null or undefined where conditions run here. */
  readonly sourceDialect?: FilterDialect | null | undefined;
}

/** `path` is its place in the definition, for issues. */
export interface PlannedFormula {
  readonly path: string;
  readonly text: string;
  readonly compiled: CompiledFormula;
  /** The same at any moment for the same record; false for formulas with NOW() or TODAY(). */
  readonly timeless: boolean;
}

export interface PlannedCondition {
  readonly formula: PlannedFormula;
  /** Reads a field that this transfer writes when a record fails; such a note must not end further attempts. */
  readonly readsFailureNote: boolean;
  /** Reads a field that this transfer writes when a record passed; such a note is no reason not to compare it. */
  readonly readsSuccessNote: boolean;
}

export interface PlannedMapping {
  readonly field: FieldSchema;
  readonly formula: PlannedFormula;
  /** Undefined means that the author did not say; blank then leaves the field alone. */
  readonly whenBlank: Mapping["whenBlank"];
  readonly fallback: PlannedFormula | null;
  readonly onlyOnCreate: boolean;
}

export type FieldIndex = ReadonlyMap<string, FieldSchema>;

export interface PlannedLines {
  /** What becomes lines: the rows of a relation of the source record, or the values of a list. */
  readonly from:
    | { readonly kind: "relation"; readonly name: string }
    | { readonly kind: "values"; readonly formula: PlannedFormula };
  /** Relation of the target document that takes them. */
  readonly to: string;
  readonly source: ObjectSchema;
  readonly target: ObjectSchema;
  readonly filter: PlannedFormula | null;
  readonly mappings: readonly PlannedMapping[];
  /** Fields of the target line by name. */
  readonly fields: FieldIndex;
  /** Mapped field that identifies a line within its document; null pairs lines by their order. */
  readonly keyField: string | null;
}

export interface PlannedMatchKey {
  readonly field: FieldSchema;
  readonly formula: PlannedFormula;
}

export type PlannedMatch =
  | {
      readonly by: "keys";
      readonly keys: readonly PlannedMatchKey[];
      readonly found: "update" | "skip" | "fail";
      readonly missing: "create" | "skip" | "fail";
    }
  | {
      readonly by: "link";
      readonly found: "update" | "skip" | "fail";
      readonly missing: "create" | "skip" | "fail";
    }
  | { readonly by: "never" };

export interface PlannedWriteBack {
  readonly path: string;
  readonly on: WriteBack["on"];
  /** To-one relation whose record is written; null writes the source record itself. */
  readonly to: string | null;
  readonly object: ObjectSchema;
  readonly values: readonly { readonly field: FieldSchema; readonly formula: PlannedFormula }[];
}

/** What becomes of target records whose source record is gone. */
export interface PlannedRemovals {
  readonly mode: "flag" | "delete";
  /** What a flag writes; empty for a delete. */
  readonly values: readonly { readonly field: FieldSchema; readonly formula: PlannedFormula }[];
  /** Condition on the source record without which it counts as removed. */
  readonly scope: PlannedFormula | null;
  readonly guardPercent: number;
  /** What is read of a source record to see whether it is still there and meets `scope`. */
  readonly sourceShape: ReadShape;
  readonly targetShape: ReadShape;
}

export interface PlannedTotal {
  readonly label: string;
  readonly source: PlannedFormula;
  readonly target: PlannedFormula;
  readonly by: PlannedFormula | null;
}

/** A field the transfer relies on, as it was when the transfer was compiled. */
export interface UsedField {
  readonly side: "source" | "target";
  readonly object: string;
  readonly field: FieldSchema;
}

export interface TransferPlan {
  readonly definition: TransferDefinition;
  readonly source: ObjectSchema;
  readonly target: ObjectSchema;
  readonly sourceObjects: Readonly<Record<string, ObjectSchema>>;
  readonly targetObjects: Readonly<Record<string, ObjectSchema>>;
  readonly sourceShape: ReadShape;
  /** What is read of a target record to compare it and to answer write-backs. */
  readonly targetShape: ReadShape;
  readonly stampField: string | null;
  /** Fields of the target object by name. */
  readonly targetFields: FieldIndex;
  /** Part of the filter that the source evaluates, in its own language, for a run that begins at `now`. */
  readonly sourceFilterAt: (now: string, parameters?: RunParameters) => string | null;
  /** All conditions of the filter, each evaluated here as well: a source may compare text more loosely. */
  readonly conditions: readonly PlannedCondition[];
  readonly match: PlannedMatch;
  readonly mappings: readonly PlannedMapping[];
  readonly lines: readonly PlannedLines[];
  readonly writeBacks: readonly PlannedWriteBack[];
  /** Null where removed records are ignored. */
  readonly removals: PlannedRemovals | null;
  readonly totals: readonly PlannedTotal[];
  readonly answerFields: readonly string[];
  readonly timeZone: string;
  readonly usedFields: readonly UsedField[];
}
