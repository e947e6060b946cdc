/** The last runs with their numbers. */
import { Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { Run } from "@fieldbridge/model";
import { isActive } from "../../format/run-words.ts";
import {
  CountBar,
  DataTable,
  Panel,
  RunStateBadge,
  TextLink,
  TimeText,
  type Column,
} from "../../kit/index.ts";

const columns: readonly Column<Run>[] = [
  {
    id: "run",
    header: "Run",
    width: "90px",
    render: (run) => (
      <TextLink to="/runs/$id" params={{ id: run.id }}>
        Run {run.number}
      </TextLink>
    ),
  },
  { id: "transfer", header: "Transfer", render: (run) => run.transferName },
  { id: "state", header: "State", render: (run) => <RunStateBadge run={run} /> },
  {
    id: "result",
    header: "Result",
    width: "30%",
    render: (run) => <CountBar counts={run.counts} expected={run.expected} isActive={isActive(run)} />,
  },
  { id: "when", header: "Started", render: (run) => <TimeText at={run.startedAt ?? run.queuedAt} /> },
];

export function RecentRuns({ runs }: { runs: readonly Run[] }) {
  const navigate = useNavigate();
  return (
    <Panel title="Recent runs" actions={<TextLink to="/runs">All runs</TextLink>}>
      {runs.length === 0 ? (
        <Text c="dimmed">Nothing has run yet.</Text>
      ) : (
        <DataTable
          label="Recent runs"
          columns={columns}
          rows={runs.slice(0, 6)}
          rowKey={(run) => run.id}
          onOpen={(run) => void navigate({ to: "/runs/$id", params: { id: run.id } })}
        />
      )}
    </Panel>
  );
}
