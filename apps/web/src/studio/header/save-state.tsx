/** Whether the work is safe: the label never says Saved before the server answered. */
import { Button, Group, Text } from "@mantine/core";
import { CircleAlert, CloudOff, CircleCheck, LoaderCircle, UsersRound } from "lucide-react";
import { useStore } from "zustand";
import { useStudio } from "../session/studio-context.tsx";
import type { SaveState } from "../draft/autosave.ts";

const timeOf = (at: string): string =>
  new Intl.DateTimeFormat(undefined, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hour12: false,
  }).format(new Date(at));

export const saveWords = (save: SaveState): string => {
  switch (save.kind) {
    case "saved":
      return `Saved ${timeOf(save.at)}`;
    case "saving":
      return "Saving";
    case "offline":
      return "Offline, kept in this browser";
    case "failed":
      return `Not saved: ${save.reason}`;
    case "conflict":
      return "Not saved: changed by a colleague";
  }
};

const icons = {
  saved: CircleCheck,
  saving: LoaderCircle,
  offline: CloudOff,
  failed: CircleAlert,
  conflict: UsersRound,
};

export function SaveStateText() {
  const { session } = useStudio();
  const save = useStore(session.autosave.state, (state) => state.save);
  const Icon = icons[save.kind];
  const bad = save.kind === "failed" || save.kind === "conflict";
  return (
    <Group gap={6} wrap="nowrap" style={{ minWidth: 0 }}>
      <Icon
        size={15}
        aria-hidden
        style={{ flex: "none", color: bad ? "var(--mantine-color-error)" : "var(--mantine-color-dimmed)" }}
      />
      <Text
        size="sm"
        truncate
        c={bad ? "var(--mantine-color-error)" : "dimmed"}
        role="status"
        className="fb-numbers"
      >
        {saveWords(save)}
      </Text>
      {save.kind === "failed" ? (
        <Button size="compact-sm" variant="default" onClick={() => void session.autosave.flush()}>
          Retry
        </Button>
      ) : null}
    </Group>
  );
}
