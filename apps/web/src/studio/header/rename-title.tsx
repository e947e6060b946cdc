/** The transfer's name as the page heading; a click or Enter makes it a text field. */
import { TextInput, Title, UnstyledButton } from "@mantine/core";
import { Pencil } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useHeadingFocus } from "../../kit/index.ts";
import { useApply, useDefinition, useStudio } from "../session/studio-context.tsx";
import classes from "./header.module.css";

export function RenameTitle() {
  const name = useDefinition().name;
  const apply = useApply();
  const heading = useHeadingFocus(useStudio().session.transferId);
  const [text, setText] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const isEditing = text !== null;
  useEffect(() => input.current?.select(), [isEditing]);
  const finish = (keep: boolean) => {
    const next = text?.trim() ?? "";
    if (keep && next !== "" && next !== name) apply(`Rename to ${next}`, [{ type: "rename", name: next }]);
    setText(null);
  };
  if (text !== null)
    return (
      <TextInput
        className={classes.rename}
        size="sm"
        aria-label="Name of the transfer"
        ref={input}
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => finish(true)}
        onKeyDown={(event) => {
          if (event.key === "Enter") finish(true);
          if (event.key === "Escape") finish(false);
        }}
      />
    );
  return (
    <Title order={1} size="h4" ref={heading} tabIndex={-1} className={classes.title}>
      <UnstyledButton className={classes.titleButton} onClick={() => setText(name)} title="Rename">
        <span className={classes.titleText}>{name}</span>
        <Pencil size={14} aria-hidden className={classes.titlePencil} />
      </UnstyledButton>
    </Title>
  );
}
