/** Starts a run of the published revision: everything that changed, held records, or one record by its key. */
import { Button, Menu, Text } from "@mantine/core";
import type { RunScope } from "@fieldbridge/model";
import { useNavigate } from "@tanstack/react-router";
import { ChevronDown, Play } from "lucide-react";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { useParameterValues, usePublishedParameters } from "../../parameters/use-parameter-values.ts";
import { RunDialog, type AskedRun } from "./run-dialog.tsx";

export interface RunMenuProps {
  readonly transferId: string;
  /** Newest published revision; null disables running. */
  readonly published: number | null;
  /** True where the draft has changes that a run will not use. */
  readonly changed: boolean;
}

export function RunMenu({ transferId, published, changed }: RunMenuProps) {
  const navigate = useNavigate();
  const [asked, setAsked] = useState<AskedRun | null>(null);
  const parameters = useParameterValues(transferId, usePublishedParameters(transferId, published));
  const start = useApiMutation("startRun", {
    invalidates: ["listRuns", "getHome", "listTransfers"],
    onSuccess: (run) => void navigate({ to: "/runs/$id", params: { id: run.id } }),
  });
  const begin = (scope: RunScope) => {
    parameters.remember();
    start.mutate({ params: { id: transferId }, body: { scope, parameters: parameters.values } });
  };
  /** Starts at once where there is nothing to ask. */
  const choose = (title: string, scope: RunScope) => {
    setAsked({ title, scope });
    if (!parameters.isAsked) begin(scope);
  };
  return (
    <>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            disabled={published === null}
            loading={start.isPending}
            title={published === null ? "Publish first: a run always uses a published version" : undefined}
            leftSection={<Play size={15} aria-hidden />}
            rightSection={<ChevronDown size={14} aria-hidden />}
          >
            Run
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            Runs version {published}
            {changed ? "; the changes of this draft are not in it" : ""}
          </Menu.Label>
          <Menu.Item onClick={() => choose("Run now", { kind: "changes" })}>Run now</Menu.Item>
          <Menu.Item onClick={() => choose("Re-run held records", { kind: "held" })}>
            Re-run held records
          </Menu.Item>
          <Menu.Item onClick={() => setAsked({ title: "Run single records", scope: null })}>
            Run single records by key…
          </Menu.Item>
          <Menu.Item
            onClick={() => void navigate({ to: "/schedules", search: { new: "1", transfer: transferId } })}
          >
            Run by the clock…
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => choose("Compare both sides", { kind: "compare", repair: false })}>
            Compare both sides
            <Text size="xs" c="dimmed">
              Lists what differs; nothing is written
            </Text>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RunDialog
        key={asked?.title ?? "none"}
        asked={asked !== null && (asked.scope === null || parameters.isAsked || start.isError) ? asked : null}
        published={published}
        parameters={parameters}
        isStarting={start.isPending}
        error={start.error}
        onClose={() => (setAsked(null), start.reset())}
        onBegin={begin}
      />
    </>
  );
}
