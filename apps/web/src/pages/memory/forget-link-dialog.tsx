/** Forgets one link, after saying what the next run does without it. */
import { Text } from "@mantine/core";
import type { Transfer, TransferLink } from "@fieldbridge/model";
import { useApiMutation } from "../../api/index.ts";
import { ConfirmDialog } from "../../kit/index.ts";

/** How the next run goes on with a record whose link is gone, by how the transfer matches. */
const describeForgotten = ({ definition }: Pick<Transfer, "definition">): string =>
  definition.match?.by === "keys"
    ? "When the source record is read again, it is searched in the target by its match key and linked anew; it is created only where no record has that key."
    : "When the source record is read again, it is created in the target once more: this transfer has no match key by which the existing record would be found.";

export interface ForgetLinkDialogProps {
  readonly transfer: Transfer;
  readonly link: TransferLink;
  readonly onClose: () => void;
}

export function ForgetLinkDialog({ transfer, link, onClose }: ForgetLinkDialogProps) {
  const forget = useApiMutation("deleteLink", { invalidates: ["listLinks"], onSuccess: onClose });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Forget the link of ${link.sourceKey}?`}
      confirmLabel="Forget the link"
      danger
      loading={forget.isPending}
      error={forget.error}
      onConfirm={() =>
        forget.mutate({
          params: { id: transfer.id, sourceKey: link.sourceKey },
          query: { parameters: JSON.stringify(link.parameters) },
        })
      }
    >
      <Text size="sm">Both records stay as they are. {describeForgotten(transfer)}</Text>
    </ConfirmDialog>
  );
}
