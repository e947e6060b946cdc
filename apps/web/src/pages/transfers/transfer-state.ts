/** The state of a transfer in one word, and the filter of the list. */
import type { Transfer } from "@fieldbridge/model";

export type TransferState = "draft" | "published" | "changed" | "review";

export const transferStates: readonly { value: TransferState; label: string }[] = [
  { value: "draft", label: "Draft only" },
  { value: "published", label: "Published" },
  { value: "changed", label: "Draft changed" },
  { value: "review", label: "Needs review" },
];

/** `review`: the published revision pauses, because a system changed fields that it uses. */
export function toTransferState(transfer: Pick<Transfer, "published" | "changed" | "review">): TransferState {
  if (transfer.review !== null) return "review";
  if (transfer.published === null) return "draft";
  return transfer.changed ? "changed" : "published";
}

/** Transfers whose name, objects or connections hold `q`, in the wanted state. */
export function filterTransfers(
  transfers: readonly Transfer[],
  filter: { q?: string; state?: string },
): Transfer[] {
  const wanted = (filter.q ?? "").trim().toLowerCase();
  return transfers.filter((each) => {
    const { source, target } = each.definition;
    const text = [each.name, source.object, source.connection, target.object, target.connection]
      .join(" ")
      .toLowerCase();
    return text.includes(wanted) && (filter.state === undefined || toTransferState(each) === filter.state);
  });
}
