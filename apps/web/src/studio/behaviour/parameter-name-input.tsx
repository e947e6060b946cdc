/** The name of a parameter; it is renamed in all formulas when the field is left, and only where the name is free. */
import { TextInput } from "@mantine/core";
import { parameterName } from "@fieldbridge/model";
import { useState } from "react";

export interface ParameterNameInputProps {
  readonly name: string;
  readonly taken: readonly string[];
  readonly onRename: (to: string) => void;
}

export function ParameterNameInput({ name, taken, onRename }: ParameterNameInputProps) {
  const [draft, setDraft] = useState(name);
  const to = draft.trim();
  const problem =
    to === name
      ? null
      : taken.some((each) => each.toLowerCase() === to.toLowerCase() && each !== name)
        ? "The name is taken"
        : (parameterName.safeParse(to).error?.issues[0]?.message ?? null);
  const commit = () => {
    if (problem === null && to !== name) onRename(to);
    else setDraft(name);
  };
  return (
    <TextInput
      aria-label={`Name of the parameter ${name}`}
      value={draft}
      error={problem}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
        if (event.key === "Escape") setDraft(name);
      }}
    />
  );
}
