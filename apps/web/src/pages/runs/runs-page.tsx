/** All runs, live. New ones wait behind a bar so that nothing moves under the pointer; filters are in the address. */
import { Button, Group, Select, Switch, Text } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { Run } from "@fieldbridge/model";
import { Play } from "lucide-react";
import { useState } from "react";
import { useApi, useApiPages } from "../../api/index.ts";
import { readAll } from "../../api/read-all.ts";
import { countOf, formatCount } from "../../format/number.ts";
import { describeScope, isActive, runMs } from "../../format/run-words.ts";
import { formatDuration } from "../../format/time.ts";
import {
  ButtonLink,
  countParts,
  DataTable,
  EmptyState,
  ErrorState,
  Loading,
  Page,
  RowsSkeleton,
  RunStateBadge,
  TextLink,
  TimeText,
  useColumnChoice,
  useSingleKeys,
  ViewTools,
  type Column,
  type CsvColumn,
} from "../../kit/index.ts";
import { describeParameters } from "../../parameters/describe-parameters.ts";
import { useNow } from "../../state/use-now.ts";
import { RunResult } from "./run-result.tsx";
import { readRunState, runStateChoices } from "./run-states.ts";

const route = getRouteApi("/runs");

const toColumns = (now: number): readonly Column<Run>[] => [
  {
    id: "run",
    header: "Run",
    width: "86px",
    render: (run) => (
      <TextLink to="/runs/$id" params={{ id: run.id }}>
        Run {run.number}
      </TextLink>
    ),
  },
  { id: "state", header: "State", width: "180px", render: (run) => <RunStateBadge run={run} /> },
  {
    id: "transfer",
    header: "Transfer",
    render: (run) => (
      <>
        {run.transferName}{" "}
        <Text span size="xs" c="dimmed">
          r{run.revision}
        </Text>
        <Text size="xs" c="dimmed" lineClamp={2} title={describeParameters(run.parameters)}>
          {describeParameters(run.parameters)}
        </Text>
      </>
    ),
  },
  { id: "why", header: "Started by", width: "140px", render: (run) => describeScope(run) },
  {
    id: "result",
    header: "Result",
    width: "18%",
    render: (run) => <RunResult run={run} />,
  },
  {
    id: "started",
    header: "Started",
    width: "130px",
    render: (run) => <TimeText at={run.startedAt ?? run.queuedAt} />,
  },
  {
    id: "took",
    header: "Took",
    width: "100px",
    numeric: true,
    render: (run) => {
      const ms = runMs(run, now);
      return ms === null ? "—" : formatDuration(ms);
    },
  },
];

const counted = ["read", ...countParts] as const;

const csvColumns: readonly CsvColumn<Run>[] = [
  { header: "run", text: (run) => String(run.number) },
  { header: "state", text: (run) => run.state },
  { header: "transfer", text: (run) => run.transferName },
  { header: "revision", text: (run) => String(run.revision) },
  { header: "startedBy", text: (run) => describeScope(run) },
  { header: "queuedAt", text: (run) => run.queuedAt },
  { header: "startedAt", text: (run) => run.startedAt ?? "" },
  { header: "endedAt", text: (run) => run.endedAt ?? "" },
  ...counted.map((part) => ({ header: part, text: (run: Run) => String(run.counts[part]) })),
  { header: "why", text: (run) => run.issues.map((issue) => issue.message).join(" ") },
];

/** Rows as they were when the list was read; later ones are only counted until they are asked for. */
function useCalmRows(items: readonly Run[]): { rows: readonly Run[]; fresh: number; show: () => void } {
  const [newest, setNewest] = useState<number | null>(null);
  const top = items[0]?.number ?? null;
  if (newest === null && top !== null) setNewest(top);
  const limit = newest ?? top ?? 0;
  return {
    rows: items.filter((run) => run.number <= limit),
    fresh: items.filter((run) => run.number > limit).length,
    show: () => setNewest(top),
  };
}

export function RunsPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/runs" });
  const setSearch = (change: Partial<typeof search>): void =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const onlyFailed = search.failed === "1";
  useSingleKeys({ f: () => setSearch({ failed: onlyFailed ? "" : "1" }) });

  const state = readRunState(search.state);
  const query = { transferId: search.transfer, state, ...(onlyFailed ? { failed: "true" } : {}) };
  const runs = useApiPages("listRuns", { query: { limit: 100, ...query } });
  const transfers = useApi("listTransfers", { query: { limit: 500 } });
  const { rows, fresh, show } = useCalmRows(runs.items);
  const now = useNow(runs.items.some(isActive));
  const { shown, chooser } = useColumnChoice("runs", toColumns(now));
  const isFiltered = onlyFailed || state !== undefined || search.transfer !== undefined;

  return (
    <Page title="Runs" description="Every execution of a transfer and what became of its records.">
      <Group gap="sm" align="flex-end">
        <Select
          label="Transfer"
          w={260}
          placeholder="All transfers"
          clearable
          searchable
          data={(transfers.data?.items ?? []).map((each) => ({ value: each.id, label: each.name }))}
          value={search.transfer ?? null}
          onChange={(value) => setSearch({ transfer: value ?? "" })}
          clearButtonProps={{ "aria-label": "All transfers" }}
        />
        <Select
          label="State"
          w={160}
          placeholder="All states"
          clearable
          data={runStateChoices}
          value={state ?? null}
          onChange={(value) => setSearch({ state: value ?? "" })}
          clearButtonProps={{ "aria-label": "All states" }}
        />
        <Switch
          label="Only with failures (f)"
          checked={onlyFailed}
          onChange={(event) => setSearch({ failed: event.currentTarget.checked ? "1" : "" })}
          mb={6}
        />
        <ViewTools fileName="runs" columns={csvColumns} readRows={() => readAll("listRuns", { query })}>
          {chooser}
        </ViewTools>
      </Group>
      <output style={{ display: "block" }}>
        {fresh > 0 ? (
          <Button variant="light" fullWidth onClick={show}>
            {countOf(fresh, "new run")}, show
          </Button>
        ) : null}
      </output>
      {runs.isError && runs.items.length === 0 ? (
        <ErrorState error={runs.error} what="Runs" onRetry={() => void runs.refetch()} />
      ) : runs.isPending ? (
        <Loading what="Reading runs" skeleton={<RowsSkeleton rows={10} />} />
      ) : rows.length === 0 ? (
        isFiltered ? (
          <EmptyState
            title="No run fits this filter"
            action={
              <Button variant="default" onClick={() => setSearch({ transfer: "", state: "", failed: "" })}>
                Show all runs
              </Button>
            }
          >
            There are runs, or will be, but none with these properties.
          </EmptyState>
        ) : (
          <EmptyState
            title="Nothing has run yet"
            icon={Play}
            action={<ButtonLink to="/transfers">Go to transfers</ButtonLink>}
          >
            Publish a transfer and run it; each run then stands here with its numbers.
          </EmptyState>
        )
      ) : (
        <DataTable
          label="Runs"
          columns={shown}
          rows={rows}
          rowKey={(run) => run.id}
          onOpen={(run) => void navigate({ to: "/runs/$id", params: { id: run.id } })}
          footer={
            <>
              {formatCount(rows.length)} of {countOf(runs.total, "run")}.{" "}
              {runs.hasNextPage ? (
                <Button
                  variant="default"
                  size="compact-sm"
                  loading={runs.isFetchingNextPage}
                  onClick={() => void runs.fetchNextPage()}
                >
                  Show more
                </Button>
              ) : (
                "Runs are not deleted by themselves."
              )}
            </>
          }
        />
      )}
    </Page>
  );
}
