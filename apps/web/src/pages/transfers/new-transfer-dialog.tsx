/** A transfer from scratch: a name and two ends; everything else happens in the studio. */
import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { Connection } from "@fieldbridge/model";
import { useState } from "react";
import { useApi, useApiMutation } from "../../api/index.ts";
import { toTitle } from "../../format/object-words.ts";
import { ActionError, Loaded, RowsSkeleton, systemLabel } from "../../kit/index.ts";
import { toNewDefinition, type NewEnd } from "./to-new-definition.ts";

interface EndFieldsProps {
  readonly side: "source" | "target";
  readonly connections: readonly Connection[];
  readonly end: NewEnd;
  readonly onChange: (end: NewEnd) => void;
}

function EndFields({ side, connections, end, onChange }: EndFieldsProps) {
  const objects = useApi(
    "listObjects",
    { params: { id: end.connection } },
    { enabled: end.connection !== "", staleTime: 300_000 },
  );
  const usable = (objects.data?.items ?? []).filter((each) => side === "source" || each.creatable);
  const words = side === "source" ? "Read from" : "Write to";
  return (
    <Group grow align="flex-start">
      <Select
        label={`${words}: connection`}
        data={connections.map((each) => ({
          value: each.id,
          label: `${each.name} (${systemLabel(each.config.system)})`,
        }))}
        value={end.connection === "" ? null : end.connection}
        onChange={(connection) => onChange({ connection: connection ?? "", object: "" })}
        allowDeselect={false}
        openOnFocus={false}
        data-autofocus={side === "source" || undefined}
      />
      <Select
        label={`${words}: object`}
        searchable
        disabled={end.connection === ""}
        placeholder={objects.isFetching ? "Reading objects…" : "Type to search"}
        nothingFoundMessage={objects.isError ? "The objects could not be read" : "No object has this name"}
        error={objects.isError ? objects.error.message : null}
        data={usable.map((each) => ({
          value: each.name,
          label: each.label === each.name ? toTitle(each.name) : each.label,
        }))}
        value={end.object === "" ? null : end.object}
        onChange={(object) => onChange({ ...end, object: object ?? "" })}
      />
    </Group>
  );
}

function NewTransferForm({ connections }: { connections: readonly Connection[] }) {
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [source, setSource] = useState<NewEnd>({ connection: "", object: "" });
  const [target, setTarget] = useState<NewEnd>({ connection: "", object: "" });
  const create = useApiMutation("createTransfer", {
    invalidates: ["listTransfers", "getHome"],
    onSuccess: (transfer) =>
      void navigate({ to: "/transfers/$id/$tab", params: { id: transfer.id, tab: "map" } }),
  });
  const shownName =
    name === "" && source.object !== "" && target.object !== ""
      ? `${toTitle(source.object)} to ${toTitle(target.object).toLowerCase()}`
      : name;
  const isReady = shownName.trim() !== "";
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady)
          create.mutate({
            body: { definition: toNewDefinition(shownName, source, target, crypto.randomUUID()) },
          });
      }}
    >
      <Stack gap="md">
        <EndFields side="source" connections={connections} end={source} onChange={setSource} />
        <EndFields side="target" connections={connections} end={target} onChange={setTarget} />
        <TextInput
          label="Name"
          description="Proposed from the objects; say what it is for."
          value={shownName}
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {create.error ? <ActionError error={create.error} what="The transfer was not created" /> : null}
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending} disabled={!isReady}>
            Create draft and open the studio
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function NewTransferDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const connections = useApi("listConnections");
  return (
    <Modal opened={opened} onClose={onClose} title="New transfer" size="lg">
      <Loaded query={connections} what="Connections" skeleton={<RowsSkeleton rows={3} />}>
        {(data) => <NewTransferForm connections={data.items} />}
      </Loaded>
    </Modal>
  );
}
