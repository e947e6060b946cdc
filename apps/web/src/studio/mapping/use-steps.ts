/** Going from one sample record, line or problem to the next; behind the last comes the first again. */
import type { RefObject } from "react";
import { useStudio } from "../session/studio-context.tsx";
import type { PanesHandle } from "./mapping-panes.tsx";
import type { MappingScreen } from "./use-mapping-screen.ts";

export interface StepsInput {
  readonly screen: MappingScreen;
  readonly panes: RefObject<PanesHandle | null>;
  /** The target field that has the attention. */
  readonly current: string | null;
  readonly onRecord: (key: string) => void;
  readonly onLine: (index: number) => void;
  readonly onTarget: (id: string) => void;
}

const around = (index: number, count: number): number => (index + count) % count;

export function useSteps({ screen, panes, current, onRecord, onLine, onTarget }: StepsInput) {
  const { announce } = useStudio();
  return {
    toRecord: (by: number) => {
      const { records } = screen.samples;
      const next = records[around(screen.recordIndex + by, Math.max(1, records.length))];
      if (!next) return;
      onRecord(next.key);
      announce(`Sample ${next.label}`);
    },
    toLine: (by: number) => {
      const count = screen.lineRows.length;
      if (count > 0) onLine(around(screen.lineIndex + by, count));
    },
    toProblem: (by: number) => {
      const found = screen.targetRows.filter((each) => each.issues.length > 0);
      const at = found.findIndex((each) => each.id === current);
      const next = found[at < 0 ? 0 : around(at + by, found.length)];
      if (!next) return announce("No problem in these mappings");
      onTarget(next.id);
      panes.current?.focusTarget(next.id);
    },
  };
}
