/** Opens an ignored record again; it is tried at once. */
import { Button } from "@mantine/core";
import type { HeldRecord } from "@fieldbridge/model";
import { ArchiveRestore } from "lucide-react";
import { useApiMutation } from "../../api/index.ts";
import { ActionError } from "../../kit/index.ts";

export function ReopenHeld({ held }: { held: Pick<HeldRecord, "id"> }) {
  const reopen = useApiMutation("reopenHeld", {
    invalidates: ["listHeld", "countHeld", "getHeld", "getHome", "listTransfers"],
  });
  return (
    <>
      <Button
        variant="default"
        leftSection={<ArchiveRestore size={16} aria-hidden />}
        loading={reopen.isPending}
        onClick={() => reopen.mutate({ params: { id: held.id } })}
      >
        Open again
      </Button>
      {reopen.error ? <ActionError error={reopen.error} what="It was not opened again" /> : null}
    </>
  );
}
