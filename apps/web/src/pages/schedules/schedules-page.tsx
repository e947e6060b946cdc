/** Everything that starts by the clock: when, what, the next run and what became of the last one. */
import { Button, Text } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { Schedule } from "@fieldbridge/model";
import { CalendarClock, Plus } from "lucide-react";
import { useApi } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import { describeCron } from "../../format/schedule-words.ts";
import {
  ButtonLink,
  DataTable,
  EmptyState,
  Loaded,
  Page,
  RowsSkeleton,
  RunStateBadge,
  TextLink,
  TimeText,
  useSingleKeys,
  type Column,
} from "../../kit/index.ts";
import { NextTime } from "./next-time.tsx";
import { ScheduleActions, ScheduleSwitch } from "./schedule-actions.tsx";
import { ScheduleDialog } from "./schedule-dialog.tsx";
import { describeWork } from "./schedule-input.ts";

const route = getRouteApi("/schedules");

function LastRun({ schedule: { lastRun, lastSkipped } }: { schedule: Schedule }) {
  const skippedLast =
    lastSkipped !== null && (lastRun === null || lastSkipped.at > lastRun.queuedAt) ? lastSkipped : null;
  return (
    <>
      {lastRun === null ? (
        skippedLast === null ? (
          <Text span c="dimmed" size="sm">
            never
          </Text>
        ) : null
      ) : (
        <>
          <RunStateBadge run={lastRun} />
          <Text size="xs" c="dimmed">
            <TextLink to="/runs/$id" params={{ id: lastRun.id }}>
              Run {lastRun.number}
            </TextLink>
            , <TimeText at={lastRun.startedAt ?? lastRun.queuedAt} />
          </Text>
        </>
      )}
      {skippedLast === null ? null : (
        <Text size="xs" c="dimmed" title={skippedLast.reason}>
          Skipped <TimeText at={skippedLast.at} />: {skippedLast.reason}
        </Text>
      )}
    </>
  );
}

const toColumns = (onEdit: (id: string) => void): readonly Column<Schedule>[] => [
  {
    id: "transfer",
    header: "Transfer, what it does",
    render: (each) => (
      <>
        <TextLink to="/transfers/$id/$tab" params={{ id: each.transferId, tab: "map" }} fw={600}>
          {each.transferName}
        </TextLink>
        <Text size="xs" c="dimmed">
          {each.name === "" ? describeWork(each.work) : `${each.name}: ${describeWork(each.work)}`}
        </Text>
      </>
    ),
  },
  {
    id: "when",
    header: "When",
    width: "24%",
    render: (each) => (
      <>
        {describeCron(each.cron)}
        <Text size="xs" c="dimmed">
          {each.timeZone}
        </Text>
      </>
    ),
  },
  {
    id: "next",
    header: "Next run",
    width: "15%",
    render: (each) =>
      each.nextAt === null ? (
        <Text span c="dimmed" size="sm">
          off
        </Text>
      ) : (
        <NextTime at={each.nextAt} />
      ),
  },
  { id: "last", header: "Last run", width: "20%", render: (each) => <LastRun schedule={each} /> },
  { id: "on", header: "On", width: "64px", render: (each) => <ScheduleSwitch schedule={each} /> },
  {
    id: "actions",
    header: "Actions",
    width: "116px",
    render: (each) => <ScheduleActions schedule={each} onEdit={() => onEdit(each.id)} />,
  },
];

export function SchedulesPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/schedules" });
  const setSearch = (change: Partial<typeof search>): void =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const query = useApi("listSchedules");
  const transfers = useApi("listTransfers", { query: { limit: 500 } });
  const add = (): void => setSearch({ new: "1" });
  useSingleKeys({ n: add });
  const isReady = (transfers.data?.items ?? []).some((each) => each.published !== null);
  const edited = query.data?.items.find((each) => each.id === search.edit) ?? null;
  const isOpen = transfers.data !== undefined && (search.new === "1" || edited !== null);
  return (
    <Page
      title="Schedules"
      description="Transfers that start by the clock. Each due time starts one run; a transfer that still runs skips it."
      actions={
        query.data === undefined || query.data.items.length === 0 ? undefined : (
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={add}>
            New schedule
          </Button>
        )
      }
    >
      <Loaded query={query} what="Schedules" skeleton={<RowsSkeleton rows={6} />}>
        {(data) =>
          data.items.length === 0 ? (
            <EmptyState
              title="Nothing starts by the clock yet"
              icon={CalendarClock}
              action={
                isReady ? (
                  <Button onClick={add}>New schedule</Button>
                ) : (
                  <ButtonLink to="/transfers">Go to transfers</ButtonLink>
                )
              }
            >
              {isReady
                ? "A schedule runs a transfer every few minutes, daily or weekly, or compares both sides at night."
                : "Publish a transfer first; a schedule always runs a published revision."}
            </EmptyState>
          ) : (
            <DataTable
              label="Schedules"
              columns={toColumns((id) => setSearch({ edit: id }))}
              rows={data.items}
              rowKey={(each) => each.id}
              footer={countOf(data.items.length, "schedule")}
            />
          )
        }
      </Loaded>
      {isOpen ? (
        <ScheduleDialog
          key={edited?.id ?? "new"}
          schedule={edited}
          transfers={transfers.data?.items ?? []}
          transferId={search.transfer}
          onClose={() => setSearch({ new: "", edit: "", transfer: "" })}
        />
      ) : null}
    </Page>
  );
}
