/** A dry run on real records: what would be created, changed and held, field by field. Nothing is written. */
import {
  Button,
  Group,
  NumberInput,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
} from "@mantine/core";
import type { Parameters, Preview, PreviewSelection } from "@fieldbridge/model";
import { useMutation } from "@tanstack/react-query";
import { Play, ShieldCheck } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { callApi } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import { ActionError, EmptyState, Loading, OutcomeBadge } from "../../kit/index.ts";
import { ParameterFields } from "../../parameters/parameter-fields.tsx";
import { useParameterValues } from "../../parameters/use-parameter-values.ts";
import { useDefinition, useStudio } from "../session/studio-context.tsx";
import { useStudioUrl } from "../session/studio-url.ts";
import { PreviewedRecord, PreviewedRemoval } from "./previewed-record.tsx";
import { toCountSentence } from "./count-sentence.ts";
import panes from "../record-panes.module.css";
import classes from "./preview-tab.module.css";

const firstCount = 10;
const noParameters: Parameters = {};

const kinds = [
  { value: "next", label: "Next records" },
  { value: "records", label: "By key" },
  { value: "removals", label: "Removed in the source" },
] as const;

export function PreviewTab() {
  const { session, issues, announce } = useStudio();
  const url = useStudioUrl();
  const removes = useDefinition().removals !== undefined;
  const [chosen, setKind] = useState<PreviewSelection["kind"]>(url.record === null ? "next" : "records");
  const kind = chosen === "removals" && !removes ? "next" : chosen;
  const [count, setCount] = useState(firstCount);
  const [keys, setKeys] = useState(url.record ?? "");
  const list = keys.split(/[\s,;]+/).filter((key) => key !== "");
  const selection: PreviewSelection = kind === "records" ? { kind, keys: list } : { kind, limit: count };
  const { id, parameters: defined = noParameters } = useDefinition();
  const parameters = useParameterValues(id, defined);
  const isUnknown = Object.keys(parameters.problems).length > 0;
  const preview = useMutation({
    mutationFn: async (asked: PreviewSelection): Promise<Preview> => {
      const { definition } = session.draft.getState();
      parameters.remember();
      return callApi("previewDefinition", {
        body: { definition, selection: asked, parameters: parameters.values },
      });
    },
    onSuccess: (data) => announce(toCountSentence(data.counts)),
  });
  const errors = issues.filter((each) => each.severity === "error").length;
  const started = useRef(false);
  const { mutate } = preview;
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    if (!isUnknown) mutate(selection);
    // The first preview starts by itself, once.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <div className={panes.tab}>
      <div className={panes.controls}>
        <Group gap="sm" align="flex-end">
          <SegmentedControl
            size="sm"
            aria-label="Which records"
            value={kind}
            onChange={(value) => setKind(kinds.find((each) => each.value === value)?.value ?? "next")}
            data={kinds.filter((each) => each.value !== "removals" || removes)}
          />
          {kind !== "records" ? (
            <NumberInput
              aria-label="Number of records"
              w={90}
              min={1}
              max={200}
              allowDecimal={false}
              value={count}
              onChange={(value) =>
                setCount(typeof value === "number" ? Math.max(1, Math.min(200, value)) : firstCount)
              }
            />
          ) : (
            <TextInput
              aria-label="Keys of source records"
              placeholder="Keys, separated by commas"
              w={320}
              value={keys}
              onChange={(event) => setKeys(event.currentTarget.value)}
            />
          )}
          <Button
            leftSection={<Play size={15} aria-hidden />}
            loading={preview.isPending}
            disabled={isUnknown || (kind === "records" && list.length === 0)}
            onClick={() => preview.mutate(selection)}
          >
            Preview
          </Button>
        </Group>
        {parameters.isAsked ? <ParameterFields asked={parameters} row /> : null}
        <Text size="sm" c="dimmed" className={classes.fixed}>
          <ShieldCheck size={16} aria-hidden /> A preview reads both systems and writes nothing.{" "}
          {kind === "removals"
            ? "It asks the source for every linked record and shows the first ones that are gone."
            : `It reads about ${kind === "next" ? count : Math.max(1, list.length)} records from each.`}
        </Text>
      </div>
      {preview.isPending ? (
        <Loading what="Reading both systems and comparing" />
      ) : preview.error ? (
        <Stack p="md" gap="sm">
          <ActionError error={preview.error} what="The preview could not be made" />
          {errors > 0 ? (
            <Text size="sm">The draft has {countOf(errors, "error")}; solve them first.</Text>
          ) : null}
        </Stack>
      ) : preview.data ? (
        <PreviewResult preview={preview.data} isOfRemovals={preview.variables.kind === "removals"} />
      ) : parameters.isAsked ? (
        <EmptyState title="Nothing was previewed yet">
          Give the parameters above, as for a run, then preview.
        </EmptyState>
      ) : null}
    </div>
  );
}

function PreviewResult({
  preview,
  isOfRemovals,
}: {
  readonly preview: Preview;
  readonly isOfRemovals: boolean;
}) {
  const url = useStudioUrl();
  const record = preview.records.find((each) => each.sourceKey === url.record) ?? preview.records[0];
  if (!record)
    return isOfRemovals ? (
      <EmptyState title="Nothing has disappeared">
        The source still has all {countOf(preview.matching ?? 0, "linked record")}.
      </EmptyState>
    ) : (
      <EmptyState title="No record matches the filter">
        A run would have nothing to do now. Loosen the filter on the first tab, or preview records by key.
      </EmptyState>
    );
  return (
    <>
      <Text className={panes.counts} role="status">
        <b>{toCountSentence(preview.counts)}</b>
        {preview.matching === null ? null : (
          <Text span c="dimmed" size="sm">
            {" "}
            {isOfRemovals
              ? `This transfer has ${countOf(preview.matching, "linked record")}.`
              : `The next run would read ${countOf(preview.matching, "record")} in all.`}{" "}
            {countOf(preview.sourceCalls, "call")} to the source, {preview.targetCalls} to the target.
          </Text>
        )}
      </Text>
      <div className={panes.panes}>
        <ul className={panes.list} aria-label="Records">
          {preview.records.map((each) => (
            <li key={each.sourceKey}>
              <UnstyledButton
                className={panes.item}
                aria-current={each === record ? "true" : undefined}
                onClick={() => url.set({ record: each.sourceKey })}
              >
                <span className={panes.itemLabel}>{each.label}</span>
                <OutcomeBadge action={each.action} future />
              </UnstyledButton>
            </li>
          ))}
        </ul>
        {isOfRemovals ? (
          <PreviewedRemoval key={record.sourceKey} record={record} />
        ) : (
          <PreviewedRecord key={record.sourceKey} record={record} />
        )}
      </div>
    </>
  );
}
