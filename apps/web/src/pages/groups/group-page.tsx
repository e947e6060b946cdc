/** One group: its order as a picture and as rows, what is wrong with it, and its runs. Changes are stored with Save. */
import { Anchor, Button, Group as Row, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { getRouteApi, useBlocker, useNavigate } from "@tanstack/react-router";
import type { Group, GroupDefinition, Transfer } from "@fieldbridge/model";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useApi, useApiMutation } from "../../api/index.ts";
import { describeGroupRun } from "../../format/group-words.ts";
import { ActionError, Loaded, Page, Panel, RowsSkeleton, TextLink } from "../../kit/index.ts";
import { DeleteGroup } from "./delete-group.tsx";
import { addMember } from "./edit-group.ts";
import { GroupStateBadge } from "./group-badges.tsx";
import { GroupHistory } from "./group-history.tsx";
import { GroupParameters } from "./group-parameters.tsx";
import { GroupPicture } from "./group-picture.tsx";
import { MemberRows } from "./member-rows.tsx";
import { RunGroupButton } from "./run-group-button.tsx";
import { SuggestOrder } from "./suggest-order.tsx";
import classes from "./groups.module.css";

const route = getRouteApi("/groups/$id");

function AddMember({
  draft,
  transfers,
  onAdd,
}: {
  draft: GroupDefinition;
  transfers: readonly Transfer[];
  onAdd: (transfer: string) => void;
}) {
  const free = transfers.filter((each) => !draft.members.some((member) => member.transfer === each.id));
  return (
    <Select
      aria-label="Add a transfer"
      placeholder={free.length === 0 ? "Every transfer is in the group" : "Add a transfer"}
      leftSection={<Plus size={16} aria-hidden />}
      maw={420}
      mt="sm"
      searchable
      disabled={free.length === 0}
      nothingFoundMessage="No other transfer has this name"
      data={free.map((each) => ({
        value: each.id,
        label: each.published === null ? `${each.name} (not published)` : each.name,
      }))}
      value={null}
      onChange={(value) => value !== null && onAdd(value)}
    />
  );
}

function SaveBar({
  state,
  isChanged,
  onSave,
  onDiscard,
}: {
  state: { readonly isPending: boolean; readonly isSuccess: boolean; readonly error: Error | null };
  isChanged: boolean;
  onSave: () => void;
  onDiscard: () => void;
}) {
  return (
    <>
      <Row gap="sm">
        <Button disabled={!isChanged} loading={state.isPending} onClick={onSave}>
          Save
        </Button>
        <Button variant="default" disabled={!isChanged} onClick={onDiscard}>
          Discard changes
        </Button>
        <Text size="sm" c="dimmed" component="output">
          {isChanged ? "Changed, not saved yet; a run uses what is saved" : state.isSuccess ? "Saved" : ""}
        </Text>
      </Row>
      {state.error ? <ActionError error={state.error} what="The group was not saved" /> : null}
    </>
  );
}

function GroupEditor({ group, transfers }: { group: Group; transfers: readonly Transfer[] }) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/groups/$id" });
  const [base, setBase] = useState(group);
  const [draft, setDraft] = useState(group.definition);
  const save = useApiMutation("saveGroup", {
    invalidates: ["listGroups", "getGroup"],
    onSuccess: (saved) => {
      setBase(saved);
      setDraft(saved.definition);
    },
  });
  const check = useApi("checkGroup", { body: { definition: draft } }, { keepPrevious: true });
  const isChanged = JSON.stringify(draft) !== JSON.stringify(base.definition);
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      current.pathname !== next.pathname &&
      !window.confirm("Leave without saving the changes of this group?"),
    enableBeforeUnload: () => isChanged,
    disabled: !isChanged,
  });
  // Somebody else's save is taken over while nothing of ours would be lost.
  if (!isChanged && group.revision > base.revision) {
    setBase(group);
    setDraft(group.definition);
  }
  const nameOf = (id: string): string => transfers.find((each) => each.id === id)?.name ?? id;
  const issues = check.data?.issues ?? [];
  const last = group.lastRun?.members ?? [];
  const { description, ...withoutDescription } = draft;
  return (
    <Stack gap="md">
      <SaveBar
        state={save}
        isChanged={isChanged}
        onSave={() =>
          save.mutate({ params: { id: group.id }, body: { definition: draft, revision: base.revision } })
        }
        onDiscard={() => setDraft(base.definition)}
      />
      {draft.members.length === 0 ? null : (
        <Panel
          title="Order"
          className={classes.pictureFrame}
          actions={
            <Anchor
              href="https://reactflow.dev"
              target="_blank"
              rel="noreferrer"
              size="xs"
              c="dimmed"
              aria-label="Drawn with React Flow"
            >
              React Flow
            </Anchor>
          }
        >
          <GroupPicture members={draft.members} last={last} nameOf={nameOf} />
        </Panel>
      )}
      <Panel title="Transfers" actions={<SuggestOrder group={draft} nameOf={nameOf} onChange={setDraft} />}>
        {draft.members.length === 0 ? (
          <Text size="sm" c="dimmed">
            Add the transfers that should run together. Each starts at once unless you say what it comes
            after.
          </Text>
        ) : (
          <MemberRows
            group={draft}
            transfers={transfers}
            nameOf={nameOf}
            last={last}
            issues={issues}
            onChange={setDraft}
          />
        )}
        <AddMember
          draft={draft}
          transfers={transfers}
          onAdd={(transfer) => setDraft(addMember(draft, transfer))}
        />
      </Panel>
      <GroupParameters group={draft} transfers={transfers} onChange={setDraft} />
      <GroupHistory
        groupId={group.id}
        shown={search.run}
        onShow={(run) => void navigate({ search: { run: run.id }, replace: true, resetScroll: false })}
      />
      <Panel title="Name">
        <Stack gap="sm">
          <TextInput
            label="Name"
            maw={420}
            maxLength={200}
            value={draft.name}
            error={draft.name.trim() === "" ? "The group needs a name." : null}
            onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
          />
          <Textarea
            label="What it is for"
            autosize
            maxLength={4_000}
            value={description ?? ""}
            onChange={(event) => {
              const value = event.currentTarget.value;
              setDraft(value === "" ? withoutDescription : { ...withoutDescription, description: value });
            }}
          />
        </Stack>
      </Panel>
      <DeleteGroup group={group} />
    </Stack>
  );
}

export function GroupPage() {
  const { id } = route.useParams();
  const query = useApi("getGroup", { params: { id } }, { staleTime: 0 });
  const transfers = useApi("listTransfers", { query: { limit: 500 } });
  const group = query.data;
  return (
    <Page
      title={group?.definition.name ?? "Group"}
      above={<TextLink to="/groups">Groups</TextLink>}
      {...(group === undefined
        ? {}
        : {
            beside: group.lastRun === null ? null : <GroupStateBadge run={group.lastRun} />,
            description:
              group.lastRun === null ? group.definition.description : describeGroupRun(group.lastRun),
            actions: <RunGroupButton group={group} />,
          })}
    >
      <Loaded query={query} what="This group" skeleton={<RowsSkeleton rows={8} />}>
        {(data) => (
          <Loaded query={transfers} what="Transfers" skeleton={<RowsSkeleton rows={8} />}>
            {({ items }) => <GroupEditor key={data.id} group={data} transfers={items} />}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}
