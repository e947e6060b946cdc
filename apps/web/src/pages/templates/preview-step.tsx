/** Step 3: real records, source beside result, with those that would be held shown first; then the last button. */
import { Button, Group, Stack, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { Preview, Template, TransferDefinition, ValueMap } from "@fieldbridge/model";
import { Play, Save } from "lucide-react";
import { useQueries } from "@tanstack/react-query";
import { apiQuery, useApiMutation } from "../../api/index.ts";
import { countOf, formatCount } from "../../format/number.ts";
import { ActionError, Banner, CountBar, ErrorState, Loading } from "../../kit/index.ts";
import { PreviewRecords } from "./preview-records.tsx";

/** Records shown before the first run: enough to meet the odd ones. */
const previewLimit = 100;

export interface PreviewStepProps {
  readonly template: Template;
  readonly definitions: readonly TransferDefinition[];
  readonly valueMaps: readonly ValueMap[];
  readonly chosen: Readonly<Record<string, string>>;
  readonly isReady: boolean;
  /** The check found no error. */
  readonly isChecked: boolean;
  readonly record: string | undefined;
  readonly onRecord: (key: string) => void;
  readonly onBack: () => void;
}

const sumMatching = (previews: readonly (Preview | undefined)[]): number | null =>
  previews.reduce<number | null>(
    (sum, each) => (sum === null || each?.matching == null ? null : sum + each.matching),
    0,
  );

/** What the previewed records would become, in one sentence. */
export function describePlan({ counts }: Preview): string {
  const parts: readonly (readonly [number, (count: string) => string])[] = [
    [counts.created, (count) => `create ${count}`],
    [counts.updated, (count) => `update ${count}`],
    [counts.unchanged, (count) => `leave ${count} unchanged`],
    [counts.skipped, (count) => `skip ${count}`],
    [counts.filtered, (count) => `leave out ${count} by the filter`],
    [counts.held, (count) => `hold ${count} for repair`],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, say]) => say(formatCount(count)));
  if (said.length === 0) return "have nothing to do";
  return said.length === 1 ? said.join("") : `${said.slice(0, -1).join(", ")} and ${said.at(-1)}`;
}

export function PreviewStep(props: PreviewStepProps) {
  const navigate = useNavigate();
  const previews = useQueries({
    queries: props.definitions.map((definition) => ({
      ...apiQuery("previewDefinition", {
        body: {
          definition,
          valueMaps: [...props.valueMaps],
          selection: { kind: "next", limit: previewLimit },
        },
      }),
      enabled: props.isReady,
      staleTime: 60_000,
      refetchOnWindowFocus: false,
    })),
  });
  const use = useApiMutation("useTemplate", {
    invalidates: ["listTransfers", "getHome", "listRuns", "listValueMaps"],
    onSuccess: ({ transfers, runs }) => {
      const [run, transfer] = [runs[0], transfers[0]];
      if (run) void navigate({ to: "/runs/$id", params: { id: run.id } });
      else if (transfer)
        void navigate({ to: "/transfers/$id/$tab", params: { id: transfer.id, tab: "map" } });
    },
  });
  const start = (run: boolean): void =>
    use.mutate({
      params: { id: props.template.id },
      body: {
        connections: { ...props.chosen },
        valueMaps: [...props.valueMaps],
        publish: run,
        run,
      },
    });
  const matching = sumMatching(previews.map((each) => each.data));
  const isShown = previews.every((each) => each.data !== undefined);
  const runs = use.variables?.body.run === true;

  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        Reads both systems and writes nothing.
      </Text>
      {use.error ? <ActionError error={use.error} what="Nothing was created" /> : null}
      <Group gap="sm">
        <Button
          leftSection={<Play size={16} aria-hidden />}
          disabled={!isShown || !props.isChecked || matching === 0}
          loading={use.isPending && runs}
          onClick={() => start(true)}
        >
          {!isShown
            ? "Run all records"
            : matching === null
              ? "Run all matching records"
              : `Run all ${countOf(matching, "record")}`}
        </Button>
        <Button
          variant="default"
          leftSection={<Save size={16} aria-hidden />}
          loading={use.isPending && !runs}
          onClick={() => start(false)}
        >
          Save as draft
        </Button>
        <Button variant="subtle" color="gray" onClick={props.onBack}>
          Back
        </Button>
      </Group>
      {props.isChecked ? null : (
        <Banner
          kind="warning"
          title="The check found problems, so it cannot run yet"
          actions={
            <Button variant="default" size="compact-sm" onClick={props.onBack}>
              Show the problems
            </Button>
          }
        />
      )}
      {previews.map((preview, index) => {
        const definition = props.definitions[index];
        if (definition === undefined) return null;
        if (preview.isError)
          return (
            <ErrorState
              key={definition.id}
              error={preview.error}
              what="The preview"
              onRetry={() => void preview.refetch()}
            />
          );
        if (preview.data === undefined)
          return (
            <Loading
              key={definition.id}
              what={`Reading up to ${previewLimit} records of ${definition.source.object} and what the target has for them`}
            />
          );
        return (
          <Stack key={definition.id} gap="sm">
            <Text>
              <strong>This run would {describePlan(preview.data)}</strong>
              {preview.data.matching !== null && preview.data.matching > preview.data.records.length
                ? ` of the first ${formatCount(preview.data.records.length)}; ${countOf(preview.data.matching, "record")} match in all.`
                : "."}{" "}
              <Text span c="dimmed" size="sm">
                Took {countOf(preview.data.sourceCalls, "call")} to the source and{" "}
                {countOf(preview.data.targetCalls, "call")} to the target.
              </Text>
            </Text>
            <CountBar counts={preview.data.counts} words={false} />
            <PreviewRecords
              preview={preview.data}
              definition={definition}
              active={props.record}
              onChoose={props.onRecord}
            />
          </Stack>
        );
      })}
    </Stack>
  );
}
