/** The transfer studio: loads one transfer, opens a session on its draft and shows the frame around the tabs. */
import type { Transfer } from "@fieldbridge/model";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { apiKey, invalidateApi, useApi } from "../api/index.ts";
import { Loaded } from "../kit/index.ts";
import { openSession, type StudioSession } from "./session/session.ts";
import { useStudioUrl } from "./session/studio-url.ts";
import { StudioFrame } from "./studio-frame.tsx";
import classes from "./studio-page.module.css";

/** The page of the route `/transfers/$id/$tab`. */
export function StudioPage() {
  const { transferId } = useStudioUrl();
  const query = useApi("getTransfer", { params: { id: transferId } });
  return (
    <div className={classes.page}>
      <Loaded query={query} what="The transfer">
        {(transfer) => <SessionOf key={transferId} transfer={transfer} />}
      </Loaded>
    </div>
  );
}

/** The session lives as long as this transfer is shown; later answers of the server do not replace the draft. */
function SessionOf({ transfer }: { readonly transfer: Transfer }) {
  const client = useQueryClient();
  const [session, setSession] = useState<StudioSession | null>(null);
  useEffect(() => {
    const opened = openSession(transfer, (saved) => {
      client.setQueryData(apiKey("getTransfer", { params: { id: saved.id } }), saved);
      void invalidateApi(client, ["listTransfers"]);
    });
    setSession(opened);
    return () => opened.close();
    // The transfer as it was when the page was opened; its id is the key of this component.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client]);
  return session ? <StudioFrame session={session} transfer={transfer} /> : null;
}
