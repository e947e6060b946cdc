/** Every record of a run with its outcome, as virtual rows; written records link to the other system. */
import { Group, Select, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { OutcomeAction, RecordOutcome, Run } from "@fieldbridge/model";
import { Search } from "lucide-react";
import { useApiPages } from "../../api/index.ts";
import { readAll } from "../../api/read-all.ts";
import { countOf } from "../../format/number.ts";
import { isActive } from "../../format/run-words.ts";
import { formatText } from "../../format/value.ts";
import {
  countParts,
  DataTable,
  EmptyState,
  ErrorState,
  Loading,
  OutcomeBadge,
  StatusBadge,
  useColumnChoice,
  ViewTools,
  type Column,
  type CsvColumn,
} from "../../kit/index.ts";
import { CircleCheck, TriangleAlert } from "lucide-react";
import { TargetName } from "./target-name.tsx";

const route = getRouteApi("/runs/$id");

const columns: readonly Column<RecordOutcome>[] = [
  { id: "label", header: "Record", width: "22%", render: (each) => each.label },
  {
    id: "action",
    header: "Outcome",
    width: "130px",
    render: (each) => <OutcomeBadge action={each.action} />,
  },
  { id: "target", header: "In the target", width: "20%", render: (each) => <TargetName outcome={each} /> },
  {
    id: "write-back",
    header: "Write-back",
    width: "130px",
    render: (each) =>
      each.writeBack === "none" ? (
        <Text span c="dimmed" size="sm">
          none
        </Text>
      ) : each.writeBack === "done" ? (
        <StatusBadge tone="green" icon={CircleCheck}>
          Done
        </StatusBadge>
      ) : (
        <StatusBadge tone="red" icon={TriangleAlert}>
          Failed
        </StatusBadge>
      ),
  },
  {
    id: "why",
    header: "Why",
    render: (each) => {
      const text = each.reason ?? each.issues[0]?.message ?? "";
      return text === "" ? "" : <span title={text}>{formatText(text)}</span>;
    },
  },
];

const csvColumns: readonly CsvColumn<RecordOutcome>[] = [
  { header: "record", text: (each) => each.label },
  { header: "sourceKey", text: (each) => each.sourceKey },
  { header: "outcome", text: (each) => each.action },
  { header: "target", text: (each) => each.targetLabel ?? "" },
  { header: "targetKey", text: (each) => each.targetKey ?? "" },
  { header: "writeBack", text: (each) => each.writeBack },
  {
    header: "why",
    text: (each) => each.reason ?? each.issues.map(({ code, message }) => `${code} ${message}`).join(" "),
  },
  { header: "at", text: (each) => each.at },
];

const readAction = (text: string | undefined): OutcomeAction | undefined =>
  countParts.find((part) => part === text);

export function AllOutcomes({ run }: { run: Run }) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/runs/$id" });
  const setSearch = (change: Partial<typeof search>): void =>
    void navigate({ search: (before) => ({ ...before, view: "all", ...change }), replace: true });
  const action = readAction(search.action);
  const input = { params: { id: run.id }, query: { limit: 200, action, search: search.q } };
  const outcomes = useApiPages("listOutcomes", input);
  const { shown, chooser } = useColumnChoice("outcomes", columns);
  const setQuery = useDebouncedCallback((q: string) => setSearch({ q }), 250);
  return (
    <>
      <Group gap="sm" align="flex-end">
        <TextInput
          label="Find a record"
          w={260}
          leftSection={<Search size={16} aria-hidden />}
          defaultValue={search.q ?? ""}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <Select
          label="Outcome"
          w={180}
          placeholder="All outcomes"
          clearable
          clearButtonProps={{ "aria-label": "All outcomes" }}
          data={countParts.map((part) => ({ value: part, label: `${part} (${run.counts[part]})` }))}
          value={action ?? null}
          onChange={(value) => setSearch({ action: value ?? "" })}
        />
        <ViewTools
          fileName={`run-${run.number}-records`}
          columns={csvColumns}
          readRows={() => readAll("listOutcomes", input)}
        >
          {chooser}
        </ViewTools>
      </Group>
      {outcomes.isError && outcomes.items.length === 0 ? (
        <ErrorState error={outcomes.error} what="Outcomes" onRetry={() => void outcomes.refetch()} />
      ) : outcomes.isPending ? (
        <Loading what="Reading outcomes" />
      ) : outcomes.items.length === 0 ? (
        <EmptyState title={isActive(run) ? "No record is finished yet" : "No record here"}>
          {action || search.q
            ? "No record of this run fits the filter."
            : isActive(run)
              ? "Records appear as their page is stored."
              : "The run read nothing: no record was new or changed."}
        </EmptyState>
      ) : (
        <DataTable
          label="Outcomes"
          columns={shown}
          rows={outcomes.items}
          rowKey={(each) => each.id}
          height="min(620px, 70vh)"
          total={outcomes.total}
          onEnd={() => {
            if (outcomes.hasNextPage && !outcomes.isFetchingNextPage) void outcomes.fetchNextPage();
          }}
          footer={`${countOf(outcomes.total, "record")}${outcomes.isFetchingNextPage ? ", reading more…" : ""}`}
        />
      )}
    </>
  );
}
