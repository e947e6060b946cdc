/** What the target holds now for every sample record: one dry run of all of them, asked only while it is shown. */
import type { PreviewRecord } from "@fieldbridge/model";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { callApi } from "../../api/index.ts";
import { readTrialParameters } from "../../parameters/use-parameter-values.ts";
import type { LineScope, TargetRow } from "../graph/rows.ts";
import type { LiveResult } from "../samples/live-result.ts";
import { diffByField } from "./use-row-results.ts";
import type { MappingScreen } from "./use-mapping-screen.ts";

const none: ReadonlyMap<string, PreviewRecord> = new Map();

/** Empty until the answer is there, or where the draft has mistakes. */
export function usePreviewedSamples(
  { definition, issues, samples }: Pick<MappingScreen, "definition" | "issues" | "samples">,
  enabled: boolean,
): ReadonlyMap<string, PreviewRecord> {
  const settled = useDeferredValue(definition);
  const keys = samples.records.map((record) => record.key);
  const isSound = issues.every((issue) => issue.severity !== "error");
  const query = useQuery({
    queryKey: ["previewedSamples", keys, settled],
    enabled: enabled && isSound && keys.length > 0,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: () =>
      callApi("previewDefinition", {
        body: {
          definition: settled,
          selection: { kind: "records", keys },
          parameters: readTrialParameters(settled.id, settled.parameters),
        },
      }),
  });
  return query.data ? new Map(query.data.records.map((record) => [record.sourceKey, record])) : none;
}

/** A result against the target's value now, in words; null where that value is not known. */
export function describeChange(
  preview: PreviewRecord | undefined,
  target: TargetRow | null,
  scope: LineScope,
  result: LiveResult,
): string | null {
  if (!preview || !target || (result.kind !== "value" && result.kind !== "blank")) return null;
  if (preview.targetKey === null) return "new";
  const diff = diffByField(preview, scope, 0).get(target.name);
  if (!diff) return null;
  const before = diff.before ?? "(blank)";
  return before === result.text ? "same" : `now ${before}`;
}
