/** Edits that a crash or a lost line left in this browser, offered once when the transfer is opened again. */
import { Button } from "@mantine/core";
import type { Transfer } from "@fieldbridge/model";
import { useState } from "react";
import { Banner, TimeText } from "../../kit/index.ts";
import { dropUnsent, readUnsent } from "../draft/unsent-edits.ts";
import { useStudio } from "../session/studio-context.tsx";

export function UnsentBar({ transfer }: { readonly transfer: Transfer }) {
  const { session, announce } = useStudio();
  const [unsent, setUnsent] = useState(() => {
    const found = readUnsent(localStorage, transfer.id);
    return found && JSON.stringify(found.definition) !== JSON.stringify(transfer.definition) ? found : null;
  });
  if (unsent === null) return null;
  const stale = unsent.draftRevision !== transfer.draftRevision;
  const discard = () => {
    dropUnsent(localStorage, transfer.id);
    setUnsent(null);
  };
  return (
    <Banner
      kind="info"
      title={
        <>
          Edits from <TimeText at={unsent.at} /> were kept in this browser and never reached the server
        </>
      }
      actions={
        <>
          <Button size="compact-sm" variant="default" onClick={discard}>
            Discard
          </Button>
          <Button
            size="compact-sm"
            onClick={() => {
              session.draft.getState().replace(unsent.definition);
              announce("Kept edits restored");
              setUnsent(null);
            }}
          >
            Restore
          </Button>
        </>
      }
    >
      {stale ? "The draft was saved by somebody since; restoring replaces it by your edits." : undefined}
    </Banner>
  );
}
