/** Asks once what the person at this browser is called. */
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { ConfirmDialog } from "../../kit/index.ts";

export interface NameDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onName: (name: string) => void;
}

export function NameDialog({ opened, onClose, onName }: NameDialogProps) {
  const [name, setName] = useState("");
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title="What is your name?"
      confirmLabel="Show my records"
      disabled={name.trim() === ""}
      onConfirm={() => onName(name.trim())}
    >
      <TextInput
        label="Your name"
        description="As others assign records to you. It is remembered in this browser."
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
    </ConfirmDialog>
  );
}
