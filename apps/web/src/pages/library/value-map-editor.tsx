/** The grid of one value map with everything done to it: save, bring in and out, try, rename, delete. */
import { Button, Grid, Group, List, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { getRouteApi, useBlocker, useNavigate } from "@tanstack/react-router";
import { compareEntries, type StoredValueMap } from "@fieldbridge/model";
import { Search } from "lucide-react";
import { useState } from "react";
import { ApiProblem, useApi, useApiMutation } from "../../api/index.ts";
import {
  ActionError,
  Banner,
  dropEmpty,
  findDoubles,
  Panel,
  TextLink,
  ValueMapGrid,
  saveFile,
} from "../../kit/index.ts";
import { DeleteValueMap } from "./delete-value-map.tsx";
import { ImportEntries } from "./import-value-map.tsx";
import { RenameValueMap } from "./rename-value-map.tsx";
import { TryValue } from "./try-value.tsx";
import { UnknownValues } from "./unknown-values.tsx";
import { findUsers } from "./used-by.ts";
import { ValueMapConflict } from "./value-map-conflict.tsx";

const route = getRouteApi("/library/value-maps/$name");

const isSame = (left: StoredValueMap, right: StoredValueMap): boolean => {
  const entries = dropEmpty(left.entries);
  return (
    left.default === right.default &&
    left.description === right.description &&
    entries.length === right.entries.length &&
    compareEntries(entries, right.entries).length === 0
  );
};

/** `base` is what the library had when the grid was filled; only a save, or an untouched grid, moves it on. */
function useMapDraft(stored: StoredValueMap) {
  const [{ base, draft }, setState] = useState({ base: stored, draft: stored });
  const isChanged = !isSame(draft, base);
  if (!isChanged && stored.version > base.version) setState({ base: stored, draft: stored });
  return {
    base,
    draft,
    isChanged,
    setDraft: (next: StoredValueMap) => setState({ base, draft: next }),
    restart: (next: StoredValueMap, content = next) => setState({ base: next, draft: content }),
  };
}

export function ValueMapEditor({ stored }: { stored: StoredValueMap }) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/library/value-maps/$name" });
  const { base, draft, isChanged, setDraft, restart } = useMapDraft(stored);
  const transfers = useApi("listTransfers", { query: { limit: 500 } });
  const save = useApiMutation("saveValueMap", {
    invalidates: ["listValueMaps", "getValueMap", "listUnknownValues"],
    onSuccess: (map) => restart(map),
  });
  const exporting = useApiMutation("exportValueMap", {
    onSuccess: ({ csv }) => saveFile(`${base.name}.csv`, csv),
  });
  const hasDoubles = findDoubles(dropEmpty(draft.entries)).size > 0;
  const isConflict = save.error instanceof ApiProblem && save.error.code === "API-903";
  const users = findUsers(base, transfers.data?.items ?? []);
  useBlocker({
    shouldBlockFn: () => isChanged && !window.confirm("Leave without saving the changes of this value map?"),
    enableBeforeUnload: () => isChanged,
    disabled: !isChanged,
  });
  const { default: fallback, ...withoutDefault } = draft;
  const { description, ...withoutDescription } = draft;
  const { formerNames: _formerNames, ...body } = { ...draft, entries: dropEmpty(draft.entries) };

  return (
    <Stack gap="md">
      <Group gap="sm">
        <Button
          disabled={!isChanged || hasDoubles || isConflict}
          loading={save.isPending}
          onClick={() =>
            save.mutate({ params: { name: base.name }, body: { ...body, version: base.version } })
          }
        >
          Save
        </Button>
        <Button
          variant="default"
          disabled={!isChanged}
          onClick={() => {
            save.reset();
            restart(base);
          }}
        >
          Discard changes
        </Button>
        <Text size="sm" c="dimmed" component="output" mr="auto">
          {hasDoubles
            ? "Not saved: a value is listed twice"
            : isChanged
              ? "Changed, not saved yet"
              : save.data
                ? "Saved"
                : ""}
        </Text>
        <ImportEntries map={base} disabled={isChanged} onDone={(map) => restart(map)} />
        <Button
          variant="default"
          loading={exporting.isPending}
          onClick={() => exporting.mutate({ params: { name: base.name } })}
        >
          Export CSV
        </Button>
        <RenameValueMap name={base.name} users={users.length} disabled={isChanged} />
        <DeleteValueMap map={base} users={users.length} />
      </Group>
      {isConflict ? (
        <ValueMapConflict
          base={base}
          mine={draft}
          onResolve={(theirs, content) => {
            save.reset();
            restart(theirs, { ...content, version: theirs.version });
          }}
        />
      ) : save.error ? (
        <ActionError error={save.error} what="The value map was not saved" />
      ) : null}
      {exporting.error ? <ActionError error={exporting.error} what="Nothing was exported" /> : null}
      {isChanged && users.length > 0 ? (
        <Banner
          kind="info"
          title={`The next run of ${users.map((each) => each.name).join(", ")} uses what you save`}
        />
      ) : null}
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="sm">
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
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="md">
            <TryValue map={draft} />
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
          </Stack>
        </Grid.Col>
      </Grid>
      <UnknownValues map={base} disabled={isChanged} onAdded={(map) => restart(map)} />
    </Stack>
  );
}
