/** One transfer being edited in this tab: its draft store and the autosave behind it. */
import type { Transfer } from "@fieldbridge/model";
import { ApiProblem, callApi } from "../../api/index.ts";
import { startAutosave, type Autosave, type SaveAnswer } from "../draft/autosave.ts";
import { createDraftStore, type DraftStore } from "../draft/draft-store.ts";
import { createFormulaReader, type ReadFormula } from "../graph/read-formula.ts";
import { dropUnsent, keepUnsent } from "../draft/unsent-edits.ts";

export interface StudioSession {
  readonly transferId: string;
  readonly draft: DraftStore;
  readonly autosave: Autosave;
  /** Reads formulas with a memory. */
  readonly read: ReadFormula;
  /** Sends what is unsent and stops listening. */
  readonly close: () => void;
}

const toAnswer = (error: unknown): SaveAnswer => {
  if (!(error instanceof ApiProblem)) return { kind: "failed", reason: String(error) };
  if (error.status === 409) return { kind: "conflict" };
  return error.status === 0 ? { kind: "offline" } : { kind: "failed", reason: error.message };
};

/** `onSaved` gets the server's answer to every save, so that lists elsewhere show it too. */
export function openSession(transfer: Transfer, onSaved: (saved: Transfer) => void): StudioSession {
  const now = () => performance.now();
  const draft = createDraftStore(transfer.definition, now);
  const autosave = startAutosave(
    draft,
    { draftRevision: transfer.draftRevision, savedAt: transfer.updatedAt },
    {
      now,
      schedule: (work, ms) => {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
      keep: (definition, draftRevision) => {
        if (definition === null) dropUnsent(localStorage, transfer.id);
        else keepUnsent(localStorage, transfer.id, definition, draftRevision, new Date().toISOString());
      },
      save: async (definition, draftRevision) => {
        try {
          const saved = await callApi("saveDraft", {
            params: { id: transfer.id },
            body: { definition, draftRevision },
          });
          onSaved(saved);
          return { kind: "saved", draftRevision: saved.draftRevision, at: saved.updatedAt };
        } catch (error) {
          return toAnswer(error);
        }
      },
    },
  );
  return {
    transferId: transfer.id,
    draft,
    autosave,
    read: createFormulaReader(),
    close: () => {
      void autosave.flush();
      autosave.stop();
    },
  };
}
