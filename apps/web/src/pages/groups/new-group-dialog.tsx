/** A new group: a name and the transfers it runs; their order is made on its page. */
import { Button, Group as Row, Modal, MultiSelect, Stack, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { Transfer } from "@fieldbridge/model";
import { useState } from "react";
import { useApi, useApiMutation } from "../../api/index.ts";
import { ActionError, Loaded, RowsSkeleton } from "../../kit/index.ts";
import { toGroupId, toNewGroup } from "./edit-group.ts";

function NewGroupForm({ transfers, taken }: { transfers: readonly Transfer[]; taken: readonly string[] }) {
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [members, setMembers] = useState<string[]>([]);
  const create = useApiMutation("createGroup", {
    invalidates: ["listGroups"],
    onSuccess: (group) => void navigate({ to: "/groups/$id", params: { id: group.id } }),
  });
  const isReady = toGroupId(name, []) !== "";
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) create.mutate({ body: { definition: toNewGroup(name, members, taken) } });
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          placeholder="Every night"
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <MultiSelect
          label="Transfers"
          description="You say what comes after what on the next page."
          searchable
          hidePickedOptions
          nothingFoundMessage="No transfer has this name"
          data={transfers.map((each) => ({ value: each.id, label: each.name }))}
          value={members}
          onChange={setMembers}
        />
        {create.error ? <ActionError error={create.error} what="The group was not created" /> : null}
        <Row justify="flex-end">
          <Button type="submit" loading={create.isPending} disabled={!isReady}>
            Create
          </Button>
        </Row>
      </Stack>
    </form>
  );
}

export function NewGroupDialog({
  opened,
  onClose,
  taken,
}: {
  opened: boolean;
  onClose: () => void;
  taken: readonly string[];
}) {
  const transfers = useApi("listTransfers", { query: { limit: 500 } });
  return (
    <Modal opened={opened} onClose={onClose} title="New group">
      <Loaded query={transfers} what="Transfers" skeleton={<RowsSkeleton rows={3} />}>
        {({ items }) => <NewGroupForm transfers={items} taken={taken} />}
      </Loaded>
    </Modal>
  );
}
