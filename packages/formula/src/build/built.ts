/**
 * What the builder makes of an expression: its static facts and the closure that computes it. Checking and
 * compiling are the same walk, so what is checked is what runs.
 */
import type { Expr } from "../syntax/expr.ts";
import type {
  Choice,
  EvalContext,
  ExprType,
  FieldShape,
  FormulaIssue,
  LinkRequest,
  LookupRequest,
  ObjectShape,
  Row,
  Scope,
} from "../types.ts";
import type { SpecialResult, Value } from "../value.ts";
import type { FormulaIssueCode, IssueDetails } from "../issue-codes.ts";
import type { ZoneClock } from "../dates/zone.ts";

/** A static type with what the schema knows beyond its name. */
export interface StaticType {
  readonly name: ExprType["name"];
  readonly item?: StaticType | undefined;
  readonly choices?: readonly Choice[] | undefined;
  /** The expression can only be blank, so it fits everywhere. */
  readonly onlyBlank?: boolean | undefined;
}

/** State of one evaluation. `item` is the row of the list a list function is walking through. */
export interface Frame {
  readonly row: Row;
  readonly context: EvalContext;
  readonly clock: ZoneClock;
  item: Row | null;
  steps: number;
  /** How many lookups had no answer yet; their values are blank meanwhile and the result is thrown away. */
  pending: number;
  requests: (LookupRequest | LinkRequest)[] | null;
  warnings: FormulaIssue[] | null;
}

export type Outcome = Value | SpecialResult;
export type Run = (frame: Frame) => Outcome;

export interface Built {
  readonly expr: Expr;
  readonly type: StaticType;
  readonly canBeBlank: boolean;
  /** The same for every record, run and time zone. */
  readonly constant: boolean;
  readonly usesLookup: boolean;
  /** May give a special result. */
  readonly special: boolean;
  readonly run: Run;
  /** The field itself, where the expression is only a path to it. */
  readonly field?: FieldShape | undefined;
  readonly shape?: ObjectShape | undefined;
}

/** The one list that the argument of a list function walks through; found at its first path. */
export interface ListScope {
  key: string | null;
  label: string;
  rows: ((frame: Frame) => readonly Row[]) | null;
}

export interface LookupUse {
  readonly kind: "lookup" | "lookupFirst" | "exists" | "linked" | "valueMap";
  /** Object name, or the name of the value map. */
  readonly object: string;
  readonly keyField?: string | undefined;
  readonly resultField?: string | undefined;
}

/** What the builders of single functions may use; shared by one walk over one formula. */
export interface Builder {
  readonly scope: Scope;
  readonly list: ListScope | null;
  build(expr: Expr, options?: { readonly special?: boolean }): Built;
  /** Builds an argument that is evaluated once per item of the one list used in it. */
  buildEach(expr: Expr, scope: ListScope): Built;
  report(code: FormulaIssueCode, message: string, details?: IssueDetails): void;
  addLookup(use: LookupUse): void;
  /** Text of an expression as written in the formula. */
  textOf(expr: Expr): string;
}

export const UNKNOWN: StaticType = { name: "unknown" };
export const BLANK_TYPE: StaticType = { name: "unknown", onlyBlank: true };
export const TEXT: StaticType = { name: "text" };
export const NUMBER: StaticType = { name: "number" };
export const BOOLEAN: StaticType = { name: "boolean" };
export const DATE: StaticType = { name: "date" };
export const DATETIME: StaticType = { name: "datetime" };
export const TIME: StaticType = { name: "time" };
export const SPECIAL: StaticType = { name: "special" };

const LABELS: Readonly<Record<ExprType["name"], string>> = {
  text: "Text",
  number: "Number",
  boolean: "Boolean",
  date: "Date",
  datetime: "DateTime",
  time: "Time",
  choice: "Choice",
  id: "Text",
  binary: "Binary",
  json: "Json",
  list: "List",
  unknown: "a value",
  special: "a skip or fail result",
  row: "a related record",
};

export function typeLabel(type: StaticType): string {
  return type.name === "list" && type.item ? `List of ${typeLabel(type.item)}` : LABELS[type.name];
}

/** Types that read and compare as text. */
export function isTextual(type: StaticType): boolean {
  return type.name === "text" || type.name === "choice" || type.name === "id";
}

export function toExprType(type: StaticType): ExprType {
  return type.item ? { name: type.name, item: toExprType(type.item) } : { name: type.name };
}

/** Facts of a node that follow from its parts. */
export function combine(parts: readonly Built[]): Pick<Built, "constant" | "usesLookup" | "canBeBlank"> {
  let constant = true;
  let usesLookup = false;
  let canBeBlank = false;
  for (const part of parts) {
    constant &&= part.constant;
    usesLookup ||= part.usesLookup;
    canBeBlank ||= part.canBeBlank;
  }
  return { constant, usesLookup, canBeBlank };
}

/** Stands in for an expression with issues, so that checking goes on around it. */
export function unknownBuilt(expr: Expr): Built {
  return {
    expr,
    type: UNKNOWN,
    canBeBlank: true,
    constant: false,
    usesLookup: false,
    special: false,
    run: () => null,
  };
}
