/** What a query language can say, and how. A dialect writes; the rules of what may be written are not its own. */
import type { FieldShape } from "../types.ts";
import type { Value } from "../value.ts";

export type Comparison = "=" | "<>" | "<" | "<=" | ">" | ">=";
export type TextSearch = "contains" | "begins" | "ends";

/**
 * A condition in the source's language. `exact` means it holds for the same records as ours; otherwise it holds
 * for more, and the condition is evaluated here once more.
 */
export interface Written {
  readonly text: string;
  readonly exact: boolean;
}

export interface NotWritten {
  readonly reason: string;
}

export type WriteResult = Written | NotWritten;

export interface FilterDialect {
  readonly name: string;
  readonly and: string;
  readonly or: string;
  /** False where OR may only join conditions on one field. */
  readonly orAcrossFields: boolean;
  /** True where a condition may name fields of to-one relations. */
  readonly relations: boolean;
  /** Longest constant in characters. */
  readonly longestText: number;
  writePath(names: readonly string[]): string;
  /** Comparison of a field with a value that is not blank. */
  compare(
    path: string,
    field: FieldShape,
    operator: Comparison,
    value: Value,
    viaRelation: boolean,
  ): WriteResult;
  /** The field is (or is not) blank in our sense. */
  blank(path: string, field: FieldShape, isBlank: boolean, viaRelation: boolean): WriteResult;
  /** The boolean field is TRUE, or is not TRUE (FALSE or blank). */
  truth(path: string, field: FieldShape, isTrue: boolean, viaRelation: boolean): WriteResult;
  search(path: string, kind: TextSearch, part: string, ignoreCase: boolean): WriteResult;
}

export function written(text: string, exact: boolean): Written {
  return { text, exact };
}

export function notWritten(reason: string): NotWritten {
  return { reason };
}

/** Characters that no escaper should have to carry: NUL and halves of surrogate pairs. */
export function isSafeText(text: string): boolean {
  return !/[\0\p{Cs}]/u.test(text);
}
