/** The way to the written records in the other system, for whoever wants to see them there. */
import { Button, Text } from "@mantine/core";
import type { Connection, Run } from "@fieldbridge/model";
import { ExternalLink } from "lucide-react";
import { useApi } from "../../api/index.ts";
import { toWords } from "../../format/object-words.ts";
import { toSandboxList } from "./sandbox-list.ts";

/** Where a run's transfer writes to; undefined until that is known. */
function useTarget(run: Run): { object: string; connection: Connection } | undefined {
  const transfer = useApi("getTransfer", { params: { id: run.transferId } }, { staleTime: 60_000 });
  const connections = useApi("listConnections", undefined, { staleTime: 60_000 });
  const target = transfer.data?.definition.target;
  const connection = connections.data?.items.find((each) => each.id === target?.connection);
  return target && connection ? { object: target.object, connection } : undefined;
}

/** The first written records by the names the target gave them. */
export function WrittenNames({ run }: { run: Run }) {
  const target = useTarget(run);
  const outcomes = useApi(
    "listOutcomes",
    { params: { id: run.id }, query: { limit: 5, action: "created" } },
    { enabled: run.counts.created > 0 },
  );
  const names = (outcomes.data?.items ?? []).flatMap((each) => each.targetLabel ?? []);
  if (target === undefined || names.length === 0) return null;
  return (
    <Text size="sm" mt={4}>
      Created in {target.connection.name}: {names.join(", ")}
      {run.counts.created > names.length ? " …" : ""}
    </Text>
  );
}

/** Opens the page of the built-in sandbox that lists what was written. */
export function SandboxLink({ run }: { run: Run }) {
  const target = useTarget(run);
  const health = useApi("getHealth", undefined, { staleTime: 60_000 });
  const sandbox = target?.connection.builtIn
    ? health.data?.sandboxes.find((each) => each.system === target.connection.config.system)
    : undefined;
  if (target === undefined || sandbox === undefined || run.counts.read === 0) return null;
  return (
    <Button
      component="a"
      variant="light"
      href={toSandboxList(sandbox.url, target.object)}
      target="_blank"
      rel="noreferrer"
      rightSection={<ExternalLink size={16} aria-hidden />}
    >
      Open {toWords(target.object)} in the {target.connection.name}
      <span className="fb-hidden"> (new tab)</span>
    </Button>
  );
}
