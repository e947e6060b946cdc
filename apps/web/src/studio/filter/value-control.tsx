/** The value of a condition, edited in the way of its field's type: choices, numbers, days and moments, or text. */
import { MultiSelect, Select, TagsInput, Text } from "@mantine/core";
import { formatPath, type FilterCondition, type FilterValue } from "@fieldbridge/formula";
import type { FieldSchema } from "@fieldbridge/model";
import { CommitInput } from "./commit-input.tsx";
import { emptyValue, operatorArity } from "./filter-operators.ts";
import { MomentControl } from "./moment-control.tsx";

export interface ValueControlProps {
  readonly condition: FilterCondition;
  /** Null where the field is not known. */
  readonly field: FieldSchema | null;
  /** Begins every label: which condition this is. */
  readonly label: string;
  readonly onChange: (values: readonly FilterValue[]) => void;
}

const textOf = (value: FilterValue): string =>
  value.type === "field" ? formatPath(value.path) : "value" in value ? String(value.value) : "";

/** Number or text, as the field wants it. */
const toValue = (text: string, field: FieldSchema | null): FilterValue =>
  field?.type === "number" ? { type: "number", value: text.trim() } : { type: "text", value: text };

function SeveralValues({ condition, field, label, onChange }: ValueControlProps) {
  const texts = condition.values.map(textOf);
  const change = (next: string[]) => onChange(next.map((each) => toValue(each, field)));
  const choices = field?.choices ?? [];
  const shared = { size: "xs", "aria-label": `${label}: values`, value: texts, onChange: change, miw: 220 };
  if (choices.length === 0) return <TagsInput {...shared} placeholder="Type a value, then Enter" />;
  const known = new Set(choices.map((each) => each.code));
  const others = texts.filter((each) => !known.has(each));
  return (
    <MultiSelect
      {...shared}
      searchable
      data={[
        ...choices.map((each) => ({ value: each.code, label: each.label })),
        ...others.map((each) => ({ value: each, label: each })),
      ]}
    />
  );
}

export function ValueControl(props: ValueControlProps) {
  const { condition, field, label, onChange } = props;
  const arity = operatorArity(condition.operator);
  if (arity === "none") return null;
  if (arity === "several") return <SeveralValues {...props} />;
  const value = condition.values[0] ?? emptyValue(field?.type ?? null);
  const name = `${label}: value`;
  if (value.type === "field")
    return (
      <Text size="sm" className="fb-mono">
        {textOf(value)}
      </Text>
    );
  if (value.type === "boolean")
    return (
      <Select
        size="xs"
        w={110}
        aria-label={name}
        allowDeselect={false}
        data={["TRUE", "FALSE"]}
        value={value.value ? "TRUE" : "FALSE"}
        onChange={(next) => onChange([{ type: "boolean", value: next === "TRUE" }])}
      />
    );
  if (value.type === "date" || value.type === "datetime" || value.type === "today" || value.type === "now")
    return (
      <MomentControl
        value={value}
        isDay={value.type === "date" || value.type === "today"}
        label={name}
        onChange={(next) => onChange([next])}
      />
    );
  if (value.type === "text" && field?.choices && field.choices.length > 0) {
    const isKnown = field.choices.some((each) => each.code === value.value) || value.value === "";
    return (
      <Select
        size="xs"
        w={220}
        aria-label={name}
        placeholder="Choose"
        searchable
        data={[
          ...field.choices.map((each) => ({ value: each.code, label: each.label })),
          ...(isKnown ? [] : [{ value: value.value, label: value.value }]),
        ]}
        value={value.value === "" ? null : value.value}
        onChange={(next) => onChange([{ type: "text", value: next ?? "" }])}
      />
    );
  }
  return (
    <CommitInput
      label={name}
      value={value.value}
      inputMode={value.type === "number" ? "decimal" : "text"}
      width={value.type === "number" ? 120 : 220}
      invalid={value.type === "number" && value.value !== "" && !/^-?\d+(\.\d+)?$/.test(value.value)}
      onCommit={(text) =>
        onChange([
          value.type === "number" ? { type: "number", value: text.trim() } : { type: "text", value: text },
        ])
      }
    />
  );
}
