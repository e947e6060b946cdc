/** The value of one run parameter: a list where the transfer names its choices, else text; blank gives none. */
import { Select, TextInput } from "@mantine/core";
import type { Parameter } from "@fieldbridge/model";

export function ParameterInput({
  name,
  parameter,
  value,
  onChange,
  ...words
}: {
  readonly name: string;
  /** Undefined where no transfer has it any more. */
  readonly parameter: Parameter | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly description?: string;
  readonly placeholder?: string;
}) {
  const label = parameter?.label ?? name;
  const choices = parameter?.choices ?? [];
  if (choices.length === 0)
    return (
      <TextInput
        label={label}
        value={value}
        maxLength={1_000}
        onChange={(event) => onChange(event.currentTarget.value)}
        {...words}
      />
    );
  return (
    <Select
      label={label}
      // A value that is no choice any more can still be seen and changed.
      data={[...new Set(value === "" ? choices : [...choices, value])]}
      value={value === "" ? null : value}
      clearable
      clearButtonProps={{ "aria-label": `No value for ${label}` }}
      onChange={(chosen) => onChange(chosen ?? "")}
      {...words}
    />
  );
}
