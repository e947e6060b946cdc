/** One condition: field, operator, value, where it runs, what is wrong with it, and a way to take it out. */
import { ActionIcon, Select, Text } from "@mantine/core";
import { formatPath, fromFilterRows, type FilterOperator } from "@fieldbridge/formula";
import { X } from "lucide-react";
import { isComplete, type ConditionItem } from "./builder-tree.ts";
import { ConditionMark } from "./condition-mark.tsx";
import type { FieldOptions } from "./field-options.ts";
import { operatorsOf, withField, withOperator, wordsOf } from "./filter-operators.ts";
import type { FilterPart } from "./split-conditions.ts";
import { ValueControl } from "./value-control.tsx";
import classes from "./filter-builder.module.css";

export interface ConditionRowProps {
  readonly condition: ConditionItem;
  /** "Condition 2": begins the name of every control. */
  readonly label: string;
  readonly options: FieldOptions;
  /** Says what is wrong with a formula; null where nothing is. */
  readonly judge: (formula: string) => string | null;
  /** Where it is evaluated; null where that is not known. */
  readonly mark: FilterPart | null;
  readonly onChange: (condition: ConditionItem) => void;
  readonly onRemove: () => void;
}

export function ConditionRow({
  condition,
  label,
  options,
  judge,
  mark,
  onChange,
  onRemove,
}: ConditionRowProps) {
  const path = formatPath(condition.field);
  const field = options.byPath.get(path)?.field ?? null;
  const type = field?.type ?? null;
  const complete = isComplete(condition);
  const mistake = complete ? judge(fromFilterRows({ kind: "group", join: "and", items: [condition] })) : null;
  const isListed = condition.field.length === 0 || options.byPath.has(path);
  const offered = operatorsOf(type, condition.operator);
  return (
    <div role="group" aria-label={label} className={classes.row} data-item={condition.key}>
      <Select
        size="xs"
        className={classes.field}
        aria-label={`${label}: field`}
        placeholder="Choose a field"
        searchable
        allowDeselect={false}
        limit={100}
        nothingFoundMessage="No field with this name"
        data={[
          ...options.groups.map((each) => ({ group: each.group, items: [...each.items] })),
          ...(isListed ? [] : [{ group: "Not known here", items: [{ value: path, label: path }] }]),
        ]}
        value={condition.field.length === 0 ? null : path}
        onChange={(value) => {
          const found = value === null ? undefined : options.byPath.get(value);
          if (found) onChange(withField(condition, found.path, type, found.field.type));
        }}
      />
      <Select
        size="xs"
        className={classes.operator}
        aria-label={`${label}: operator`}
        allowDeselect={false}
        disabled={condition.field.length === 0}
        data={offered.map((each) => ({ value: each, label: wordsOf(each, type) }))}
        value={condition.operator}
        onChange={(value) => {
          const found: FilterOperator | undefined = offered.find((each) => each === value);
          if (found) onChange(withOperator(condition, found, type));
        }}
      />
      {condition.field.length === 0 ? null : (
        <ValueControl
          condition={condition}
          field={field}
          label={label}
          onChange={(values) => onChange({ ...condition, values })}
        />
      )}
      {complete ? (
        mark && <ConditionMark part={mark} />
      ) : (
        <Text size="xs" c="dimmed">
          Not used until it is complete
        </Text>
      )}
      <ActionIcon
        className={classes.remove}
        variant="subtle"
        color="gray"
        size={28}
        aria-label={`Remove ${label.toLowerCase()}`}
        onClick={onRemove}
      >
        <X size={16} aria-hidden />
      </ActionIcon>
      {mistake === null ? null : (
        <Text size="xs" c="var(--mantine-color-error)" className={classes.mistake}>
          {mistake}
        </Text>
      )}
    </div>
  );
}
