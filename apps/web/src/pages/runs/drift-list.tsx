/** What a compare found: the records that differ, each with its differing values beside the list. */
import { Group, SegmentedControl, Text, UnstyledButton } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { drift as driftKinds, type Drift, type RecordOutcome, type Run } from "@fieldbridge/model";
import { CircleCheck } from "lucide-react";
import { useApiPages } from "../../api/index.ts";
import { driftWords, isLook } from "../../format/compare-words.ts";
import { countOf, formatCount } from "../../format/number.ts";
import { isActive } from "../../format/run-words.ts";
import { formatText } from "../../format/value.ts";
import { DataTable, DriftBadge, EmptyState, ErrorState, Loading, type Column } from "../../kit/index.ts";
import { DriftDetail } from "./drift-detail.tsx";
import { RepairButton } from "./repair-button.tsx";
import { useDriftCounts, type DriftCounts } from "./use-drift-counts.ts";
import classes from "./drift.module.css";

const route = getRouteApi("/runs/$id");

const readDrift = (text: string | undefined): Drift | undefined =>
  driftKinds.options.find((each) => each === text);

const toColumns = (choose: (id: string) => void): readonly Column<RecordOutcome>[] => [
  {
    id: "label",
    header: "Record",
    width: "22%",
    render: (each) => (
      <UnstyledButton className={classes.name} onClick={() => choose(each.id)}>
        {each.label}
      </UnstyledButton>
    ),
  },
  {
    id: "drift",
    header: "Found",
    width: "138px",
    render: (each) => (each.drift === null ? "" : <DriftBadge drift={each.drift} />),
  },
  {
    id: "how",
    header: "How it differs",
    render: (each) => <span title={each.reason ?? ""}>{formatText(each.reason ?? "")}</span>,
  },
];

function KindChoice(props: {
  kind: Drift | undefined;
  found: DriftCounts;
  onChoose: (kind: string) => void;
}) {
  const { found } = props;
  const total = found.missing + found.different + found.orphaned;
  return (
    <SegmentedControl
      aria-label="Differences to show"
      value={props.kind ?? ""}
      onChange={props.onChoose}
      data={[
        { value: "", label: `All (${formatCount(total)})` },
        ...driftKinds.options.map((each) => ({
          value: each,
          label: `${driftWords[each].name} (${formatCount(found[each])})`,
        })),
      ]}
    />
  );
}

export function DriftList({ run }: { run: Run }) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/runs/$id" });
  const setSearch = (change: Partial<typeof search>): void =>
    void navigate({ search: (before) => ({ ...before, view: "drift", ...change }), replace: true });
  const kind = readDrift(search.drift);
  const found = useDriftCounts(run);
  const outcomes = useApiPages("listOutcomes", {
    params: { id: run.id },
    query: { limit: 200, drift: kind ?? "true" },
  });
  if (outcomes.isError && outcomes.items.length === 0)
    return <ErrorState error={outcomes.error} what="Differences" onRetry={() => void outcomes.refetch()} />;
  if (outcomes.isPending) return <Loading what="Reading differences" />;
  if (run.drift === 0)
    return (
      <EmptyState title={isActive(run) ? "No difference so far" : "Both sides agree"} icon={CircleCheck}>
        {isActive(run)
          ? "Differences appear as their page is compared."
          : "Every record of the filter has its target record, with the values this transfer gives it."}
      </EmptyState>
    );
  const shown = outcomes.items.find((each) => each.id === search.record) ?? outcomes.items[0];
  return (
    <>
      <Group justify="space-between" gap="sm">
        {found === undefined ? null : (
          <KindChoice
            kind={kind}
            found={found}
            onChoose={(value) => setSearch({ drift: value, record: "" })}
          />
        )}
        {found === undefined || isActive(run) || !isLook(run) ? null : (
          <RepairButton run={run} found={found} />
        )}
      </Group>
      {kind === undefined ? null : (
        <Text size="sm" c="dimmed">
          {driftWords[kind].meaning}.
        </Text>
      )}
      <div className={classes.panes}>
        <DataTable
          label="Records that differ"
          columns={toColumns((id) => setSearch({ record: id }))}
          rows={outcomes.items}
          rowKey={(each) => each.id}
          activeKey={shown?.id}
          onOpen={(each) => setSearch({ record: each.id })}
          height="min(620px, 70vh)"
          total={outcomes.total}
          onEnd={() => {
            if (outcomes.hasNextPage && !outcomes.isFetchingNextPage) void outcomes.fetchNextPage();
          }}
          footer={`${countOf(outcomes.total, "record")}${outcomes.isFetchingNextPage ? ", reading more…" : ""}`}
        />
        {shown === undefined ? null : <DriftDetail key={shown.id} outcome={shown} run={run} />}
      </div>
    </>
  );
}
