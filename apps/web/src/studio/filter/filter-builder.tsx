/**
 * The filter as rows: a reversible view of the formula. Every complete row is in the formula at once; the rows on the
 * screen stay while the formula is the one they made, and are read anew when it came from elsewhere (undo, typing).
 */
import { Button, SegmentedControl } from "@mantine/core";
import { MAX_GROUP_DEPTH, type FilterGroup } from "@fieldbridge/formula";
import { FolderPlus, Plus, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import {
  addItem,
  changeItem,
  emptyCondition,
  nextKey,
  toFormula,
  toTree,
  type BuilderItem,
  type GroupItem,
} from "./builder-tree.ts";
import { ConditionRow } from "./condition-row.tsx";
import type { FieldOptions } from "./field-options.ts";
import type { FilterPart } from "./split-conditions.ts";
import classes from "./filter-builder.module.css";

export interface FilterBuilderProps {
  /** The formula now, and the rows it can be shown as. */
  readonly filter: string;
  readonly group: FilterGroup;
  readonly options: FieldOptions;
  readonly judge: (formula: string) => string | null;
  /** Where the part of the formula with this text is evaluated. */
  readonly markOf: (formula: string) => FilterPart | null;
  readonly onApply: (formula: string) => void;
}

interface GroupViewProps extends Pick<FilterBuilderProps, "options" | "judge"> {
  readonly group: GroupItem;
  readonly depth: number;
  readonly label: string;
  /** The mark of an item of this group. */
  readonly markOf: (item: BuilderItem) => FilterPart | null;
  readonly onChange: (key: number, change: (item: BuilderItem) => BuilderItem | null) => void;
  readonly onAdd: (groupKey: number, kind: BuilderItem["kind"]) => void;
}

function GroupView({ group, depth, label, markOf, onChange, onAdd, ...shared }: GroupViewProps) {
  return (
    <div role="group" aria-label={label} className={classes.group} data-item={group.key}>
      {group.items.length < 2 && depth === 1 ? null : (
        <div className={classes.head}>
          <SegmentedControl
            size="xs"
            aria-label={`${label}: joined by`}
            value={group.join}
            data={[
              { value: "and", label: "All of these" },
              { value: "or", label: "Any of these" },
            ]}
            onChange={(value) =>
              onChange(group.key, (item) =>
                item.kind === "group" ? { ...item, join: value === "or" ? "or" : "and" } : item,
              )
            }
          />
          {depth > 1 ? (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              mih={24}
              leftSection={<Trash2 size={14} aria-hidden />}
              onClick={() => onChange(group.key, () => null)}
            >
              Remove group
            </Button>
          ) : null}
        </div>
      )}
      {group.items.map((item, index) => {
        const name = `${depth === 1 ? "Condition" : `${label}, condition`} ${index + 1}`;
        return item.kind === "group" ? (
          <GroupView
            key={item.key}
            {...shared}
            group={item}
            depth={depth + 1}
            label={`${depth === 1 ? "Group" : `${label}, group`} ${index + 1}`}
            markOf={depth === 1 ? () => markOf(item) : markOf}
            onChange={onChange}
            onAdd={onAdd}
          />
        ) : (
          <ConditionRow
            key={item.key}
            {...shared}
            condition={item}
            label={name}
            mark={markOf(item)}
            onChange={(next) => onChange(item.key, () => next)}
            onRemove={() => onChange(item.key, () => null)}
          />
        );
      })}
      <div className={classes.head}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Plus size={14} aria-hidden />}
          title={depth === 1 ? "Alt+N" : undefined}
          data-add={group.key}
          onClick={() => onAdd(group.key, "condition")}
        >
          Add condition
        </Button>
        {depth < MAX_GROUP_DEPTH ? (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<FolderPlus size={14} aria-hidden />}
            onClick={() => onAdd(group.key, "group")}
          >
            Add group
          </Button>
        ) : null}
      </div>
    </div>
  );
}

export function FilterBuilder({ filter, group, options, judge, markOf, onApply }: FilterBuilderProps) {
  const [made, setMade] = useState<{ readonly of: string; readonly tree: GroupItem } | null>(null);
  const tree = made?.of === filter ? made.tree : toTree(group);
  const box = useRef<HTMLDivElement>(null);
  /** What gets the focus after the next rendering: the first control of this item, or the button that adds. */
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    box.current?.querySelector<HTMLElement>(wanted.current)?.focus();
    wanted.current = null;
  });
  const show = (next: GroupItem): void => {
    const formula = toFormula(next);
    // A row that is not complete changes nothing, and leaves the text of the formula as somebody wrote it.
    const isSame = formula === toFormula(tree);
    setMade({ of: isSame ? filter : formula, tree: next });
    if (!isSame) onApply(formula);
  };
  const add = (groupKey: number, kind: BuilderItem["kind"]): void => {
    const key = nextKey(tree);
    const item: BuilderItem =
      kind === "condition"
        ? emptyCondition(key)
        : { kind, key, join: "or", items: [emptyCondition(key + 1), emptyCondition(key + 2)] };
    wanted.current = `[data-item="${key}"] input:not([type="radio"])`;
    show(addItem(tree, groupKey, item));
  };
  const change = (key: number, work: (item: BuilderItem) => BuilderItem | null): void => {
    const next = changeItem(tree, key, work);
    const isGone = (item: BuilderItem): boolean =>
      item.key !== key && (item.kind === "condition" || item.items.every(isGone));
    if (isGone(next)) wanted.current = `[data-add="${tree.key}"]`;
    show(next);
  };
  // A list joined by OR is one condition for the source, a list joined by AND as many as it has items.
  const isOne = tree.join === "or" && tree.items.length > 1;
  const mark = (item: BuilderItem): FilterPart | null => {
    const formula = isOne
      ? toFormula(tree)
      : toFormula({ kind: "group", key: 0, join: "and", items: [item] });
    return formula === "" ? null : markOf(formula);
  };
  return (
    // Alt+N is a shortcut for the button below, from wherever the focus is inside.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={box}
      onKeyDown={(event) => {
        if (!event.altKey || event.ctrlKey || event.code !== "KeyN") return;
        event.preventDefault();
        add(tree.key, "condition");
      }}
    >
      <GroupView
        group={tree}
        depth={1}
        label="Conditions"
        options={options}
        judge={judge}
        markOf={mark}
        onChange={change}
        onAdd={add}
      />
    </div>
  );
}
