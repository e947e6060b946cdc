/** "Map to": a searchable list of the fields of the other side, best matches first. No drag needed. */
import { Modal, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useId, useState } from "react";
import { useFocusReturn } from "../session/use-focus-return.ts";
import classes from "./pick-field-dialog.module.css";

export interface PickItem {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly detail: string;
  /** Why it stands so far up, such as "94 %, same meaning". */
  readonly hint: string | null;
}

export interface PickFieldDialogProps {
  readonly title: string;
  readonly items: readonly PickItem[];
  readonly onPick: (id: string) => void;
  readonly onClose: () => void;
}

const mostShown = 100;

export function PickFieldDialog({ title, items, onPick, onClose }: PickFieldDialogProps) {
  useFocusReturn();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const listId = useId();
  const text = query.trim().toLowerCase();
  const found = items
    .filter(
      (item) =>
        text === "" || item.label.toLowerCase().includes(text) || item.name.toLowerCase().includes(text),
    )
    .slice(0, mostShown);
  const current = Math.min(at, found.length - 1);
  const optionId = (index: number) => `${listId}-${index}`;
  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(found.length - 1, index));
    setAt(next);
    document.getElementById(optionId(next))?.scrollIntoView({ block: "nearest" });
  };
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <TextInput
        data-autofocus
        aria-label="Search fields"
        placeholder="Search by label or name"
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={found.length > 0 ? optionId(current) : undefined}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const item = found[current];
          if (event.key === "ArrowDown") moveTo(current + 1);
          else if (event.key === "ArrowUp") moveTo(current - 1);
          else if (event.key === "Enter" && item) onPick(item.id);
          else return;
          event.preventDefault();
        }}
      />
      <div id={listId} role="listbox" aria-label={title} className={classes.list} tabIndex={-1}>
        {found.map((item, index) => (
          <UnstyledButton
            key={item.id}
            id={optionId(index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            className={classes.item}
            onClick={() => onPick(item.id)}
          >
            <Text size="sm" fw={600} span>
              {item.label}
            </Text>{" "}
            <Text size="xs" c="dimmed" span>
              {item.name === item.label ? "" : item.name} · {item.detail}
            </Text>
            {item.hint === null ? null : (
              <Text size="xs" c="dimmed">
                {item.hint}
              </Text>
            )}
          </UnstyledButton>
        ))}
        {found.length === 0 ? (
          <Text size="sm" c="dimmed" p="sm">
            No field has "{query}" in its label or name.
          </Text>
        ) : null}
      </div>
    </Modal>
  );
}
