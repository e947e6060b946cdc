/** One value map: its grid, what unlisted values become, and who uses it. Changes are stored with Save. */
import { Button, Group, List, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { getRouteApi, useBlocker, useNavigate } from "@tanstack/react-router";
import type { ValueMap } from "@fieldbridge/model";
import { Search } from "lucide-react";
import { useState } from "react";
import { useApi, useApiMutation } from "../../api/index.ts";
import {
  ActionError,
  Banner,
  ConfirmDialog,
  dropEmpty,
  findDoubles,
  Loaded,
  Page,
  Panel,
  RowsSkeleton,
  TextLink,
  ValueMapGrid,
} from "../../kit/index.ts";
import { countUses } from "./used-by.ts";

const route = getRouteApi("/library/value-maps/$name");

const isSame = (left: ValueMap, right: ValueMap): boolean =>
  JSON.stringify({ ...left, entries: dropEmpty(left.entries) }) === JSON.stringify(right);

function DeleteMap({ map, users }: { map: ValueMap; users: number }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const remove = useApiMutation("deleteValueMap", {
    invalidates: ["listValueMaps"],
    onSuccess: () => void navigate({ to: "/library/value-maps", ignoreBlocker: true }),
  });
  return (
    <Panel title="Delete">
      <Text size="sm" c="dimmed" mb="sm">
        {users > 0 ? "Transfers use it; change them first." : "Its entries are lost."}
      </Text>
      <Button variant="default" disabled={users > 0} onClick={() => setAsking(true)}>
        Delete value map…
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Delete ${map.name}?`}
        confirmLabel="Delete for good"
        danger
        loading={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { name: map.name } })}
      >
        <Text size="sm">Its {map.entries.length} entries are lost.</Text>
      </ConfirmDialog>
    </Panel>
  );
}

function MapEditor({ stored }: { stored: ValueMap }) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/library/value-maps/$name" });
  const [draft, setDraft] = useState(stored);
  const transfers = useApi("listTransfers", { query: { limit: 500 } });
  const save = useApiMutation("saveValueMap", {
    invalidates: ["listValueMaps", "getValueMap"],
    onSuccess: (map) => setDraft(map),
  });
  const clean = { ...draft, entries: dropEmpty(draft.entries) };
  const base = save.data ?? stored;
  const isChanged = !isSame(draft, base);
  const hasDoubles = findDoubles(clean.entries).size > 0;
  const users = countUses(stored.name, transfers.data?.items ?? []);
  useBlocker({
    shouldBlockFn: () => isChanged && !window.confirm("Leave without saving the changes of this value map?"),
    enableBeforeUnload: () => isChanged,
    disabled: !isChanged,
  });
  const { default: fallback, ...withoutDefault } = draft;
  const { description, ...withoutDescription } = draft;

  return (
    <Stack gap="md">
      <Group gap="sm">
        <Button
          disabled={!isChanged || hasDoubles}
          loading={save.isPending}
          onClick={() => save.mutate({ params: { name: stored.name }, body: clean })}
        >
          Save
        </Button>
        <Button variant="default" disabled={!isChanged} onClick={() => setDraft(base)}>
          Discard changes
        </Button>
        <Text size="sm" c="dimmed" component="output">
          {hasDoubles
            ? "Not saved: a value is listed twice"
            : isChanged
              ? "Changed, not saved yet"
              : save.data
                ? "Saved"
                : ""}
        </Text>
      </Group>
      {save.error ? <ActionError error={save.error} what="The value map was not saved" /> : null}
      {isChanged && users.length > 0 ? (
        <Banner
          kind="info"
          title={`The next run of ${users.map((each) => each.name).join(", ")} uses what you save`}
        />
      ) : null}
      <TextInput
        label="Find a value"
        maw={320}
        leftSection={<Search size={16} aria-hidden />}
        value={search.q ?? ""}
        onChange={(event) => void navigate({ search: { q: event.currentTarget.value }, replace: true })}
      />
      <ValueMapGrid
        map={draft}
        search={search.q ?? ""}
        onChange={(entries) => setDraft({ ...draft, entries })}
      />
      <Group grow align="flex-start">
        <TextInput
          label="For values not listed"
          description="Empty: a record with an unlisted value is held, so that nothing is sent wrongly."
          value={fallback ?? ""}
          onChange={(event) => {
            const value = event.currentTarget.value;
            setDraft(value === "" ? withoutDefault : { ...withoutDefault, default: value });
          }}
        />
        <Textarea
          label="What it translates"
          autosize
          value={description ?? ""}
          onChange={(event) => {
            const value = event.currentTarget.value;
            setDraft(value === "" ? withoutDescription : { ...withoutDescription, description: value });
          }}
        />
      </Group>
      <Panel title="Used by">
        {users.length === 0 ? (
          <Text size="sm" c="dimmed">
            No transfer names it in a formula.
          </Text>
        ) : (
          <List size="sm" spacing={8}>
            {users.map((each) => (
              <List.Item key={each.id}>
                <TextLink to="/transfers/$id/$tab" params={{ id: each.id, tab: "map" }}>
                  {each.name}
                </TextLink>
              </List.Item>
            ))}
          </List>
        )}
      </Panel>
      <DeleteMap map={stored} users={users.length} />
    </Stack>
  );
}

export function ValueMapPage() {
  const { name } = route.useParams();
  const query = useApi("getValueMap", { params: { name } }, { staleTime: 0 });
  return (
    <Page
      title={name}
      above={<TextLink to="/library/value-maps">Value maps</TextLink>}
      beside={<Text c="dimmed">value map</Text>}
    >
      <Loaded query={query} what="This value map" skeleton={<RowsSkeleton rows={8} />}>
        {(map) => <MapEditor key={map.name} stored={map} />}
      </Loaded>
    </Page>
  );
}
