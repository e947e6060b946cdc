/** Freezes the draft as the next version: what changed in words, what it means, an optional note. */
import { Button, Group, Modal, ScrollArea, Stack, Text, Textarea } from "@mantine/core";
import { compareDefinitions, type Issue, type TransferDefinition } from "@fieldbridge/model";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiProblem, callApi, invalidateApi, useApi } from "../../api/index.ts";
import { ActionError, Banner } from "../../kit/index.ts";
import { useDefinition, useStudio } from "../session/studio-context.tsx";
import { useFocusReturn } from "../session/use-focus-return.ts";
import { ChangesList } from "./changes-list.tsx";

const emptyOf = (definition: TransferDefinition): TransferDefinition => ({
  kind: "transfer",
  version: 1,
  id: definition.id,
  name: definition.name,
  source: { connection: "", object: "" },
  target: { connection: "", object: "" },
  changes: definition.changes,
  mappings: {},
});

export interface PublishDialogProps {
  readonly onClose: () => void;
  readonly errors: readonly Issue[];
  readonly onShowProblems: () => void;
  readonly onShowTests: () => void;
}

/** Refused because a test of the transfer does not pass. */
const isAboutTests = (error: unknown): boolean =>
  error instanceof ApiProblem && error.issues.some((issue) => issue.path.startsWith("tests."));

export function PublishDialog({ onClose, errors, onShowProblems, onShowTests }: PublishDialogProps) {
  useFocusReturn();
  const { session, announce } = useStudio();
  const definition = useDefinition();
  const client = useQueryClient();
  const [note, setNote] = useState("");
  const revisions = useApi("listRevisions", { params: { id: session.transferId } });
  const newest = revisions.data?.items[0];
  const changes = compareDefinitions(newest?.definition ?? emptyOf(definition), definition);
  const next = (newest?.number ?? 0) + 1;
  const publish = useMutation({
    mutationFn: async () => {
      if (!(await session.autosave.flush()))
        throw new Error("The draft could not be saved, so it was not published.");
      const { draftRevision } = session.autosave.state.getState();
      return callApi("publishTransfer", {
        params: { id: session.transferId },
        body: { draftRevision, note },
      });
    },
    onSuccess: async (revision) => {
      await invalidateApi(client, ["getTransfer", "listTransfers", "listRevisions", "getHome"]);
      announce(`Published as version ${revision.number}`);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Publish version ${next}`} size="lg">
      <Stack gap="md">
        {errors.length > 0 ? (
          <Banner
            kind="error"
            title={`${errors.length} ${errors.length === 1 ? "error" : "errors"} must be solved first`}
            actions={
              <Button size="compact-sm" variant="default" onClick={onShowProblems}>
                Show problems
              </Button>
            }
          />
        ) : null}
        <div>
          <Text fw={600} mb={6}>
            {newest ? `Changes since version ${newest.number}` : "First version"}
          </Text>
          <ScrollArea.Autosize
            mah={300}
            viewportProps={{ tabIndex: 0, role: "region", "aria-label": "Changes" }}
          >
            <ChangesList changes={changes} />
          </ScrollArea.Autosize>
        </div>
        <Text size="sm">
          Runs that start from now on use version {next}. A run under way finishes with the version it began
          with.
        </Text>
        <Textarea
          label="Note"
          description="Optional; stands in the history"
          autosize
          minRows={2}
          maxLength={2_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          data-autofocus
        />
        {publish.error ? <ActionError error={publish.error} what="Nothing was published" /> : null}
        {isAboutTests(publish.error) ? (
          <Group>
            <Button variant="default" onClick={onShowTests}>
              Show tests
            </Button>
          </Group>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            loading={publish.isPending}
            disabled={errors.length > 0 || changes.length === 0 || revisions.isPending}
            onClick={() => publish.mutate()}
          >
            Publish
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
