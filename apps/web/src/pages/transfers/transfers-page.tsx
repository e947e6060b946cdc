/** All transfers: from, to, state, last result and what is held; new ones start here. */
import { Button, Group, Select, Text, TextInput } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { Connection, Transfer } from "@fieldbridge/model";
import { ArrowLeftRight, CircleDot, Pencil, PencilLine, Plus, Search, TriangleAlert } from "lucide-react";
import { useApi } from "../../api/index.ts";
import { countOf, formatCount } from "../../format/number.ts";
import { isActive } from "../../format/run-words.ts";
import {
  ButtonLink,
  DataTable,
  EmptyState,
  FromTo,
  Loaded,
  Page,
  RowsSkeleton,
  sortRows,
  StatusBadge,
  TextLink,
  TimeText,
  useSingleKeys,
  type Column,
} from "../../kit/index.ts";
import { filterTransfers, toTransferState, transferStates } from "./transfer-state.ts";
import { NextRun } from "../schedules/next-run.tsx";
import { RunResult } from "../runs/run-result.tsx";
import { CompareTransfer } from "./compare-transfer.tsx";
import { NewTransferDialog } from "./new-transfer-dialog.tsx";
import { ReviewBanner } from "./review-banner.tsx";
import { RunTransferButton } from "./run-transfer-button.tsx";

const route = getRouteApi("/transfers");

function StateBadge({ transfer }: { transfer: Transfer }) {
  const state = toTransferState(transfer);
  if (state === "draft")
    return (
      <StatusBadge tone="gray" icon={Pencil}>
        Draft only
      </StatusBadge>
    );
  if (state === "review")
    return (
      <StatusBadge tone="red" icon={TriangleAlert}>
        Needs review
      </StatusBadge>
    );
  if (state === "changed")
    return (
      <StatusBadge tone="yellow" icon={PencilLine}>
        {`Revision ${transfer.published}, draft changed`}
      </StatusBadge>
    );
  return (
    <StatusBadge tone="green" icon={CircleDot}>
      {`Revision ${transfer.published}`}
    </StatusBadge>
  );
}

const toColumns = (connections: readonly Connection[]): readonly Column<Transfer>[] => [
  {
    id: "name",
    header: "Transfer",
    sortBy: (each) => each.name,
    render: (each) => (
      <TextLink to="/transfers/$id/$tab" params={{ id: each.id, tab: "map" }} fw={600}>
        {each.name}
      </TextLink>
    ),
  },
  {
    id: "ends",
    header: "From → to",
    render: (each) => <FromTo definition={each.definition} connections={connections} />,
  },
  {
    id: "state",
    header: "State",
    sortBy: (each) => toTransferState(each),
    render: (each) => <StateBadge transfer={each} />,
  },
  {
    id: "last",
    header: "Last run",
    width: "22%",
    sortBy: (each) => each.lastRun?.queuedAt ?? "",
    render: (each) => (
      <div>
        {each.lastRun === null ? (
          <Text c="dimmed" size="sm">
            never
          </Text>
        ) : (
          <>
            <RunResult run={each.lastRun} />
            <Text size="xs" c="dimmed">
              <TextLink to="/runs/$id" params={{ id: each.lastRun.id }}>
                Run {each.lastRun.number}
              </TextLink>
              , <TimeText at={each.lastRun.startedAt ?? each.lastRun.queuedAt} />
            </Text>
          </>
        )}
        <NextRun transferId={each.id} />
      </div>
    ),
  },
  {
    id: "held",
    header: "Held",
    width: "80px",
    numeric: true,
    sortBy: (each) => each.openHeld,
    render: (each) =>
      each.openHeld === 0 ? (
        "0"
      ) : (
        <TextLink
          to="/held"
          search={{ transfer: each.id }}
          aria-label={`${countOf(each.openHeld, "held record")} of ${each.name}`}
        >
          {formatCount(each.openHeld)}
        </TextLink>
      ),
  },
  {
    id: "run",
    header: "Run",
    width: "124px",
    render: (each) => (
      <Group gap={4} wrap="nowrap">
        <RunTransferButton transfer={each} />
        {each.published === null || (each.lastRun !== null && isActive(each.lastRun)) ? null : (
          <CompareTransfer transfer={each} />
        )}
      </Group>
    ),
  },
];

export function TransfersPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/transfers" });
  const setSearch = (change: Partial<typeof search>): void =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const query = useApi("listTransfers", { query: { limit: 500 } });
  const connections = useApi("listConnections");
  useSingleKeys({ n: () => setSearch({ new: "1" }) });
  const create = (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setSearch({ new: "1" })}>
      New transfer
    </Button>
  );
  const columns = toColumns(connections.data?.items ?? []);

  return (
    <Page
      title="Transfers"
      description="Each moves the records of one object into another, one direction, by your mappings."
      actions={query.data?.items.length === 0 ? undefined : create}
    >
      <Loaded query={query} what="Transfers" skeleton={<RowsSkeleton rows={10} />}>
        {(data) => {
          if (data.items.length === 0)
            return (
              <EmptyState
                title="No transfer yet"
                icon={ArrowLeftRight}
                action={
                  <>
                    <ButtonLink to="/templates">Start from a template</ButtonLink>
                    <Button variant="default" onClick={() => setSearch({ new: "1" })}>
                      From scratch
                    </Button>
                  </>
                }
              >
                A template brings mappings and value maps that work at once on the built-in sandboxes.
              </EmptyState>
            );
          const paused = data.items.filter((each) => each.review !== null);
          const rows = sortRows(filterTransfers(data.items, search), columns, search.sort);
          return (
            <>
              {paused.map((each) => (
                <ReviewBanner key={each.id} transfer={each} named />
              ))}
              <Group gap="sm" align="flex-end">
                <TextInput
                  label="Find"
                  w={260}
                  leftSection={<Search size={16} aria-hidden />}
                  placeholder="Name, object or connection"
                  value={search.q ?? ""}
                  onChange={(event) => setSearch({ q: event.currentTarget.value })}
                />
                <Select
                  label="State"
                  w={180}
                  placeholder="All states"
                  clearable
                  clearButtonProps={{ "aria-label": "All states" }}
                  data={[...transferStates]}
                  value={search.state ?? null}
                  onChange={(value) => setSearch({ state: value ?? "" })}
                />
              </Group>
              {rows.length === 0 ? (
                <EmptyState
                  title="No transfer fits this filter"
                  action={
                    <Button variant="default" onClick={() => setSearch({ q: "", state: "" })}>
                      Show all transfers
                    </Button>
                  }
                />
              ) : (
                <DataTable
                  label="Transfers"
                  columns={columns}
                  rows={rows}
                  rowKey={(each) => each.id}
                  sort={search.sort}
                  onSort={(sort) => setSearch({ sort: sort ?? "" })}
                  onOpen={(each) =>
                    void navigate({ to: "/transfers/$id/$tab", params: { id: each.id, tab: "map" } })
                  }
                  footer={
                    rows.length === data.items.length
                      ? countOf(rows.length, "transfer")
                      : `${formatCount(rows.length)} of ${countOf(data.items.length, "transfer")}`
                  }
                />
              )}
            </>
          );
        }}
      </Loaded>
      <NewTransferDialog opened={search.new === "1"} onClose={() => setSearch({ new: "" })} />
    </Page>
  );
}
