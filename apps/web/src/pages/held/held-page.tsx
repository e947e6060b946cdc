/** All held records of all transfers: filters and causes left, records in the middle, the chosen one at the right. */
import { Button, Checkbox, Group, Stack } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { HeldRecord } from "@fieldbridge/model";
import { useState } from "react";
import { useApiPages } from "../../api/index.ts";
import { readAll } from "../../api/read-all.ts";
import { countOf, formatCount } from "../../format/number.ts";
import {
  Banner,
  ErrorState,
  Loading,
  Page,
  RowsSkeleton,
  useSingleKeys,
  ViewTools,
  type CsvColumn,
} from "../../kit/index.ts";
import { AssignHeld } from "./assign-held.tsx";
import { CauseList } from "./cause-list.tsx";
import { groupByCause } from "./group-by-cause.ts";
import { HeldEmpty } from "./held-empty.tsx";
import { HeldFilters } from "./held-filters.tsx";
import { HeldInspector } from "./held-inspector.tsx";
import { HeldRows } from "./held-rows.tsx";
import { isFiltered, noFilter, readState, toHeldQuery } from "./held-search.ts";
import { IgnoreHeld } from "./ignore-held.tsx";
import { Panes } from "./panes.tsx";
import { RerunButton } from "./rerun-button.tsx";

const route = getRouteApi("/held");

const csvColumns: readonly CsvColumn<HeldRecord>[] = [
  { header: "transfer", text: (each) => each.transferName },
  { header: "record", text: (each) => each.label },
  { header: "sourceKey", text: (each) => each.sourceKey },
  { header: "class", text: (each) => each.class },
  { header: "code", text: (each) => each.issues[0]?.code ?? "" },
  { header: "reason", text: (each) => each.issues.map((issue) => issue.message).join(" ") },
  { header: "state", text: (each) => each.state },
  { header: "assignee", text: (each) => each.assignee ?? "" },
  { header: "attempts", text: (each) => String(each.attempts) },
  { header: "heldSince", text: (each) => each.heldSince },
  { header: "nextAttemptAt", text: (each) => each.nextAttemptAt ?? "" },
  { header: "ignoredReason", text: (each) => each.ignoredReason ?? "" },
];

interface BulkBarProps {
  readonly shown: readonly HeldRecord[];
  readonly chosen: readonly string[];
  readonly onSelect: (selected: ReadonlySet<string>) => void;
}

function BulkBar({ shown, chosen, onSelect }: BulkBarProps) {
  const isAll = chosen.length === shown.length;
  return (
    <Group gap="sm" mih={36} role="group" aria-label="Selected records">
      <Checkbox
        label={chosen.length === 0 ? "Select all" : `${countOf(chosen.length, "record")} selected`}
        checked={isAll}
        indeterminate={chosen.length > 0 && !isAll}
        onChange={() => onSelect(new Set(isAll ? [] : shown.map((each) => each.id)))}
      />
      <RerunButton
        ids={chosen}
        variant="default"
        label={chosen.length === 0 ? "Re-run selected" : `Re-run ${formatCount(chosen.length)} selected`}
      />
      <AssignHeld ids={chosen} label="Assign selected" />
      <IgnoreHeld ids={chosen} what={countOf(chosen.length, "record")} label="Ignore selected" />
    </Group>
  );
}

export function HeldPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/held" });
  const [now] = useState(() => Date.now());
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const setSearch = (change: Partial<typeof search>): void => {
    setSelected(new Set());
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  };
  const state = readState(search);
  const query = toHeldQuery(search, now);
  const held = useApiPages("listHeld", { query: { ...query, limit: 500 } });
  const causes = groupByCause(held.items);
  const shown =
    search.cause === undefined ? held.items : held.items.filter((each) => each.signature === search.cause);
  // A record that is named stays in sight after its repair has taken it out of the list.
  const record = search.record ?? shown[0]?.id;
  const chosen = shown.filter((each) => selected.has(each.id)).map((each) => each.id);
  const choose = (id: string): void =>
    void navigate({ search: (before) => ({ ...before, record: id }), replace: true });
  const step = (by: number) => (): void => {
    const next = shown[shown.findIndex((each) => each.id === record) + by];
    if (next) choose(next.id);
  };
  useSingleKeys({ j: step(1), k: step(-1) });
  const signature = shown.find((each) => each.id === record)?.signature;
  const empty = (
    <HeldEmpty
      state={state}
      isFiltered={isFiltered(search)}
      at={held.dataUpdatedAt}
      onClear={() => setSearch(noFilter)}
    />
  );

  return (
    <Page
      title="Held records"
      wide
      description="Records that failed and wait. Repair the cause, then re-run them; what was sent already is never sent twice."
      actions={
        <ViewTools
          fileName={`held-records-${state}`}
          columns={csvColumns}
          readRows={() => readAll("listHeld", { query: { ...query, signature: search.cause } })}
        />
      }
    >
      <HeldFilters search={search} now={now} onChange={setSearch} />
      {held.isError && held.items.length === 0 ? (
        <ErrorState error={held.error} what="Held records" onRetry={() => void held.refetch()} />
      ) : held.isPending ? (
        <Loading what="Reading held records" skeleton={<RowsSkeleton rows={10} />} />
      ) : record === undefined ? (
        empty
      ) : (
        <Stack gap="sm">
          {state === "open" && shown.length > 0 ? (
            <BulkBar shown={shown} chosen={chosen} onSelect={setSelected} />
          ) : null}
          {held.hasNextPage ? (
            <Banner
              kind="info"
              title={`${formatCount(held.items.length)} of ${countOf(held.total, "record")} are shown`}
              actions={
                <Button
                  size="compact-sm"
                  variant="default"
                  loading={held.isFetchingNextPage}
                  onClick={() => void held.fetchNextPage()}
                >
                  Show more
                </Button>
              }
            />
          ) : null}
          <Panes
            panes={[
              {
                label: "Causes",
                content: (
                  <CauseList
                    causes={causes}
                    total={held.items.length}
                    active={search.cause}
                    onChoose={(cause) => setSearch({ cause, record: "" })}
                  />
                ),
              },
              {
                label: "Held records",
                content:
                  shown.length === 0 ? (
                    empty
                  ) : (
                    <HeldRows
                      records={shown}
                      total={shown.length}
                      active={record}
                      onChoose={choose}
                      withTransfer
                      {...(state === "open" ? { selected, onSelect: setSelected } : {})}
                    />
                  ),
              },
              {
                label: "Record",
                content: (
                  <HeldInspector
                    key={record}
                    id={record}
                    tab={search.tab}
                    onTab={(tab) =>
                      void navigate({ search: (before) => ({ ...before, record, tab }), replace: true })
                    }
                    rerunIds={shown.filter((each) => each.signature === signature).map((each) => each.id)}
                  />
                ),
              },
            ]}
          />
        </Stack>
      )}
    </Page>
  );
}
