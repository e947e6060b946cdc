/** Results of all mappings of a scope for the pinned record, and what they would change in the target. */
import type { FieldDiff, PreviewRecord, Row, TransferDefinition } from "@fieldbridge/model";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { callApi } from "../../api/index.ts";
import { readTrialParameters } from "../../parameters/use-parameter-values.ts";
import type { LineScope, TargetRow } from "../graph/rows.ts";
import type { Live } from "../samples/live.ts";
import type { LiveResult } from "../samples/live-result.ts";

export function useRowResults(
  target: readonly TargetRow[],
  live: Live,
  row: Row | null,
  header: Row | null,
): ReadonlyMap<string, LiveResult> {
  return useMemo(() => {
    const results = new Map<string, LiveResult>();
    for (const each of target)
      if (each.mapping && each.field)
        results.set(each.id, live.evaluate(each.mapping.value, row, header, each.field));
    return results;
  }, [target, live, row, header]);
}

/** Last name of a diff path: `mappings.city`, `lines.0.city` and `city` all mean the field `city`. */
const fieldOf = (diff: FieldDiff): string => diff.path.slice(diff.path.lastIndexOf(".") + 1);

export function diffByField(
  record: PreviewRecord | undefined,
  scope: LineScope,
  line: number,
): Map<string, FieldDiff> {
  if (!record) return new Map();
  const diff =
    scope === null ? record.diff : (record.lines.find((each) => each.relation === scope)?.rows[line] ?? []);
  return new Map(diff.map((each) => [fieldOf(each), each]));
}

/**
 * A dry run of the pinned record, one for every saved state of the draft. Nothing is written; without an answer
 * the rows simply carry no change mark.
 */
export function usePinnedPreview(
  definition: TransferDefinition,
  recordKey: string | null,
  enabled: boolean,
): PreviewRecord | undefined {
  const query = useQuery({
    queryKey: ["pinnedPreview", recordKey, definition],
    enabled: enabled && recordKey !== null,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: () =>
      callApi("previewDefinition", {
        body: {
          definition,
          selection: { kind: "records", keys: [recordKey ?? ""] },
          parameters: readTrialParameters(definition.id, definition.parameters),
        },
      }),
  });
  return query.data?.records.find((each) => each.sourceKey === recordKey);
}
