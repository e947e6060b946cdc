/** What waits for a person: held records, failed runs, transfers paused by a schema change, silent connections. */
import { Group, Text } from "@mantine/core";
import type { Home, Run } from "@fieldbridge/model";
import { CircleAlert, CircleCheck, Plug, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useApi } from "../../api/index.ts";
import { describeNextTry } from "../../format/closure-words.ts";
import { countOf } from "../../format/number.ts";
import { formatShortInstant } from "../../format/time.ts";
import { ConnectionStateBadge, Panel, TextLink, TimeText } from "../../kit/index.ts";
import { useNow } from "../../state/use-now.ts";
import classes from "./home.module.css";

function Line({
  icon: Icon,
  tone,
  children,
}: {
  icon: typeof Plug;
  tone: "red" | "yellow";
  children: ReactNode;
}) {
  return (
    <li className={classes.line}>
      <Icon size={18} aria-hidden className={classes[tone]} />
      <div style={{ minWidth: 0 }}>{children}</div>
    </li>
  );
}

/** The newest failed run of each transfer that has not run well since. */
export function lastFailures(runs: readonly Run[]): Run[] {
  const newest = new Map<string, Run>();
  for (const run of runs) if (!newest.has(run.transferId)) newest.set(run.transferId, run);
  return [...newest.values()].filter((run) => run.state === "failed");
}

export function Attention({
  openHeld,
  recentRuns,
}: {
  openHeld: Home["openHeld"];
  recentRuns: readonly Run[];
}) {
  const now = useNow(true);
  const connections = useApi("listConnections", undefined, { refetchInterval: 15_000 });
  const transfers = useApi("listTransfers", { query: { limit: 500 } });
  const held = openHeld.filter((each) => each.count > 0);
  const broken = (connections.data?.items ?? []).filter(
    (each) => each.closure === null && (each.state === "unreachable" || each.state === "needs-sign-in"),
  );
  const closed = (connections.data?.items ?? []).flatMap(({ id, name, closure }) =>
    closure === null ? [] : [{ id, name, closure }],
  );
  const failed = lastFailures(recentRuns);
  const paused = (transfers.data?.items ?? []).filter((each) => each.review !== null);
  const isQuiet = held.length + broken.length + closed.length + failed.length + paused.length === 0;
  return (
    <Panel title="Needs attention">
      {isQuiet ? (
        <Group gap="xs">
          <CircleCheck size={18} aria-hidden className={classes.green} />
          <Text>Nothing waits for you: no held records, no failed runs.</Text>
        </Group>
      ) : (
        <ul className={classes.lines}>
          {held.map((each) => (
            <Line key={each.transferId} icon={CircleAlert} tone="red">
              <TextLink to="/held" search={{ transfer: each.transferId }}>
                {countOf(each.count, "held record")}
              </TextLink>{" "}
              of {each.transferName}
            </Line>
          ))}
          {failed.map((run) => (
            <Line key={run.id} icon={TriangleAlert} tone="red">
              <TextLink to="/runs/$id" params={{ id: run.id }}>
                Run {run.number}
              </TextLink>{" "}
              of {run.transferName} failed <TimeText at={run.endedAt ?? run.queuedAt} />
              {run.issues[0] ? `: ${run.issues[0].message}` : ""}
            </Line>
          ))}
          {paused.map((each) => (
            <Line key={each.id} icon={TriangleAlert} tone="red">
              <TextLink to="/transfers/$id/$tab" params={{ id: each.id, tab: "map" }}>
                {each.name}
              </TextLink>{" "}
              pauses: {each.review?.issues[0]?.message ?? "a system changed fields that it uses"}
            </Line>
          ))}
          {closed.map(({ id, name, closure }) => (
            <Line key={`closed-${id}`} icon={Plug} tone={closure.kind === "broken" ? "red" : "yellow"}>
              <TextLink to="/connections/$id" params={{ id }}>
                {name}
              </TextLink>{" "}
              {closure.kind === "broken" ? "does not answer since" : "is not called since"}{" "}
              {formatShortInstant(closure.since, now)}; {describeNextTry(closure, now)}
            </Line>
          ))}
          {broken.map((each) => (
            <Line key={each.id} icon={Plug} tone="yellow">
              <Group gap="xs">
                <TextLink to="/connections/$id" params={{ id: each.id }}>
                  {each.name}
                </TextLink>
                <ConnectionStateBadge connection={each} />
              </Group>
            </Line>
          ))}
        </ul>
      )}
    </Panel>
  );
}
