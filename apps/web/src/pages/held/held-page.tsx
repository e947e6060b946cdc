/** All held records of all transfers: filters and causes left, records in the middle, the chosen one at the right. */
import {
  Button,
  Checkbox,
  Group,
  SegmentedControl,
  Select,
  Stack,
  Text,
  UnstyledButton,
} from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { HeldRecord, IssueClass } from "@fieldbridge/model";
import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { useApi, useApiPages } from "../../api/index.ts";
import { countOf, formatCount } from "../../format/number.ts";
import {
  Banner,
  ButtonLink,
  CauseClassBadge,
  EmptyState,
  ErrorState,
  Loading,
  Page,
  RowsSkeleton,
  TimeText,
  useSingleKeys,
} from "../../kit/index.ts";
import classes from "./held.module.css";
import { HeldInspector } from "./held-inspector.tsx";
import { HeldRows } from "./held-rows.tsx";
import { groupByCause } from "./group-by-cause.ts";
import { Panes } from "./panes.tsx";
import { RerunButton } from "./rerun-button.tsx";

const route = getRouteApi("/held");

const states: readonly { value: HeldRecord["state"]; label: string }[] = [
  { value: "open", label: "Open" },
  { value: "ignored", label: "Ignored" },
  { value: "resolved", label: "Resolved" },
];

const classChoices: readonly { value: IssueClass; label: string }[] = [
  { value: "data", label: "Data" },
  { value: "mapping", label: "Mapping" },
  { value: "connection", label: "Connection" },
  { value: "permission", label: "Permission" },
  { value: "throttle", label: "Rate limit" },
  { value: "conflict", label: "Conflict" },
  { value: "waiting", label: "Waiting" },
  { value: "uncertain", label: "Uncertain" },
];

function Empty({ state, isFiltered, at, onClear }: EmptyProps) {
  if (isFiltered)
    return (
      <EmptyState
        title="No held record fits this filter"
        action={
          <Button variant="default" onClick={onClear}>
            Show all held records
          </Button>
        }
      />
    );
  return (
    <EmptyState
      title={state === "open" ? "Nothing to repair" : `No ${state} records`}
      icon={CircleCheck}
      {...(state === "open"
        ? {
            action: (
              <ButtonLink to="/runs" variant="default">
                Look at the runs
              </ButtonLink>
            ),
          }
        : {})}
    >
      {state === "open" ? (
        <>
          A record that fails is held here until it is repaired or ignored; it is never dropped. Checked{" "}
          <TimeText at={new Date(at).toISOString()} both />.
        </>
      ) : (
        "Records that were repaired or ignored stand here with their trail."
      )}
    </EmptyState>
  );
}

interface EmptyProps {
  readonly state: HeldRecord["state"];
  readonly isFiltered: boolean;
  /** When the list was read, epoch milliseconds. */
  readonly at: number;
  readonly onClear: () => void;
}

export function HeldPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/held" });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const setSearch = (change: Partial<typeof search>): void => {
    setSelected(new Set());
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  };
  const state = states.find((each) => each.value === search.state)?.value ?? "open";
  const transfers = useApi("listTransfers", { query: { limit: 500 } });
  const held = useApiPages("listHeld", { query: { state, transferId: search.transfer, limit: 500 } });
  const inClass = held.items.filter((each) => search.class === undefined || each.class === search.class);
  const causes = groupByCause(inClass);
  const shown =
    search.cause === undefined ? inClass : inClass.filter((each) => each.signature === search.cause);
  const record = shown.find((each) => each.id === search.record) ?? shown[0];
  const chosen = shown.filter((each) => selected.has(each.id)).map((each) => each.id);
  const choose = (id: string): void =>
    void navigate({ search: (before) => ({ ...before, record: id }), replace: true });
  const step = (by: number) => (): void => {
    const next = shown[shown.findIndex((each) => each.id === record?.id) + by];
    if (next) choose(next.id);
  };
  useSingleKeys({ j: step(1), k: step(-1) });
  const isFiltered =
    search.transfer !== undefined || search.class !== undefined || search.cause !== undefined;

  return (
    <Page
      title="Held records"
      wide
      description="Records that failed and wait. Repair the cause, then re-run them; what was sent already is never sent twice."
    >
      <Group gap="sm" align="flex-end">
        <SegmentedControl
          aria-label="State"
          data={[...states]}
          value={state}
          onChange={(value) => setSearch({ state: value === "open" ? "" : value, cause: "", record: "" })}
        />
        <Select
          label="Transfer"
          w={260}
          placeholder="All transfers"
          clearable
          searchable
          clearButtonProps={{ "aria-label": "All transfers" }}
          data={(transfers.data?.items ?? []).map((each) => ({ value: each.id, label: each.name }))}
          value={search.transfer ?? null}
          onChange={(value) => setSearch({ transfer: value ?? "", cause: "", record: "" })}
        />
        <Select
          label="Class of cause"
          w={180}
          placeholder="All classes"
          clearable
          clearButtonProps={{ "aria-label": "All classes" }}
          data={[...classChoices]}
          value={search.class ?? null}
          onChange={(value) => setSearch({ class: value ?? "", cause: "", record: "" })}
        />
      </Group>
      {held.isError && held.items.length === 0 ? (
        <ErrorState error={held.error} what="Held records" onRetry={() => void held.refetch()} />
      ) : held.isPending ? (
        <Loading what="Reading held records" skeleton={<RowsSkeleton rows={10} />} />
      ) : shown.length === 0 || record === undefined ? (
        <Empty
          state={state}
          isFiltered={isFiltered}
          at={held.dataUpdatedAt}
          onClear={() => setSearch({ transfer: "", class: "", cause: "", record: "" })}
        />
      ) : (
        <Stack gap="sm">
          {state === "open" ? (
            <Group gap="sm" mih={36}>
              <Checkbox
                label={chosen.length === 0 ? "Select all" : countOf(chosen.length, "record") + " selected"}
                checked={chosen.length === shown.length}
                indeterminate={chosen.length > 0 && chosen.length < shown.length}
                onChange={() =>
                  setSelected(new Set(chosen.length === shown.length ? [] : shown.map((each) => each.id)))
                }
              />
              <RerunButton
                ids={chosen}
                variant="default"
                label={
                  chosen.length === 0 ? "Re-run selected" : `Re-run ${formatCount(chosen.length)} selected`
                }
              />
            </Group>
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
                  <ul className={classes.list}>
                    <li>
                      <UnstyledButton
                        className={classes.item}
                        aria-current={search.cause === undefined ? "true" : undefined}
                        onClick={() => setSearch({ cause: "", record: "" })}
                      >
                        <Group justify="space-between">
                          <Text size="sm" fw={600}>
                            All causes
                          </Text>
                          <Text size="sm" fw={650}>
                            {formatCount(inClass.length)}
                          </Text>
                        </Group>
                      </UnstyledButton>
                    </li>
                    {causes.map((cause) => (
                      <li key={cause.signature}>
                        <UnstyledButton
                          className={classes.item}
                          aria-current={search.cause === cause.signature ? "true" : undefined}
                          onClick={() => setSearch({ cause: cause.signature, record: "" })}
                        >
                          <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
                            <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
                              {cause.title}
                            </Text>
                            <Text size="sm" fw={650}>
                              {formatCount(cause.count)}
                            </Text>
                          </Group>
                          <Group gap={6} mt={6}>
                            <CauseClassBadge value={cause.class} />
                          </Group>
                        </UnstyledButton>
                      </li>
                    ))}
                  </ul>
                ),
              },
              {
                label: "Held records",
                content: (
                  <HeldRows
                    records={shown}
                    total={shown.length}
                    active={record.id}
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
                    key={record.id}
                    id={record.id}
                    tab={search.tab}
                    onTab={(tab) =>
                      void navigate({ search: (before) => ({ ...before, tab }), replace: true })
                    }
                    rerunIds={shown
                      .filter((each) => each.signature === record.signature)
                      .map((each) => each.id)}
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
