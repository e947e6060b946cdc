/** Which operators and values a field takes in the condition builder, and their words. */
import type { FilterCondition, FilterOperator, FilterValue } from "@fieldbridge/formula";
import type { FieldTypeName } from "@fieldbridge/model";

export const operatorWords: Readonly<Record<FilterOperator, string>> = {
  equals: "is",
  notEquals: "is not",
  sameText: "is, in any case",
  less: "is less than",
  lessOrEqual: "is at most",
  greater: "is more than",
  greaterOrEqual: "is at least",
  contains: "contains",
  notContains: "does not contain",
  beginsWith: "begins with",
  endsWith: "ends with",
  isOneOf: "is one of",
  isNoneOf: "is none of",
  isBlank: "is blank",
  isNotBlank: "is not blank",
  isTrue: "is true",
  isNotTrue: "is not true",
};

const dateWords: Readonly<Partial<Record<FilterOperator, string>>> = {
  less: "is before",
  lessOrEqual: "is not after",
  greater: "is after",
  greaterOrEqual: "is not before",
};

export const wordsOf = (operator: FilterOperator, type: FieldTypeName | null): string =>
  (type === "date" || type === "datetime" ? dateWords[operator] : undefined) ?? operatorWords[operator];

const blank = ["isBlank", "isNotBlank"] as const;
const order = ["less", "lessOrEqual", "greater", "greaterOrEqual"] as const;
const lists = ["isOneOf", "isNoneOf"] as const;

const byType: Readonly<Record<FieldTypeName, readonly FilterOperator[]>> = {
  text: [
    "equals",
    "notEquals",
    "sameText",
    "contains",
    "notContains",
    "beginsWith",
    "endsWith",
    ...lists,
    ...blank,
  ],
  choice: ["equals", "notEquals", ...lists, ...blank],
  id: ["equals", "notEquals", ...lists, ...blank],
  number: ["equals", "notEquals", ...order, ...blank],
  date: ["equals", ...order, ...blank],
  datetime: [...order, ...blank],
  boolean: ["isTrue", "isNotTrue"],
  time: blank,
  binary: blank,
  json: blank,
};

/** What a field of this type takes; the operator in use is always among them. */
export function operatorsOf(type: FieldTypeName | null, inUse: FilterOperator): readonly FilterOperator[] {
  const offered = byType[type ?? "text"];
  return offered.includes(inUse) ? offered : [...offered, inUse];
}

export type Arity = "none" | "one" | "several";

export const operatorArity = (operator: FilterOperator): Arity =>
  ["isBlank", "isNotBlank", "isTrue", "isNotTrue"].includes(operator)
    ? "none"
    : operator === "isOneOf" || operator === "isNoneOf"
      ? "several"
      : "one";

/** A value to start from; it is not complete until something is typed or chosen. */
export function emptyValue(type: FieldTypeName | null): FilterValue {
  if (type === "number" || type === "date" || type === "datetime") return { type, value: "" };
  return type === "boolean" ? { type, value: true } : { type: "text", value: "" };
}

const fitValues = (operator: FilterOperator, type: FieldTypeName | null, values: readonly FilterValue[]) => {
  const arity = operatorArity(operator);
  if (arity === "none") return [];
  return arity === "several" ? values : [values[0] ?? emptyValue(type)];
};

/** The condition on another field: operator and values stay where they suit it. */
export function withField<C extends FilterCondition>(
  condition: C,
  field: readonly string[],
  before: FieldTypeName | null,
  type: FieldTypeName | null,
): C {
  const offered = byType[type ?? "text"];
  const operator = offered.includes(condition.operator)
    ? condition.operator
    : (offered[0] ?? condition.operator);
  const values = fitValues(operator, type, before === type ? condition.values : []);
  return { ...condition, field, operator, values };
}

/** The condition with another operator: values stay as far as it takes them. */
export const withOperator = <C extends FilterCondition>(
  condition: C,
  operator: FilterOperator,
  type: FieldTypeName | null,
): C => ({ ...condition, operator, values: fitValues(operator, type, condition.values) });
