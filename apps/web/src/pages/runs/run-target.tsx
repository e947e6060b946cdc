/** The way to the written records in the other system, for whoever wants to see them there. */
import { Button, Group, Text } from "@mantine/core";
import type { Run } from "@fieldbridge/model";
import { ExternalLink } from "lucide-react";
import { useApi } from "../../api/index.ts";
import { toWords } from "../../format/object-words.ts";
import { describeCounts } from "../../kit/index.ts";
import { toSandboxList } from "./sandbox-list.ts";

export function RunTarget({ run }: { run: Run }) {
  const transfer = useApi("getTransfer", { params: { id: run.transferId } }, { staleTime: 60_000 });
  const connections = useApi("listConnections", undefined, { staleTime: 60_000 });
  const health = useApi("getHealth", undefined, { staleTime: 60_000 });
  const outcomes = useApi("listOutcomes", { params: { id: run.id }, query: { limit: 5, action: "created" } });
  const target = transfer.data?.definition.target;
  const connection = connections.data?.items.find((each) => each.id === target?.connection);
  if (target === undefined || connection === undefined || run.counts.read === 0) return null;
  const names = (outcomes.data?.items ?? []).flatMap((each) => each.targetLabel ?? []);
  const sandbox = connection.builtIn
    ? health.data?.sandboxes.find((each) => each.system === connection.config.system)
    : undefined;
  return (
    <Group gap="sm" justify="space-between">
      <Text>
        {describeCounts(run.counts)} {`in ${connection.name}`}
        {names.length === 0 ? "" : `: ${names.join(", ")}${run.counts.created > names.length ? " …" : ""}`}
      </Text>
      {sandbox === undefined ? null : (
        <Button
          component="a"
          variant="light"
          href={toSandboxList(sandbox.url, target.object)}
          target="_blank"
          rel="noreferrer"
          rightSection={<ExternalLink size={16} aria-hidden />}
        >
          Open {toWords(target.object)} in the ERP sandbox
          <span className="fb-hidden"> (new tab)</span>
        </Button>
      )}
    </Group>
  );
}
