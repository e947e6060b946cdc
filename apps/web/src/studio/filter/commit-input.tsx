/** A text field that is done when it is left or Enter is pressed, so that half a value is no edit. */
import { TextInput } from "@mantine/core";
import { useState } from "react";

export interface CommitInputProps {
  readonly label: string;
  readonly value: string;
  readonly type?: "text" | "date" | "datetime-local";
  readonly inputMode?: "text" | "decimal" | "numeric";
  readonly width?: number;
  readonly invalid?: boolean;
  readonly onCommit: (value: string) => void;
}

export function CommitInput({ label, value, type = "text", onCommit, ...more }: CommitInputProps) {
  const [typed, setTyped] = useState<{ readonly of: string; readonly text: string } | null>(null);
  const text = typed?.of === value ? typed.text : value;
  const commit = (): void => {
    setTyped(null);
    if (text !== value) onCommit(text);
  };
  return (
    <TextInput
      size="xs"
      aria-label={label}
      type={type}
      inputMode={more.inputMode}
      w={more.width}
      error={more.invalid === true}
      value={text}
      onChange={(event) => setTyped({ of: value, text: event.currentTarget.value })}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
        if (event.key === "Escape" && text !== value) {
          event.stopPropagation();
          setTyped(null);
        }
      }}
    />
  );
}
