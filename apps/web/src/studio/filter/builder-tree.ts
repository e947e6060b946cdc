/**
 * The rows of the condition builder while they are edited: the groups of the formula language with a key for each
 * item, and with rows that are not complete yet. Incomplete rows stay on the screen and out of the formula.
 */
import {
  fromFilterRows,
  type FilterCondition,
  type FilterGroup,
  type FilterValue,
} from "@fieldbridge/formula";
import { operatorArity } from "./filter-operators.ts";

export interface ConditionItem extends FilterCondition {
  readonly key: number;
}

export interface GroupItem {
  readonly kind: "group";
  readonly key: number;
  readonly join: "and" | "or";
  readonly items: readonly BuilderItem[];
}

export type BuilderItem = ConditionItem | GroupItem;

/** Items with keys that no other item of `tree` has. */
export const nextKey = (tree: GroupItem): number => {
  const largest = (item: BuilderItem): number =>
    item.kind === "group" ? Math.max(item.key, ...item.items.map(largest)) : item.key;
  return largest(tree) + 1;
};

/** Gives every item a key, in reading order. */
export function toTree(group: FilterGroup): GroupItem {
  let last = 0;
  const keyed = (item: FilterCondition | FilterGroup): BuilderItem => {
    last += 1;
    const key = last;
    return item.kind === "group" ? { ...item, key, items: item.items.map(keyed) } : { ...item, key };
  };
  return { kind: "group", key: 0, join: group.join, items: group.items.map(keyed) };
}

const patterns: Readonly<Partial<Record<FilterValue["type"], RegExp>>> = {
  text: /./s,
  number: /^-?\d+(\.\d+)?$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  datetime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/,
};

const isValid = (value: FilterValue): boolean =>
  "value" in value ? (patterns[value.type]?.test(String(value.value)) ?? true) : true;

export function isComplete({ field, operator, values }: FilterCondition): boolean {
  const arity = operatorArity(operator);
  const enough = arity === "none" || (arity === "one" ? values.length === 1 : values.length > 0);
  return field.length > 0 && enough && values.every(isValid);
}

/** The group without keys and without what is not complete; groups that become empty are left out. */
export function toGroup(tree: GroupItem): FilterGroup {
  const items = tree.items.flatMap((item): (FilterCondition | FilterGroup)[] => {
    if (item.kind === "group") {
      const inner = toGroup(item);
      return inner.items.length === 0 ? [] : [inner];
    }
    const { kind, field, operator, values } = item;
    return isComplete(item) ? [{ kind, field, operator, values }] : [];
  });
  return { kind: "group", join: tree.join, items };
}

/** The formula of the complete rows; empty where there is none. */
export function toFormula(tree: GroupItem): string {
  const group = toGroup(tree);
  return group.items.length === 0 ? "" : fromFilterRows(group);
}

/** `change` gives what stands in the place of the item with this key: the item changed, or nothing. */
export function changeItem(
  tree: GroupItem,
  key: number,
  change: (item: BuilderItem) => BuilderItem | null,
): GroupItem {
  const walk = (group: GroupItem): GroupItem => ({
    ...group,
    items: group.items.flatMap((item) => {
      if (item.key === key) return change(item) ?? [];
      return item.kind === "group" ? walk(item) : item;
    }),
  });
  const root = key === tree.key ? change(tree) : walk(tree);
  return root?.kind === "group" ? root : tree;
}

/** A new last item of the group with this key. */
export const addItem = (tree: GroupItem, groupKey: number, item: BuilderItem): GroupItem =>
  changeItem(tree, groupKey, (group) =>
    group.kind === "group" ? { ...group, items: [...group.items, item] } : group,
  );

export const emptyCondition = (key: number): ConditionItem => ({
  kind: "condition",
  key,
  field: [],
  operator: "equals",
  values: [],
});
