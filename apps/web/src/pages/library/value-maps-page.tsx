/** All value maps; a new one starts with its name. */
import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { StoredValueMap } from "@fieldbridge/model";
import { LibraryBig, Plus } from "lucide-react";
import { useState } from "react";
import { useApi, useApiMutation } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import {
  ActionError,
  DataTable,
  EmptyState,
  Loaded,
  Page,
  RowsSkeleton,
  TextLink,
  type Column,
} from "../../kit/index.ts";
import { findUsers } from "./used-by.ts";

function NewMapDialog({
  opened,
  onClose,
  taken,
}: {
  opened: boolean;
  onClose: () => void;
  taken: readonly string[];
}) {
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const save = useApiMutation("saveValueMap", {
    invalidates: ["listValueMaps"],
    onSuccess: (map) => void navigate({ to: "/library/value-maps/$name", params: { name: map.name } }),
  });
  const isTaken = taken.includes(name.trim());
  return (
    <Modal opened={opened} onClose={onClose} title="New value map">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === "" || isTaken) return;
          save.mutate({
            params: { name: name.trim() },
            body: {
              name: name.trim(),
              entries: [],
              version: 0,
              ...(description.trim() === "" ? {} : { description: description.trim() }),
            },
          });
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Name"
            description='Formulas call it by this name: MAPVALUE("Units", Unit)'
            value={name}
            maxLength={100}
            error={isTaken ? "There is a value map of this name." : null}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Textarea
            label="What it translates"
            value={description}
            maxLength={1_000}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          {save.error ? <ActionError error={save.error} what="The value map was not created" /> : null}
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={name.trim() === "" || isTaken}>
              Create
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

export function ValueMapsPage() {
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const query = useApi("listValueMaps");
  const transfers = useApi("listTransfers", { query: { limit: 500 } });
  const columns: readonly Column<StoredValueMap>[] = [
    {
      id: "name",
      header: "Value map",
      render: (map) => (
        <TextLink to="/library/value-maps/$name" params={{ name: map.name }} fw={600}>
          {map.name}
        </TextLink>
      ),
    },
    { id: "what", header: "What it translates", width: "45%", render: (map) => map.description ?? "" },
    { id: "entries", header: "Entries", numeric: true, render: (map) => map.entries.length },
    {
      id: "default",
      header: "Unlisted values",
      render: (map) => (map.default === undefined ? "are held" : `become “${map.default}”`),
    },
    {
      id: "used",
      header: "Used by",
      render: (map) => countOf(findUsers(map, transfers.data?.items ?? []).length, "transfer"),
    },
  ];
  return (
    <Page
      title="Value maps"
      description="Translate the codes of one system into those of another. All transfers share them."
      actions={
        <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setCreating(true)}>
          New value map
        </Button>
      }
    >
      <Loaded query={query} what="Value maps" skeleton={<RowsSkeleton rows={5} />}>
        {(data) => (
          <>
            {data.items.length === 0 ? (
              <EmptyState title="No value map yet" icon={LibraryBig}>
                A value map is a list such as Each → PCS, Hours → HOUR. A template brings its own.
                <Text span display="block" size="sm">
                  In a formula: MAPVALUE("Units", Unit)
                </Text>
              </EmptyState>
            ) : (
              <DataTable
                label="Value maps"
                columns={columns}
                rows={data.items}
                rowKey={(map) => map.name}
                onOpen={(map) =>
                  void navigate({ to: "/library/value-maps/$name", params: { name: map.name } })
                }
              />
            )}
            <NewMapDialog
              opened={creating}
              onClose={() => setCreating(false)}
              taken={data.items.map((map) => map.name)}
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}
