/** A colleague saved a newer draft: look at the difference, take theirs, or keep ours as a copy. Nothing is lost. */
import { Button, Modal, Stack } from "@mantine/core";
import { compareDefinitions, type Transfer, type TransferDefinition } from "@fieldbridge/model";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useStore } from "zustand";
import { apiKey, callApi, invalidateApi, useApi } from "../../api/index.ts";
import { ActionError, Banner, TimeText } from "../../kit/index.ts";
import { useDefinition, useStudio } from "../session/studio-context.tsx";
import { ChangesList } from "./changes-list.tsx";

/** A free id for the copy, in the alphabet of transfer ids. */
const copyOf = (definition: TransferDefinition, stamp: number): TransferDefinition => ({
  ...definition,
  id: `${definition.id.slice(0, 50)}_${stamp.toString(36)}`,
  name: `${definition.name.slice(0, 180)} (my copy)`,
});

export function ConflictBar() {
  const { session } = useStudio();
  const conflict = useStore(session.autosave.state, (state) => state.save.kind === "conflict");
  return conflict ? <ConflictBanner /> : null;
}

function ConflictBanner() {
  const { session, announce } = useStudio();
  const definition = useDefinition();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [shown, setShown] = useState(false);
  const input = { params: { id: session.transferId } };
  const theirs = useApi("getTransfer", input, { staleTime: 0 });
  const take = (saved: Transfer) => {
    session.draft.getState().replace(saved.definition);
    session.autosave.rebase(saved.draftRevision, saved.updatedAt, false);
    client.setQueryData(apiKey("getTransfer", input), saved);
    announce("Their draft is shown now");
  };
  const copy = useMutation({
    mutationFn: () => callApi("createTransfer", { body: { definition: copyOf(definition, Date.now()) } }),
    onSuccess: async (created) => {
      if (theirs.data) take(theirs.data);
      await invalidateApi(client, ["listTransfers"]);
      void navigate({ to: "/transfers/$id/$tab", params: { id: created.id, tab: "map" } });
    },
  });
  const saved = theirs.data;
  return (
    <>
      <Banner
        kind="warning"
        title={
          saved ? (
            <>
              A colleague changed this draft <TimeText at={saved.updatedAt} />
            </>
          ) : (
            "A colleague changed this draft"
          )
        }
        actions={
          <>
            <Button size="compact-sm" variant="default" disabled={!saved} onClick={() => setShown(true)}>
              Show differences
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              disabled={!saved}
              onClick={() => saved && take(saved)}
            >
              Take theirs
            </Button>
            <Button size="compact-sm" loading={copy.isPending} onClick={() => copy.mutate()}>
              Save mine as copy
            </Button>
          </>
        }
      >
        Your edits since then are kept in this browser and were not sent.
      </Banner>
      {copy.error ? <ActionError error={copy.error} what="The copy was not saved" /> : null}
      {saved ? (
        <Modal opened={shown} onClose={() => setShown(false)} title="From their draft to yours" size="lg">
          <Stack>
            <ChangesList changes={compareDefinitions(saved.definition, definition)} />
          </Stack>
        </Modal>
      ) : null}
    </>
  );
}
