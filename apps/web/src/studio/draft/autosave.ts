/**
 * Sends the draft a second after the last edit and at most five after the first, one request at a time. It never
 * reports Saved before the server answered, and a colleague's newer draft stops it until a person decides.
 */
import type { TransferDefinition } from "@fieldbridge/model";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { DraftStore } from "./draft-store.ts";

export type SaveState =
  | { readonly kind: "saved"; readonly at: string }
  | { readonly kind: "saving" }
  | { readonly kind: "offline" }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "conflict" };

/** What the server said: the new revision, a newer draft of somebody else, no line, or a reason. */
export type SaveAnswer =
  | { readonly kind: "saved"; readonly draftRevision: number; readonly at: string }
  | { readonly kind: "conflict" }
  | { readonly kind: "offline" }
  | { readonly kind: "failed"; readonly reason: string };

export interface AutosavePorts {
  readonly save: (definition: TransferDefinition, draftRevision: number) => Promise<SaveAnswer>;
  /** Called with every edit that is not confirmed, and with null when all are. */
  readonly keep: (definition: TransferDefinition | null, draftRevision: number) => void;
  readonly now: () => number;
  /** Runs `work` after `ms`; the result cancels it. */
  readonly schedule: (work: () => void, ms: number) => () => void;
}

export interface Autosave {
  readonly state: StoreApi<{ readonly save: SaveState; readonly draftRevision: number }>;
  /** Sends what is unsent now. Resolves when the server answered; true where everything is saved. */
  readonly flush: () => Promise<boolean>;
  /** Goes on from another revision: after a conflict, with or without the edits made here. */
  readonly rebase: (draftRevision: number, savedAt: string, unsaved: boolean) => void;
  readonly stop: () => void;
}

const afterLastMs = 1_000;
const afterFirstMs = 5_000;
const retryMs = 5_000;

export function startAutosave(
  draft: DraftStore,
  start: { readonly draftRevision: number; readonly savedAt: string },
  ports: AutosavePorts,
): Autosave {
  const state = createStore<{ save: SaveState; draftRevision: number }>()(() => ({
    save: { kind: "saved", at: start.savedAt },
    draftRevision: start.draftRevision,
  }));
  let savedCount = draft.getState().changeCount;
  let firstEditAt: number | null = null;
  let cancel: (() => void) | null = null;
  let inFlight: Promise<boolean> | null = null;

  const isClean = () => draft.getState().changeCount === savedCount;
  const plan = (ms: number) => {
    cancel?.();
    cancel = ports.schedule(() => void flush(), ms);
  };

  const send = async (): Promise<boolean> => {
    const { definition, changeCount } = draft.getState();
    const { draftRevision } = state.getState();
    firstEditAt = null;
    state.setState({ save: { kind: "saving" } });
    const answer = await ports.save(definition, draftRevision);
    if (answer.kind !== "saved") {
      state.setState({ save: answer });
      if (answer.kind === "offline") plan(retryMs);
      return false;
    }
    savedCount = changeCount;
    const clean = isClean();
    state.setState({
      draftRevision: answer.draftRevision,
      save: clean ? { kind: "saved", at: answer.at } : { kind: "saving" },
    });
    ports.keep(clean ? null : draft.getState().definition, answer.draftRevision);
    return clean;
  };

  const flush = async (): Promise<boolean> => {
    cancel?.();
    cancel = null;
    while (inFlight !== null) await inFlight;
    if (state.getState().save.kind === "conflict") return false;
    if (isClean()) return true;
    inFlight = send().finally(() => {
      inFlight = null;
    });
    return inFlight;
  };

  const unsubscribe = draft.subscribe((next, previous) => {
    if (next.changeCount === previous.changeCount) return;
    ports.keep(next.definition, state.getState().draftRevision);
    if (state.getState().save.kind === "conflict") return;
    const now = ports.now();
    firstEditAt ??= now;
    if (state.getState().save.kind !== "offline") state.setState({ save: { kind: "saving" } });
    plan(Math.max(0, Math.min(afterLastMs, firstEditAt + afterFirstMs - now)));
  });

  return {
    state,
    flush,
    rebase: (draftRevision, savedAt, unsaved) => {
      cancel?.();
      firstEditAt = null;
      savedCount = unsaved ? -1 : draft.getState().changeCount;
      state.setState({ draftRevision, save: unsaved ? { kind: "saving" } : { kind: "saved", at: savedAt } });
      ports.keep(unsaved ? draft.getState().definition : null, draftRevision);
      if (unsaved) plan(0);
    },
    stop: () => {
      cancel?.();
      unsubscribe();
    },
  };
}
