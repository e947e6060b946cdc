/** Why no held record is listed, and what to do then. */
import { Button } from "@mantine/core";
import type { HeldRecord } from "@fieldbridge/model";
import { CircleCheck } from "lucide-react";
import { ButtonLink, EmptyState, TimeText } from "../../kit/index.ts";

export interface HeldEmptyProps {
  readonly state: HeldRecord["state"];
  readonly isFiltered: boolean;
  /** When the list was read, epoch milliseconds. */
  readonly at: number;
  readonly onClear: () => void;
}

export function HeldEmpty({ state, isFiltered, at, onClear }: HeldEmptyProps) {
  if (isFiltered)
    return (
      <EmptyState
        title="No held record fits this filter"
        action={
          <Button variant="default" onClick={onClear}>
            Show all held records
          </Button>
        }
      />
    );
  if (state !== "open")
    return (
      <EmptyState title={`No ${state} records`} icon={CircleCheck}>
        Records that were repaired or ignored stand here with their trail.
      </EmptyState>
    );
  return (
    <EmptyState
      title="Nothing to repair"
      icon={CircleCheck}
      action={
        <ButtonLink to="/runs" variant="default">
          Look at the runs
        </ButtonLink>
      }
    >
      A record that fails is held here until it is repaired or ignored; it is never dropped. Checked{" "}
      <TimeText at={new Date(at).toISOString()} both />.
    </EmptyState>
  );
}
