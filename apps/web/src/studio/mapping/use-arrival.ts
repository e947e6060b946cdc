/** Puts the focus on the target field somebody was sent to: by undo, by a finding, by the checklist. */
import { useEffect, type RefObject } from "react";
import type { TargetRow } from "../graph/rows.ts";
import { useStudio } from "../session/studio-context.tsx";
import type { PanesHandle } from "./mapping-panes.tsx";

/** `active` is the field the address names; it follows a moment after somebody was sent there. */
export function useArrival(active: TargetRow | null, panes: RefObject<PanesHandle | null>): void {
  const { arriving, onArrived } = useStudio();
  const arrived = arriving !== null && (active?.id === arriving || active?.name === arriving);
  const id = arrived ? (active?.id ?? null) : null;
  useEffect(() => {
    if (id === null) return;
    panes.current?.focusTarget(id);
    onArrived();
  }, [id, panes, onArrived]);
}
