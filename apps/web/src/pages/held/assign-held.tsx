/** Says who looks after held records, by the name people know; the own name is remembered for "Mine". */
import { Autocomplete, Button, Checkbox } from "@mantine/core";
import { UserRound } from "lucide-react";
import { useState } from "react";
import { useApi, useApiMutation } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import { ConfirmDialog } from "../../kit/index.ts";
import { useOwnName } from "../../state/own-name.ts";

export interface AssignHeldProps {
  readonly ids: readonly string[];
  /** Who has it now, where it is one record. */
  readonly assignee?: string | null;
  readonly label: string;
  readonly size?: "xs" | "sm";
}

export function AssignHeld({ ids, assignee = null, label, size = "sm" }: AssignHeldProps) {
  const [ownName, setOwnName] = useOwnName();
  const [asking, setAsking] = useState(false);
  const [name, setName] = useState("");
  const [isOwn, setIsOwn] = useState(false);
  const counts = useApi("countHeld", undefined, { enabled: asking });
  const assign = useApiMutation("assignManyHeld", {
    invalidates: ["listHeld", "countHeld", "getHeld"],
    onSuccess: () => setAsking(false),
  });
  const known = (counts.data?.assignees ?? []).flatMap((each) => each.assignee ?? []);
  const open = (): void => {
    setName(assignee ?? ownName);
    setIsOwn(false);
    setAsking(true);
  };
  const confirm = (): void => {
    if (isOwn) setOwnName(name);
    assign.mutate({ body: { ids: [...ids], assignee: name.trim() === "" ? null : name.trim() } });
  };
  return (
    <>
      <Button
        variant="default"
        size={size}
        leftSection={<UserRound size={16} aria-hidden />}
        disabled={ids.length === 0}
        onClick={open}
      >
        {label}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={
          ids.length === 1
            ? "Who looks after this record?"
            : `Who looks after ${countOf(ids.length, "record")}?`
        }
        confirmLabel={name.trim() === "" ? "Leave it to nobody" : "Assign"}
        loading={assign.isPending}
        error={assign.error}
        onConfirm={confirm}
      >
        <Autocomplete
          label="Name"
          description="Blank takes the name away."
          data={[...new Set([...(ownName === "" ? [] : [ownName]), ...known])]}
          value={name}
          onChange={setName}
          maxLength={200}
          data-autofocus
        />
        {name.trim() === "" || name.trim() === ownName ? null : (
          <Checkbox
            label="This is my name: remember it in this browser"
            checked={isOwn}
            onChange={(event) => setIsOwn(event.currentTarget.checked)}
          />
        )}
      </ConfirmDialog>
    </>
  );
}
