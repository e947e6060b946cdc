/** Failures of a run by cause: causes left, their records in the middle, the chosen record at the right. */
import { Button, Group, Text, UnstyledButton } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { FailureCause, Run } from "@fieldbridge/model";
import { CircleCheck, RotateCw } from "lucide-react";
import { useApi, useApiPages } from "../../api/index.ts";
import { countOf, formatCount } from "../../format/number.ts";
import { isActive } from "../../format/run-words.ts";
import { CauseClassBadge, EmptyState, Loaded, Loading, Panel, useSingleKeys } from "../../kit/index.ts";
import { HeldInspector } from "../held/held-inspector.tsx";
import { HeldRows } from "../held/held-rows.tsx";
import { Panes } from "../held/panes.tsx";
import { RerunButton } from "../held/rerun-button.tsx";
import classes from "../held/held.module.css";

const route = getRouteApi("/runs/$id");

/** Largest cause first; of equal ones first those that a value map entry repairs. */
export const sortCauses = (causes: readonly FailureCause[]): FailureCause[] =>
  [...causes].sort(
    (left, right) =>
      right.count - left.count ||
      Number(right.issue.valueMap !== undefined) - Number(left.issue.valueMap !== undefined),
  );

interface CauseListProps {
  readonly causes: readonly FailureCause[];
  readonly active: string | undefined;
  readonly onChoose: (signature: string) => void;
}

function CauseList({ causes, active, onChoose }: CauseListProps) {
  return (
    <ul className={classes.list}>
      {causes.map((cause) => (
        <li key={cause.signature}>
          <UnstyledButton
            className={classes.item}
            aria-current={cause.signature === active ? "true" : undefined}
            onClick={() => onChoose(cause.signature)}
          >
            <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
              <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
                {cause.title}
              </Text>
              <Text size="sm" fw={650} className="fb-numbers">
                {formatCount(cause.count)}
                <span className="fb-hidden"> {cause.count === 1 ? "record" : "records"}</span>
              </Text>
            </Group>
            <Group gap={6} mt={6}>
              {cause.issue.class ? <CauseClassBadge value={cause.issue.class} /> : null}
              <Text size="xs" c="dimmed">
                {cause.issue.code}
              </Text>
            </Group>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

export function RunCauses({ run }: { run: Run }) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/runs/$id" });
  const setSearch = (change: Partial<typeof search>): void =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const query = useApi("listCauses", { params: { id: run.id } });
  const causes = sortCauses(query.data?.items ?? []);
  const cause = causes.find((each) => each.signature === search.cause) ?? causes[0];
  const held = useApiPages(
    "listHeld",
    { query: { runId: run.id, state: "open", signature: cause?.signature, limit: 200 } },
    { enabled: cause !== undefined },
  );
  // A record that is named stays in sight after its repair has taken it out of the list.
  const record = search.record ?? held.items[0]?.id;
  const step = (by: number) => (): void => {
    const at = held.items.findIndex((each) => each.id === record);
    const next = held.items[at + by];
    if (next) setSearch({ record: next.id });
  };
  useSingleKeys({ j: step(1), k: step(-1) });
  const allIds = causes.flatMap((each) => each.heldIds);

  return (
    <Loaded query={query} what="Causes">
      {() =>
        cause === undefined && record !== undefined ? (
          <Panel>
            <HeldInspector
              key={record}
              id={record}
              tab={search.tab}
              onTab={(tab) => setSearch({ record, tab })}
              rerunIds={[]}
            />
          </Panel>
        ) : cause === undefined ? (
          <EmptyState title="Nothing to repair" icon={CircleCheck}>
            {isActive(run)
              ? "No record has failed so far. Causes appear here as soon as one does."
              : run.counts.held > 0
                ? "The records held in this run have been repaired or ignored since."
                : "No record of this run was held."}
          </EmptyState>
        ) : (
          <>
            <Group justify="space-between">
              <Text c="dimmed" size="sm">
                {countOf(causes.length, "cause")}, {countOf(allIds.length, "record")} held. Nothing is lost:
                they wait until you repair and re-run them.
                {allIds.length < run.counts.held
                  ? ` ${formatCount(run.counts.held - allIds.length)} of this run repaired or ignored since.`
                  : ""}
              </Text>
              {causes.length > 1 ? (
                <RerunButton
                  ids={allIds}
                  label={`Re-run all ${formatCount(allIds.length)} held`}
                  variant="default"
                />
              ) : null}
            </Group>
            <Panes
              panes={[
                {
                  label: "Causes",
                  content: (
                    <CauseList
                      causes={causes}
                      active={cause.signature}
                      onChoose={(signature) => setSearch({ cause: signature, record: "" })}
                    />
                  ),
                },
                {
                  label: "Held records",
                  content: held.isPending ? (
                    <Loading what="Reading held records" />
                  ) : (
                    <HeldRows
                      records={held.items}
                      total={held.total}
                      active={record}
                      onChoose={(id) => setSearch({ record: id })}
                      more={
                        held.hasNextPage ? (
                          <Button
                            variant="default"
                            size="compact-sm"
                            leftSection={<RotateCw size={14} aria-hidden />}
                            onClick={() => void held.fetchNextPage()}
                          >
                            Show more
                          </Button>
                        ) : null
                      }
                    />
                  ),
                },
                {
                  label: "Record",
                  content:
                    record === undefined ? null : (
                      <HeldInspector
                        key={record}
                        id={record}
                        tab={search.tab}
                        onTab={(tab) => setSearch({ record, tab })}
                        rerunIds={cause.heldIds}
                      />
                    ),
                },
              ]}
            />
          </>
        )
      }
    </Loaded>
  );
}
