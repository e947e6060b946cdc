/** The keys of the mapping screen's rows. Each gives true where it was used; what it means is done by the screen. */
import type { KeyboardEvent, RefObject } from "react";
import { refuseSource } from "../graph/to-edit.ts";
import type { SourceRow, TargetRow } from "../graph/rows.ts";
import type { Suggestion } from "../suggest/suggest-mappings.ts";
import type { PanesHandle } from "./mapping-panes.tsx";
import type { MappingScreen } from "./use-mapping-screen.ts";

export interface MappingKeysInput {
  readonly screen: MappingScreen;
  /** Whether single letters are shortcuts. */
  readonly singleKeys: boolean;
  readonly panes: RefObject<PanesHandle | null>;
  readonly onAccept: (suggestion: Suggestion) => void;
  /** `start` is the formula to begin with. */
  readonly onEdit: (target: TargetRow, start?: string) => void;
  readonly onInspect: (target: string) => void;
  readonly onPickTarget: (source: string) => void;
  readonly onRemove: (target: TargetRow) => void;
  readonly onRefuse: (reason: string) => void;
  readonly onOpenLines: (target: string) => void;
  readonly onStep: (by: number) => void;
  readonly onStepLine: (by: number) => void;
  readonly onStepProblem: (by: number) => void;
  readonly onShowAll: () => void;
}

export interface MappingKeys {
  readonly source: (row: SourceRow, event: KeyboardEvent) => boolean;
  readonly target: (row: TargetRow, event: KeyboardEvent) => boolean;
  /** Keys that mean the same in both trees. */
  readonly common: (event: KeyboardEvent) => boolean;
}

const isPlain = (event: KeyboardEvent): boolean => !event.ctrlKey && !event.metaKey && !event.altKey;

function targetKey(input: MappingKeysInput, row: TargetRow, event: KeyboardEvent): boolean {
  const plain = isPlain(event);
  if ((event.ctrlKey || event.metaKey) && event.key === " ") {
    const found = input.screen.suggestions.find((each) => each.target.id === row.id);
    if (found) input.onAccept(found);
    return true;
  }
  if (event.key === "F2" || (event.key === "Enter" && plain)) return (input.onEdit(row), true);
  if (event.key === "Enter" && event.altKey) return (input.onInspect(row.id), true);
  if (event.key === "=" && plain) return (input.onEdit(row, "="), true);
  if ((event.key === "Delete" || event.key === "Backspace") && plain) return (input.onRemove(row), true);
  if (event.key === " " && plain) return (input.onInspect(row.id), true);
  if (event.key === "ArrowRight" && row.kind === "many" && row.mapped > 0)
    return (input.onOpenLines(row.name), true);
  if (!input.singleKeys || !plain) return false;
  if (event.key === "c") return (input.onEdit(row, '""'), true);
  if (event.key === "b") return (input.onInspect(row.id), true);
  return false;
}

function sourceKey(input: MappingKeysInput, row: SourceRow, event: KeyboardEvent): boolean {
  const { screen } = input;
  if (!isPlain(event)) return false;
  if (event.key === "ArrowRight" && row.expanded === false) return (screen.toggle(row), true);
  if (event.key === "ArrowLeft") {
    if (row.expanded === true) screen.toggle(row);
    else if (row.parentId !== null) input.panes.current?.focusSource(row.parentId);
    return true;
  }
  if (event.key !== "Enter") return false;
  if (row.kind === "field" || row.kind === "many") {
    const reason = refuseSource(row);
    if (reason === null) input.onPickTarget(row.id);
    else input.onRefuse(reason);
  } else screen.toggle(row);
  return true;
}

function commonKey(input: MappingKeysInput, event: KeyboardEvent): boolean {
  if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp"))
    return (input.onStepProblem(event.key === "ArrowDown" ? 1 : -1), true);
  if (event.altKey && event.key.toLowerCase() === "v") return (input.onShowAll(), true);
  if (!isPlain(event)) return false;
  const steps: Record<string, () => void> = {
    "[": () => input.onStep(-1),
    "]": () => input.onStep(1),
    "{": () => input.onStepLine(-1),
    "}": () => input.onStepLine(1),
  };
  const work = steps[event.key];
  work?.();
  return work !== undefined;
}

export const toMappingKeys = (input: MappingKeysInput): MappingKeys => ({
  source: (row, event) => sourceKey(input, row, event),
  target: (row, event) => targetKey(input, row, event),
  common: (event) => commonKey(input, event),
});
