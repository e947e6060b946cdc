/**
 * The draft being edited: the definition, and the steps that lead back. Every change is a list of transfer edits
 * with a name; one user action is one step. Lines, texts and badges are computed from the definition, never kept.
 */
import { applyTransferEdit, type TransferDefinition, type TransferEdit } from "@fieldbridge/model";
import { createStore, type StoreApi } from "zustand/vanilla";

/** Where the focus belongs after the step or its undo. */
export interface StepPlace {
  readonly tab: string;
  readonly scope: string | null;
  readonly target: string | null;
}

export interface Step {
  readonly name: string;
  readonly before: TransferDefinition;
  readonly after: TransferDefinition;
  readonly place: StepPlace | null;
  /** Steps with equal keys in quick succession are one: typing. */
  readonly mergeKey: string | null;
  /** Milliseconds of the given clock when the step last grew. */
  readonly at: number;
}

export interface EditOptions {
  readonly place?: StepPlace;
  readonly mergeKey?: string;
}

export interface DraftState {
  readonly definition: TransferDefinition;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
  /** Counts every change of the definition, undo included; autosave compares it. */
  readonly changeCount: number;
  readonly apply: (name: string, edits: readonly TransferEdit[], options?: EditOptions) => boolean;
  /** Takes back the newest step and returns it; null where there is none. */
  readonly undo: () => Step | null;
  readonly redo: () => Step | null;
  /** Shows another definition (a colleague's, a restored one) and forgets the steps. */
  readonly replace: (definition: TransferDefinition) => void;
}

export type DraftStore = StoreApi<DraftState>;

const maxSteps = 200;
const mergeWithinMs = 600;

const isSame = (a: TransferDefinition, b: TransferDefinition): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** `now` gives milliseconds and decides which typing belongs together. */
export function createDraftStore(definition: TransferDefinition, now: () => number): DraftStore {
  return createStore<DraftState>()((set, get) => ({
    definition,
    past: [],
    future: [],
    changeCount: 0,
    apply: (name, edits, options = {}) => {
      const { definition: before, past, changeCount } = get();
      let after = before;
      for (const edit of edits) after = applyTransferEdit(after, edit);
      if (isSame(before, after)) return false;
      const at = now();
      const mergeKey = options.mergeKey ?? null;
      const place = options.place ?? null;
      const last = past.at(-1);
      const merges =
        last !== undefined &&
        mergeKey !== null &&
        last.mergeKey === mergeKey &&
        at - last.at <= mergeWithinMs;
      const step = { name, before: merges ? last.before : before, after, place, mergeKey, at };
      const kept = merges ? past.slice(0, -1) : past;
      set({
        definition: after,
        past: [...kept, step].slice(-maxSteps),
        future: [],
        changeCount: changeCount + 1,
      });
      return true;
    },
    undo: () => {
      const { past, future, changeCount } = get();
      const step = past.at(-1);
      if (step === undefined) return null;
      set({
        definition: step.before,
        past: past.slice(0, -1),
        future: [step, ...future],
        changeCount: changeCount + 1,
      });
      return step;
    },
    redo: () => {
      const { past, future, changeCount } = get();
      const [step, ...rest] = future;
      if (step === undefined) return null;
      set({
        definition: step.after,
        past: [...past, { ...step, mergeKey: null }],
        future: rest,
        changeCount: changeCount + 1,
      });
      return step;
    },
    replace: (next) => set({ definition: next, past: [], future: [], changeCount: get().changeCount + 1 }),
  }));
}
