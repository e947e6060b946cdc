/** Edits the server has not confirmed, kept in this browser so that a crash or a lost line costs nothing. */
import { transferDefinition, type TransferDefinition } from "@fieldbridge/model";
import * as z from "zod";

const unsentEdits = z.object({
  definition: transferDefinition,
  /** Revision of the draft these edits were made on. */
  draftRevision: z.int(),
  at: z.iso.datetime(),
});
export type UnsentEdits = z.infer<typeof unsentEdits>;

const keyOf = (transferId: string): string => `fieldbridge.unsent.${transferId}`;

/** False where the browser refuses to keep anything (private mode, full disk). */
export function keepUnsent(
  storage: Storage,
  transferId: string,
  definition: TransferDefinition,
  draftRevision: number,
  at: string,
): boolean {
  try {
    storage.setItem(keyOf(transferId), JSON.stringify({ definition, draftRevision, at }));
    return true;
  } catch {
    return false;
  }
}

export function readUnsent(storage: Storage, transferId: string): UnsentEdits | null {
  const text = storage.getItem(keyOf(transferId));
  if (text === null) return null;
  try {
    const result = unsentEdits.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

export const dropUnsent = (storage: Storage, transferId: string): void =>
  storage.removeItem(keyOf(transferId));
