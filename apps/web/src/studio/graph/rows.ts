/** The shapes both trees and the lane are drawn from: plain data, computed, never stored. */
import type { FieldSchema, FieldTypeName, Issue, Mapping, ObjectSchema } from "@fieldbridge/model";

/** Schemas of one system by object name; an object that is not there has not been read yet. */
export type Schemas = Readonly<Record<string, ObjectSchema>>;

/** The target relation of the lines being mapped; null is the header. */
export type LineScope = string | null;

/** How a mapping is made, read off its formula. */
export type MappingKind = "direct" | "formula" | "map" | "lookup" | "constant";

interface TreeRow {
  readonly id: string;
  readonly label: string;
  /** The system's own name of the field or relation. */
  readonly name: string;
  /** Counted from 1, as `aria-level`. */
  readonly level: number;
  readonly setSize: number;
  /** Counted from 1, as `aria-posinset`. */
  readonly position: number;
}

/**
 * `path` is the way to the field as a formula writes it; the `id` of a field is that path as text. `one` leads to
 * a related record and opens in place, `many` to a list. `parent` opens the fields of the header in a line scope.
 */
export interface SourceRow extends TreeRow {
  readonly kind: "field" | "one" | "many" | "parent";
  readonly path: readonly string[];
  readonly parentId: string | null;
  readonly type: FieldTypeName | null;
  readonly field: FieldSchema | null;
  /** Null where there is nothing to open. */
  readonly expanded: boolean | null;
  /** True while an opened relation waits for its fields. */
  readonly loading: boolean;
  /** Number of mappings of this scope that read it (of a relation: that read below it). */
  readonly used: number;
}

/** `many` rows stand for lines of the target; opening one switches the scope. */
export interface TargetRow extends TreeRow {
  readonly kind: "field" | "many";
  readonly field: FieldSchema | null;
  readonly mapping: Mapping | null;
  readonly mappingKind: MappingKind | null;
  /** Outermost function or operator of the formula; null for plain fields and constants. */
  readonly chip: string | null;
  /** Ids of the source rows the formula reads, in the order of the text. */
  readonly reads: readonly string[];
  readonly required: boolean;
  readonly readOnly: boolean;
  /** Part of the match key. */
  readonly isKey: boolean;
  readonly issues: readonly Issue[];
  /** Mappings inside the lines of a `many` row. */
  readonly mapped: number;
}

/**
 * A line of the lane. `source` is the row it starts at: the field itself or the closed relation that hides it.
 * `first` marks the edge that carries the chip of a formula with several sources.
 */
export interface GraphEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly kind: "direct" | "formula" | "lookup" | "bundle";
  readonly problem: boolean;
  readonly chip: string | null;
  readonly first: boolean;
  /** Mappings a bundle stands for. */
  readonly count: number;
}
