/** The shapes of the condition builder: rows of field, operator and value in nested groups. */

export type FilterOperator =
  | "equals"
  | "notEquals"
  | "sameText"
  | "less"
  | "lessOrEqual"
  | "greater"
  | "greaterOrEqual"
  | "contains"
  | "notContains"
  | "beginsWith"
  | "endsWith"
  | "isOneOf"
  | "isNoneOf"
  | "isBlank"
  | "isNotBlank"
  | "isTrue"
  | "isNotTrue";

/** A value of a row. Numbers, dates and instants are exact text; `days` counts from today, negative is the past. */
export type FilterValue =
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "number"; readonly value: string }
  | { readonly type: "boolean"; readonly value: boolean }
  | { readonly type: "date"; readonly value: string }
  | { readonly type: "datetime"; readonly value: string }
  | { readonly type: "today"; readonly days: number }
  | {
      readonly type: "now";
      readonly count: number;
      readonly unit: "day" | "hour" | "minute" | "week" | "month";
    }
  | { readonly type: "field"; readonly path: readonly string[] };

export interface FilterCondition {
  readonly kind: "condition";
  readonly field: readonly string[];
  readonly operator: FilterOperator;
  /** None for blank and truth tests, one for most, several for lists. */
  readonly values: readonly FilterValue[];
}

export interface FilterGroup {
  readonly kind: "group";
  readonly join: "and" | "or";
  readonly items: readonly (FilterCondition | FilterGroup)[];
}

export const MAX_GROUP_DEPTH = 3;
