/** What every part of the studio may ask for: the session, the draft, the findings and a way to be heard. */
import type { Issue, TransferDefinition, TransferEdit } from "@fieldbridge/model";
import { createContext, useCallback, useContext } from "react";
import { useStore } from "zustand";
import type { DraftState, EditOptions, StepPlace } from "../draft/draft-store.ts";
import type { NamedEdit } from "../graph/to-edit.ts";
import type { SchemaStock } from "../data/use-schemas.ts";
import type { StudioSession } from "./session.ts";

export interface Studio {
  readonly session: StudioSession;
  readonly schemas: SchemaStock;
  readonly issues: readonly Issue[];
  /** Says a sentence in the polite live region, at most one a second. */
  readonly announce: (sentence: string) => void;
  /** Goes to a place of the definition and puts the focus there. */
  readonly goTo: (place: StepPlace) => void;
  /** A target field that was gone to and still waits for the focus; `onArrived` is called once it has it. */
  readonly arriving: string | null;
  readonly onArrived: () => void;
}

export const StudioContext = createContext<Studio | null>(null);

export function useStudio(): Studio {
  const studio = useContext(StudioContext);
  if (studio === null) throw new Error("This part of the studio needs the studio around it.");
  return studio;
}

export const useDraft = <T,>(select: (state: DraftState) => T): T =>
  useStore(useStudio().session.draft, select);

export const useDefinition = (): TransferDefinition => useDraft((state) => state.definition);

/** Applies edits as one named step. */
export function useApply(): (name: string, edits: readonly TransferEdit[], options?: EditOptions) => boolean {
  const { session } = useStudio();
  return useCallback(
    (name, edits, options) => session.draft.getState().apply(name, edits, options),
    [session],
  );
}

export function useApplyChange(): (change: NamedEdit, options?: EditOptions) => boolean {
  const apply = useApply();
  return useCallback((change, options) => apply(change.name, change.edits, options), [apply]);
}
